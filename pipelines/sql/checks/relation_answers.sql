-- Each estimate with what it must carry.
SELECT
    *,
    (value IS NULL) = (refused <> '') AS has_value_or_reason,
    coalesce(lower_95 <= value AND value <= upper_95, lower_95 IS NULL AND upper_95 IS NULL) AS interval_holds_value,
    least(
        length(question), length(unit_of_analysis), length(method), length(releases), length(caveats),
        length(multiplicity)
    ) > 0 AS says_everything,
    rowid AS row_in_table
FROM relation_answers
ORDER BY row_in_table
