-- How far is England's printed number of children looked after from the sum of its authorities, year by year?
SELECT
    time_period,
    max(value) FILTER (geographic_level = 'National') AS england,
    sum(value) FILTER (geographic_level = 'Local authority') AS sum_of_authorities,
    england - sum_of_authorities AS difference,
    count(*) FILTER (geographic_level = 'Local authority' AND value IS NULL) AS authorities_without_number
FROM area_statistics
WHERE measure = 'looked_after' AND is_current AND NOT is_joint
GROUP BY time_period
ORDER BY time_period
