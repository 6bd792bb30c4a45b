-- Each p beside its corrections.
SELECT
    *,
    p_holm >= p_value AND p_benjamini_hochberg >= p_value AND p_holm >= p_benjamini_hochberg AS corrected_is_not_less,
    rowid AS row_in_table
FROM relation_many
ORDER BY row_in_table
