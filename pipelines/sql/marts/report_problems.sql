WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/problems.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.position::INTEGER AS position,
    reports.la_code,
    printed.what,
    printed.page::INTEGER AS page
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, position
