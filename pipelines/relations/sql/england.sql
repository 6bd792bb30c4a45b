-- England's published figure of one measure by year.
SELECT time_period, value
FROM area_statistics
WHERE
    measure = $measure
    AND geographic_level = 'National'
    AND source_kind = 'statistics'
    AND is_current
    AND value IS NOT NULL
ORDER BY time_period
