-- What was the child protection plan rate nearest to each ILACS report, and how many days lay between?
SELECT
    inspections.la_name,
    inspections.published,
    round(figure.value, 1) AS child_protection_plans_rate,
    figure.true_at,
    figure.days_apart
FROM inspections, nearest_figure(inspections.la_code, 'child_protection_plans_rate', inspections.published) AS figure
WHERE inspections.framework = 'ilacs'
ORDER BY inspections.published DESC, inspections.la_name
