-- Each printing of a name beside its authority and the authority's other printings.
SELECT
    names.*,
    authorities.la_code IS NOT NULL AS authority_is_known,
    count(*) FILTER (names.is_canonical) OVER (PARTITION BY names.la_code) = 1 AS one_is_canonical,
    names.rowid AS row_in_table
FROM authority_names AS names
LEFT JOIN authorities USING (la_code)
ORDER BY row_in_table
