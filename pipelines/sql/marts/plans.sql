WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/plans.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.plan,
    reports.inspection_id,
    reports.la_code,
    printed.actions::INTEGER AS actions,
    printed.milestones::INTEGER AS milestones
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, printed.plan
