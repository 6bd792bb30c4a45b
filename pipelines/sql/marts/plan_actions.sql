WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/plan_actions.csv', all_varchar = true, header = true)
)

SELECT
    reports.file_id,
    printed.plan,
    printed.position::INTEGER AS position,
    reports.la_code,
    printed.reference,
    printed.area,
    printed.recommendation,
    printed.link_score::DOUBLE AS link_score,
    printed.due_printed,
    printed.due,
    printed.due_problem,
    printed.owners_printed::INTEGER AS owners_printed,
    printed.success_measure_printed::BOOLEAN AS success_measure_printed,
    printed.words::INTEGER AS words,
    printed.problem
FROM printed
INNER JOIN reports USING (file)
ORDER BY reports.file_id, printed.plan, position
