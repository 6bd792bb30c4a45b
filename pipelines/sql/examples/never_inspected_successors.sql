-- Which councils that exist on 31 March 2024 had no graded inspection of their own by then?
SELECT waiting.la_name, authorities.valid_from AS formed_on
FROM time_since_inspection('2024-03-31') AS waiting
INNER JOIN authorities USING (la_code)
WHERE NOT waiting.is_inspected
ORDER BY formed_on, waiting.la_name
