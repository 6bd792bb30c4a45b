-- Which councils improved by two grades or more between 31 March 2018 and 31 March 2025?
SELECT la_name, grade_from, grade_to, steps, published_to
FROM moves('2018-03-31', '2025-03-31')
WHERE steps >= 2
ORDER BY steps DESC, la_name
