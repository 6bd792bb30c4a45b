-- Which councils fell below good at an inspection, from good or outstanding before it, and when?
SELECT la_name, previous_published, previous_grade, published, grade, months_since_previous
FROM inspection_history
WHERE previous_grade >= 'good'::grade AND grade < 'good'::grade AND grade <> 'not_judged'
ORDER BY published DESC, la_name
