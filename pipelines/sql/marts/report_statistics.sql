WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/statistics.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.position::INTEGER AS position,
    reports.la_code,
    printed.measure,
    printed.scope,
    printed.value::DOUBLE AS value,
    printed.unit,
    printed.as_at,
    printed.qualifier,
    printed.printed,
    printed.page::INTEGER AS page
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, position
