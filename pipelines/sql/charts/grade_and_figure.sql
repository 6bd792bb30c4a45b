-- One row per authority that exists on $as_at: the overall grade it held then beside its $measure in the year of
-- $as_at; both with their sources. A missing figure keeps its reason.
WITH bounds AS (
    SELECT
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
),

held AS (
    SELECT profile.la_code, profile.grade, inspections.source_id || ' ' || inspections.release AS source
    FROM bounds,
        as_at(bounds.as_at, published_by := bounds.published_by) AS profile
    INNER JOIN inspections USING (inspection_id)
    WHERE profile.area = 'overall' AND profile.grade <> 'not_judged'
),

-- A rate computed here stands on the count's publication and on the population's.
denominators AS (
    SELECT geographic_level, la_code, time_period, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE
        measure = (SELECT denominator FROM measures WHERE measure = $measure)
        AND source_kind = 'statistics'
        AND is_current
),

figures AS MATERIALIZED (
    SELECT
        printed.*,
        concat_ws(
            '; ',
            printed.source_id || ' ' || printed.release,
            CASE WHEN printed.is_derived THEN denominators.source END
        ) AS source
    FROM (
        SELECT *
        FROM area_statistics
        WHERE
            measure = $measure
            AND time_period = year($as_at::DATE)
            AND source_kind = 'statistics'
            AND is_current
            AND geographic_level = 'Local authority'
    ) AS printed
    LEFT JOIN denominators
        ON printed.geographic_level = denominators.geographic_level
        AND printed.la_code = denominators.la_code
        AND printed.time_period = denominators.time_period
)

SELECT
    authorities.la_code,
    authorities.la_name,
    held.grade::VARCHAR AS grade,
    measures.measure,
    measures.title AS measure_title,
    measures.unit,
    measures.decimals,
    measures.polarity,
    measures.as_at AS measured_at,
    year($as_at::DATE)::INTEGER AS time_period,
    figures.value,
    figures.published_text,
    CASE WHEN figures.la_code IS NULL THEN 'not_printed' ELSE figures.value_status END AS value_status,
    figures.lower_95,
    figures.upper_95,
    authorities.la_code IN ('201', '420') AS is_very_small,
    bounds.as_at,
    bounds.published_by,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    concat_ws('; ', held.source, figures.source) AS sources
FROM authorities
CROSS JOIN bounds
INNER JOIN measures ON measures.measure = $measure
LEFT JOIN held ON authorities.la_code = held.la_code
LEFT JOIN figures ON authorities.la_code = figures.la_code
WHERE
    coalesce(authorities.valid_from <= bounds.as_at, true)
    AND coalesce(authorities.valid_to >= bounds.as_at, true)
ORDER BY held.grade DESC, figures.value, authorities.la_code
