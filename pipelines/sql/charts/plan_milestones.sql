-- One row per milestone of $council's plan: the recommendation it answers and the day it was due, or why there is none.
SELECT
    plan_milestones.position,
    plan_milestones.action,
    trim(split_part(plan_milestones.action, '/', 1)) AS recommendation,
    plan_milestones.due_printed,
    try_cast(plan_milestones.due AS DATE) AS due,
    coalesce(
        plan_milestones.due_problem,
        CASE WHEN try_cast(plan_milestones.due AS DATE) IS NULL THEN 'no day is printed' END
    ) AS due_problem,
    min(plan_milestones.position) OVER (PARTITION BY trim(split_part(plan_milestones.action, '/', 1))) AS place,
    inspections.la_name,
    inspections.published AS report_published,
    (
        SELECT min(later.published)
        FROM inspections AS later
        WHERE later.la_code = plan_milestones.la_code AND later.published > inspections.published
    ) AS next_published,
    'ofsted_reports ' || year(inspections.published) AS sources
FROM plan_milestones
INNER JOIN plans
    ON plan_milestones.file_id = plans.file_id AND plan_milestones.plan = plans.plan
INNER JOIN inspections USING (inspection_id)
WHERE plan_milestones.la_code = $council
ORDER BY plan_milestones.position
