-- Which councils are inadequate overall today, and since when is that grade held?
SELECT la_name, published AS held_since_report, framework, datediff('month', published, as_at) AS months_held
FROM latest_judgements
WHERE area = 'overall' AND grade = 'inadequate'
ORDER BY published
