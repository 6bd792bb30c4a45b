-- Each range of releases with its ends compared.
SELECT
    rounding.*,
    rounding.from_rank <= rounding.to_rank AS range_is_forward,
    rounding.rowid AS row_in_table
FROM rounding
ORDER BY row_in_table
