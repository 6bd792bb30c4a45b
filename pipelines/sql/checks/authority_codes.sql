-- Each ONS code beside its authority.
SELECT
    codes.*,
    authorities.la_code IS NOT NULL AS authority_is_known,
    codes.rowid AS row_in_table
FROM authority_codes AS codes
LEFT JOIN authorities USING (la_code)
ORDER BY row_in_table
