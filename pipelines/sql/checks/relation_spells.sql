-- Each spell with its days in order.
SELECT
    *,
    began <= seen_from AND seen_from <= watched_to AND years_before_seen <= years AS is_in_order,
    has_ended = (next_grade IS NOT NULL) AS end_has_a_grade,
    rowid AS row_in_table
FROM relation_spells
ORDER BY row_in_table
