-- What is the median looked-after rate of councils by the overall grade they held on 31 March, year by year?
SELECT time_period, grade, count(looked_after_rate) AS authorities, median(looked_after_rate) AS median_rate
FROM council_year
WHERE grade IS NOT NULL AND looked_after_rate IS NOT NULL
GROUP BY time_period, grade
ORDER BY time_period, grade DESC
