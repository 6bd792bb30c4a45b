WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/recommendations.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.position::INTEGER AS position,
    reports.inspection_id,
    reports.la_code,
    printed.body,
    printed.number,
    coalesce(string_split(printed.themes, ' '), []) AS themes,
    printed.words::INTEGER AS words,
    printed.page::INTEGER AS page
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, position
