-- The numbers of one measure for authorities over years: current ones, no joint rows of two authorities, no gaps filled.
SELECT
    la_code,
    la_name,
    time_period,
    value,
    source_id || ' ' || release AS figure_source
FROM area_statistics
WHERE
    measure = $measure
    AND time_period BETWEEN $first_year AND $last_year
    AND geographic_level = 'Local authority'
    AND source_kind = 'statistics'
    AND is_current
    AND NOT is_joint
    AND value IS NOT NULL
ORDER BY la_code, time_period
