-- One row per authority that exists on $as_at: its $measure in the year of $as_at, the count and the population behind
-- it, and England's rate. A missing figure keeps its reason.
WITH denominators AS (
    SELECT la_code, time_period, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE
        measure = (SELECT denominator FROM measures WHERE measure = $measure)
        AND source_kind = 'statistics'
        AND is_current
        AND geographic_level = 'Local authority'
),

printed AS MATERIALIZED (
    SELECT *
    FROM area_statistics
    WHERE
        measure = $measure
        AND time_period = year($as_at::DATE)
        AND source_kind = 'statistics'
        AND is_current
)

SELECT
    authorities.la_code,
    authorities.la_name,
    measures.measure,
    measures.title AS measure_title,
    measures.polarity,
    measures.decimals,
    measures.as_at AS measured_at,
    measures.per,
    year($as_at::DATE)::INTEGER AS time_period,
    figures.value,
    CASE WHEN figures.la_code IS NULL THEN 'not_printed' ELSE figures.value_status END AS value_status,
    figures.numerator,
    figures.denominator,
    figures.lower_95,
    figures.upper_95,
    england.value AS england_value,
    authorities.la_code IN ('201', '420') AS is_very_small,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    concat_ws('; ', figures.source_id || ' ' || figures.release, denominators.source) AS sources
FROM authorities
INNER JOIN measures ON measures.measure = $measure
LEFT JOIN printed AS figures ON authorities.la_code = figures.la_code
LEFT JOIN printed AS england ON england.geographic_level = 'National'
LEFT JOIN denominators
    ON authorities.la_code = denominators.la_code AND figures.time_period = denominators.time_period
WHERE
    coalesce(authorities.valid_from <= $as_at::DATE, true)
    AND coalesce(authorities.valid_to >= $as_at::DATE, true)
ORDER BY figures.value, authorities.la_code
