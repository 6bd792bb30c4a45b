-- What each report prints, whether or not a list prints it too; `judgement_sources` has them beside Ofsted's lists.
WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/judgements.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    reports.inspection_id,
    reports.la_code,
    reports.framework,
    printed.area,
    printed.grade::grade AS grade,
    printed.grade_printed,
    printed.page::INTEGER AS page
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, printed.area
