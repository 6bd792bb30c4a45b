-- Which councils have waited longest since their last graded inspection, on 31 March 2025?
SELECT la_name, framework, inspection_start, published, days_since_published
FROM time_since_inspection('2025-03-31')
WHERE is_inspected
ORDER BY days_since_published DESC, la_name
LIMIT 20
