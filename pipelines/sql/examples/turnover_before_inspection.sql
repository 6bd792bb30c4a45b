-- What was social worker turnover at the count before each ILACS report, by the overall grade it gave?
WITH counted AS (
    SELECT history.grade, history.inspection_id, arg_max(figures.value, figures.time_period) AS turnover
    FROM inspection_history AS history
    INNER JOIN area_statistics AS figures
        ON history.la_code = figures.la_code
        AND figures.measure = 'social_worker_turnover'
        AND figures.is_current
        AND make_date(figures.time_period, 9, 30) BETWEEN history.published - INTERVAL 2 YEAR AND history.published
    WHERE history.framework = 'ilacs' AND history.grade IS NOT NULL
    GROUP BY ALL
)

SELECT grade, count(turnover) AS inspections, round(median(turnover), 1) AS median_turnover_percent
FROM counted
GROUP BY grade
ORDER BY grade DESC
