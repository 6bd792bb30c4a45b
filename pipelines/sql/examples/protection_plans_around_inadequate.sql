-- What was the child protection plan rate in the two years before and after an inadequate judgement, against the
-- council's statistical neighbours?
WITH inadequate AS (
    SELECT inspection_id, la_code, la_name, published, year(published + INTERVAL 9 MONTH) AS year_of
    FROM inspection_history
    WHERE grade = 'inadequate' AND framework IN ('sif', 'sif_reinspection', 'ilacs')
)

SELECT
    inadequate.la_name,
    inadequate.published,
    beside.time_period,
    beside.time_period - inadequate.year_of AS years_from_judgement,
    round(beside.value, 1) AS rate,
    round(beside.neighbours_median, 1) AS neighbours_median,
    beside.neighbours_counted
FROM inadequate
INNER JOIN with_neighbours AS beside
    ON inadequate.la_code = beside.la_code
    AND beside.measure = 'child_protection_plans_rate'
    AND beside.time_period BETWEEN inadequate.year_of - 2 AND inadequate.year_of + 2
ORDER BY inadequate.la_name, inadequate.published, beside.time_period
