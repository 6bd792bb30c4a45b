-- How does one council (Leeds, 383) stand against the median of its statistical neighbours, measure by measure, in 2024?
SELECT measure, value, unit, neighbours_median, neighbours_min, neighbours_max, neighbours_counted, england
FROM with_neighbours
INNER JOIN measures USING (measure, unit)
WHERE la_code = '383' AND time_period = 2024 AND measures.role = 'measure'
ORDER BY measure
