-- How long did councils judged inadequate wait for the next report, by the grade it gave?
SELECT
    grade AS next_grade,
    count(*) AS inspections,
    median(months_since_previous) AS median_months,
    min(months_since_previous) AS shortest,
    max(months_since_previous) AS longest
FROM inspection_history
WHERE previous_grade = 'inadequate' AND grade IS NOT NULL
GROUP BY grade
ORDER BY grade DESC
