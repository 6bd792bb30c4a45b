-- Who are one council's statistical neighbours (Leeds), and which overall grades do they hold today?
SELECT neighbours.rank, neighbours.la_name, neighbours.closeness, latest.grade, latest.published
FROM neighbours_of('Leeds') AS neighbours
LEFT JOIN latest_judgements AS latest ON neighbours.la_code = latest.la_code AND latest.area = 'overall'
ORDER BY neighbours.rank
