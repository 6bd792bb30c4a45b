-- Which looked-after counts of authorities did a later release print differently, and by how much?
SELECT la_name, time_period, release, published_text, value - lag(value) OVER prints AS change
FROM area_statistics
WHERE measure = 'looked_after' AND geographic_level = 'Local authority' AND NOT is_derived AND value IS NOT NULL
WINDOW prints AS (PARTITION BY la_code, time_period ORDER BY published, release, file_id, row)
QUALIFY value <> lag(value) OVER prints
ORDER BY abs(change) DESC, la_code, time_period, published, release, file_id, row
