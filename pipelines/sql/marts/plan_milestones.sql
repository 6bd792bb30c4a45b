WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/plan_milestones.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.plan,
    printed.position::INTEGER AS position,
    reports.la_code,
    printed.action,
    printed.number,
    printed.due_printed,
    printed.due,
    printed.due_problem,
    printed.is_aligned::BOOLEAN AS is_aligned,
    printed.owners_printed::INTEGER AS owners_printed,
    printed.words::INTEGER AS words
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, printed.plan, position
