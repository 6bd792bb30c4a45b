-- Each explanation with its two values compared.
SELECT
    explanations.*,
    explanations.value_a <> explanations.value_b AS values_differ,
    explanations.rowid AS row_in_table
FROM explanations
ORDER BY row_in_table
