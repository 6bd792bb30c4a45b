-- Which twenty councils had the highest looked-after rates in the newest year?
SELECT la_name, time_period, value, round(lower_95, 1) AS lower_95, round(upper_95, 1) AS upper_95
FROM area_statistics
WHERE
    measure = 'looked_after_rate'
    AND geographic_level = 'Local authority'
    AND is_current
    AND time_period = (SELECT max(time_period) FROM area_statistics WHERE measure = 'looked_after_rate')
ORDER BY value DESC NULLS LAST, la_name
LIMIT 20
