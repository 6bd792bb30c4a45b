-- Each change beside the two authorities it is of.
SELECT
    changes.*,
    predecessors.la_code IS NOT NULL AND successors.la_code IS NOT NULL AS both_are_known,
    strftime(changes.vesting_date, '%m-%d') = '04-01' AS starts_on_1_april,
    coalesce(predecessors.valid_to + 1 = changes.vesting_date, true)
    AND coalesce(successors.valid_from = changes.vesting_date, true) AS ends_the_day_before,
    changes.rowid AS row_in_table
FROM authority_changes AS changes
LEFT JOIN authorities AS predecessors ON changes.predecessor_la_code = predecessors.la_code
LEFT JOIN authorities AS successors ON changes.successor_la_code = successors.la_code
ORDER BY row_in_table
