-- Each change beside the figures it is made of; figures are kept to nine digits.
SELECT
    changes.*,
    abs(changes.change - (changes.value - changes.base_value)) < 1e-5 AS change_is_the_difference,
    make_date(
        changes.base_year::INTEGER,
        CASE WHEN measures.as_at LIKE '%30 September%' THEN 9 ELSE 3 END,
        CASE WHEN measures.as_at LIKE '%30 September%' THEN 30 ELSE 31 END
    ) <= changes.published AS base_is_before,
    changes.rowid AS row_in_table
FROM relation_changes AS changes
INNER JOIN measures USING (measure)
ORDER BY row_in_table
