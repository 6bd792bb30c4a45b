-- Which figures hold no number, why, and how often, by measure?
SELECT measure, value_status, count(*) AS cells
FROM area_statistics
INNER JOIN measures USING (measure)
WHERE is_current AND value IS NULL AND measures.role = 'measure'
GROUP BY ALL
ORDER BY cells DESC, measure, value_status
