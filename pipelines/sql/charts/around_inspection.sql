-- One row per overall grade given since 2013 (visit by $as_at, report out $cut_off_months months later) and year from $years before to $years after: the change
-- of $measure from the last 31 March on or before the report, and England's in the same years. Inspections whose base
-- figure is missing are left out and counted.
WITH given AS (
    SELECT
        inspections.inspection_id,
        inspections.la_code,
        inspections.la_name,
        inspections.framework,
        inspections.published,
        judgements.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS source,
        CASE
            WHEN make_date(year(inspections.published), 3, 31) <= inspections.published
                THEN year(inspections.published)
            ELSE year(inspections.published) - 1
        END::INTEGER AS base_year
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    WHERE
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND judgements.area = 'overall'
        AND judgements.grade <> 'not_judged'
        AND coalesce(inspections.inspection_start, inspections.published) <= $as_at::DATE
        AND inspections.published <= last_day($as_at::DATE + to_months($cut_off_months::INTEGER))
),

figures AS MATERIALIZED (
    SELECT la_code, geographic_level, time_period, value, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE
        measure = $measure
        AND geographic_level IN ('Local authority', 'National')
        AND source_kind = 'statistics'
        AND is_current
        AND NOT is_joint
        AND value IS NOT NULL
),

england AS (
    SELECT time_period, value
    FROM figures
    WHERE geographic_level = 'National'
),

steps AS (
    SELECT unnest(generate_series(-$years::INTEGER, $years::INTEGER))::INTEGER AS years_after
),

based AS (
    SELECT given.*, base.value AS base_value
    FROM given
    INNER JOIN figures AS base ON given.la_code = base.la_code AND given.base_year = base.time_period
)

SELECT
    based.inspection_id,
    based.la_code,
    based.la_name,
    based.framework,
    based.published,
    based.grade,
    based.base_year,
    steps.years_after,
    based.base_value,
    figures.value,
    figures.value - based.base_value AS change,
    england.value - england_base.value AS england_change,
    measures.title AS measure_title,
    measures.polarity,
    measures.decimals,
    (SELECT count(*) FROM given) AS grades_given,
    (SELECT count(*) FROM based AS every_one) AS grades_with_base,
    $as_at::DATE AS as_at,
    concat_ws('; ', based.source, figures.source) AS sources
FROM based
CROSS JOIN steps
INNER JOIN measures ON measures.measure = $measure
INNER JOIN figures ON based.la_code = figures.la_code AND based.base_year + steps.years_after = figures.time_period
INNER JOIN england AS england_base ON based.base_year = england_base.time_period
INNER JOIN england ON based.base_year + steps.years_after = england.time_period
ORDER BY based.grade DESC, based.published, based.inspection_id, steps.years_after
