-- The years for which a measure has a number of at least one authority.
SELECT DISTINCT time_period
FROM area_statistics
WHERE
    measure = $measure
    AND geographic_level = 'Local authority'
    AND source_kind = 'statistics'
    AND is_current
    AND value IS NOT NULL
ORDER BY time_period
