-- Each authority with the number of neighbours behind its averages.
SELECT
    *,
    greatest(counted_2021, counted_2025) <= 10
    AND (counted_2021 > 0) = (mean_2021 IS NOT NULL)
    AND (counted_2025 > 0) = (median_2025 IS NOT NULL) AS ten_at_most,
    rowid AS row_in_table
FROM relation_neighbours
ORDER BY row_in_table
