-- Which overall grade does every council hold today?
SELECT la_code, la_name, region, grade, status, framework, published, as_at
FROM latest_judgements
WHERE area = 'overall'
ORDER BY grade DESC, la_name
