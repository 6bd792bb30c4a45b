-- One row per report and measure of $measures for which the report prints a figure of the authority at a 31 March:
-- beside it the figure of the same day in the department's newest release.
WITH asked AS (
    SELECT unnest($measures::VARCHAR[]) AS measure, generate_subscripts($measures::VARCHAR[], 1) AS place
),

official AS (
    SELECT *
    FROM area_statistics
    WHERE
        source_kind = 'statistics'
        AND is_current
        AND geographic_level = 'Local authority'
        AND list_contains($measures::VARCHAR[], measure)
)

SELECT
    asked.measure,
    measures.title AS measure_title,
    report_statistics.file_id,
    report_statistics.la_code,
    reports.la_name,
    reports.published,
    report_statistics.as_at,
    report_statistics.page,
    report_statistics.printed AS report_printed,
    report_statistics.qualifier,
    report_statistics.value AS report_value,
    official.value AS official_value,
    official.value_status AS official_status,
    official.release AS official_release,
    report_statistics.value - official.value AS difference,
    100 * (report_statistics.value - official.value) / nullif(official.value, 0) AS difference_percent,
    (
        SELECT count(*)
        FROM report_statistics AS every_one
        INNER JOIN reports AS read_ones ON every_one.file_id = read_ones.file_id
        WHERE
            every_one.scope = 'local'
            AND list_contains($measures::VARCHAR[], every_one.measure)
            AND read_ones.copy_of IS NULL
    ) AS printed_in_all,
    concat_ws(
        '; ', 'ofsted_reports ' || year(reports.published), official.source_id || ' ' || official.release
    ) AS sources
FROM asked
INNER JOIN measures USING (measure)
INNER JOIN report_statistics ON asked.measure = report_statistics.measure
INNER JOIN reports USING (file_id)
LEFT JOIN official
    ON report_statistics.la_code = official.la_code
    AND asked.measure = official.measure
    AND official.time_period = left(report_statistics.as_at, 4)::INTEGER
WHERE
    report_statistics.scope = 'local'
    AND report_statistics.as_at LIKE '____-03-31'
    AND reports.copy_of IS NULL
ORDER BY asked.place, difference_percent, report_statistics.la_code, report_statistics.file_id
