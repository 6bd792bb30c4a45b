WITH published AS (
    SELECT
        cells.*,
        rate_of.numerator AS numerator_measure,
        rate_of.denominator AS denominator_measure,
        rate_of.per
    FROM stg_typed_cells AS cells
    LEFT JOIN measures AS rate_of ON cells.measure = rate_of.measure
),

-- A published rate is shown beside the count and the population that the same file prints for it.
with_inputs AS (
    SELECT
        published.*,
        numerators.value AS numerator,
        denominators.value AS denominator
    FROM published
    LEFT JOIN stg_typed_cells AS numerators
        ON published.file_id = numerators.file_id
        AND published.row = numerators.row
        AND published.numerator_measure = numerators.measure
    LEFT JOIN stg_typed_cells AS denominators
        ON published.file_id = denominators.file_id
        AND published.row = denominators.row
        AND published.denominator_measure = denominators.measure
),

every AS (
    SELECT
        geographic_level, la_code, area_name, new_la_code, measure, time_period, value, published_text, value_status,
        source_id, release, is_current, false AS is_derived, numerator, denominator, per, file_id, row, "column",
        breakdown
    FROM with_inputs

    UNION ALL BY NAME

    SELECT
        geographic_level, la_code, area_name, new_la_code, measure, time_period, value, NULL AS published_text,
        value_status, source_id, release, is_current, true AS is_derived, numerator, denominator, per, file_id, row,
        "column", NULL AS breakdown
    FROM stg_derived_cells
)

SELECT
    every.la_code,
    coalesce(authorities.la_name, CASE every.la_code WHEN 'ENG' THEN 'England' ELSE every.area_name END) AS la_name,
    every.geographic_level,
    every.measure,
    every.time_period::INTEGER AS time_period,
    every.value,
    every.published_text,
    every.value_status,
    measures.unit,
    'statistics' AS source_kind,
    every.source_id,
    every.release,
    every.is_current,
    every.is_derived,
    every.numerator,
    every.denominator,
    CASE WHEN measures.has_limits THEN byar_lower(every.numerator) * every.per / every.denominator END AS lower_95,
    CASE WHEN measures.has_limits THEN byar_upper(every.numerator) * every.per / every.denominator END AS upper_95,
    every.area_name AS area_name_printed,
    every.new_la_code AS new_la_code_printed,
    every.file_id,
    every.row,
    every."column",
    every.breakdown
FROM every
LEFT JOIN measures USING (measure)
LEFT JOIN authorities ON every.geographic_level = 'Local authority' AND every.la_code = authorities.la_code
ORDER BY every.measure, every.geographic_level, every.la_code, every.time_period, every.release, every.file_id, every.row
