-- How has one council's looked-after rate (Essex) moved, with its 95% limits and England beside it?
SELECT
    own.time_period,
    round(own.value, 1) AS rate,
    round(own.lower_95, 1) AS lower_95,
    round(own.upper_95, 1) AS upper_95,
    own.published_text,
    own.value_status,
    round(england.value, 1) AS england
FROM area_statistics AS own
LEFT JOIN area_statistics AS england
    ON own.measure = england.measure
    AND own.time_period = england.time_period
    AND england.geographic_level = 'National'
    AND england.is_current
WHERE own.la_name = 'Essex' AND own.measure = 'looked_after_rate' AND own.is_current
ORDER BY own.time_period
