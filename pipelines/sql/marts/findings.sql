WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/findings.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.position::INTEGER AS position,
    reports.inspection_id,
    reports.la_code,
    printed.paragraph,
    printed.value::DOUBLE AS value,
    printed.unit,
    printed.comparator,
    printed.printed,
    printed.page::INTEGER AS page
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, position
