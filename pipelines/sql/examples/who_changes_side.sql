-- Which councils' looked-after rate is above their neighbours' mean and not above the median, or the other way round?
SELECT la_name, value, round(mean_2025, 1) AS neighbours_mean, median_2025 AS neighbours_median, value > mean_2025 AS above_mean
FROM relation_neighbours
WHERE measure = 'looked_after_rate' AND (value > mean_2025) <> (value > median_2025)
ORDER BY la_name
