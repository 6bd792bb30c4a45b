-- Each choice, and whether its answer is asked under every kind of choice.
SELECT
    *,
    list_has_all(
        list(kind) OVER (PARTITION BY answer_id),
        ['headline', 'very small councils', 'year', 'grade rule', 'adjustment', 'joint rows', 'vintage']
    ) AS asks_every_kind,
    value IS NOT NULL OR note <> '' AS says_why,
    rowid AS row_in_table
FROM relation_sensitivity
ORDER BY row_in_table
