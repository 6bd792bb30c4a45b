-- How many councils hold each grade in each area today?
SELECT area, grade, count(*) AS authorities
FROM latest_judgements
WHERE status = 'graded'
GROUP BY area, grade
ORDER BY area, grade DESC
