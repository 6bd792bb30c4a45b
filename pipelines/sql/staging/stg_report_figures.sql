-- Figures that reports print of a measure DfE publishes too, true at a 31 March, in the columns of `area_statistics`.
-- Left out, and only in `report_statistics`: numbers without a date ("in the last 12 months"), at another day than
-- 31 March, hidden ones, and cells for which one report prints two different numbers.
WITH measured AS (
    SELECT
        figures.*,
        CASE figures.measure
            WHEN 'looked_after_out_of_area' THEN 'placed_outside_la'
            ELSE figures.measure
        END AS same_measure,
        left(figures.as_at, 4)::INTEGER AS time_period
    FROM report_statistics AS figures
    WHERE
        figures.measure IN (
            'looked_after', 'looked_after_rate', 'child_protection_plans', 'children_in_need', 'uasc',
            'looked_after_out_of_area'
        )
        AND figures.scope IN ('local', 'previous')
        AND figures.as_at LIKE '____-03-31'
        AND figures.value IS NOT NULL
),

told AS (
    SELECT
        *,
        count(DISTINCT value) OVER (PARTITION BY file_id, same_measure, time_period) AS values_printed,
        row_number() OVER (PARTITION BY file_id, same_measure, time_period ORDER BY position) AS nth
    FROM measured
)

SELECT
    told.la_code,
    authorities.la_name,
    'Local authority' AS geographic_level,
    told.same_measure AS measure,
    told.time_period,
    told.value,
    told.printed AS published_text,
    'number' AS value_status,
    measures.unit,
    'report' AS source_kind,
    'ofsted_reports' AS source_id,
    strftime(reports.published, '%Y-%m-%d') AS release,
    strftime(reports.published, '%Y-%m-%d') AS published,
    false AS is_current,
    false AS is_derived,
    false AS is_joint,
    reports.la_listed AS area_name_printed,
    reports.new_la_code AS new_la_code_printed,
    told.file_id,
    'page ' || told.page AS sheet,
    told.position::BIGINT AS row,
    told.measure AS "column",
    concat_ws(' | ', told.scope, told.qualifier) AS breakdown
FROM told
INNER JOIN reports ON told.file_id = reports.file_id AND reports.copy_of IS NULL
INNER JOIN measures ON told.same_measure = measures.measure
LEFT JOIN authorities ON told.la_code = authorities.la_code
WHERE told.values_printed = 1 AND told.nth = 1
ORDER BY told.file_id, row
