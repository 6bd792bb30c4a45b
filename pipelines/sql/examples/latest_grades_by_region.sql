-- How do the regions' councils stand: how many are good or better today, of how many graded?
SELECT
    region,
    count(*) FILTER (grade >= 'good'::grade) AS good_or_better,
    count(*) AS graded,
    round(100.0 * good_or_better / graded, 1) AS good_or_better_percent
FROM latest_judgements
WHERE area = 'overall' AND status = 'graded'
GROUP BY region
ORDER BY good_or_better_percent DESC, region
