-- One row per authority that exists on $as_at: the overall grade it held then beside $numerator over $denominator (times
-- $per) in the year of $as_at. A missing part keeps its reason; a ratio is computed here, none is printed.
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

figures AS MATERIALIZED (
    SELECT *, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE
        measure IN ($numerator, $denominator)
        AND time_period = year($as_at::DATE)
        AND source_kind = 'statistics'
        AND is_current
        AND geographic_level = 'Local authority'
)

SELECT
    authorities.la_code,
    authorities.la_name,
    held.grade::VARCHAR AS grade,
    $numerator || ' / ' || $denominator AS measure,
    $title AS measure_title,
    measures.unit,
    $decimals::INTEGER AS decimals,
    'none' AS polarity,
    measures.as_at AS measured_at,
    year($as_at::DATE)::INTEGER AS time_period,
    $per::DOUBLE * upper_part.value / nullif(lower_part.value, 0) AS value,
    NULL::VARCHAR AS published_text,
    CASE
        WHEN upper_part.la_code IS NULL OR lower_part.la_code IS NULL THEN 'not_printed'
        WHEN upper_part.value IS NULL THEN upper_part.value_status
        WHEN lower_part.value IS NULL THEN lower_part.value_status
        WHEN lower_part.value = 0 THEN 'not_applicable'
        ELSE 'number'
    END AS value_status,
    upper_part.value AS numerator,
    lower_part.value AS denominator,
    authorities.la_code IN ('201', '420') AS is_very_small,
    bounds.as_at,
    bounds.published_by,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    concat_ws('; ', held.source, upper_part.source, lower_part.source) AS sources
FROM authorities
CROSS JOIN bounds
INNER JOIN measures ON measures.measure = $numerator
LEFT JOIN held ON authorities.la_code = held.la_code
LEFT JOIN figures AS upper_part
    ON authorities.la_code = upper_part.la_code AND upper_part.measure = $numerator
LEFT JOIN figures AS lower_part
    ON authorities.la_code = lower_part.la_code AND lower_part.measure = $denominator
WHERE
    coalesce(authorities.valid_from <= bounds.as_at, true)
    AND coalesce(authorities.valid_to >= bounds.as_at, true)
ORDER BY held.grade DESC, value, authorities.la_code
