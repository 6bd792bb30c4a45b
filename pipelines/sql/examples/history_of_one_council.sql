-- What is the inspection history of one council (Birmingham), with the grade before each inspection?
SELECT published, framework, ilacs_type, grade, previous_grade, change, months_since_previous
FROM inspection_history
WHERE la_name = 'Birmingham'
ORDER BY published
