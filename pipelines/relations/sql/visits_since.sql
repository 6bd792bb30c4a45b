-- The first graded visit after a day, and the last report there is.
SELECT
    min(inspection_start) FILTER (WHERE inspection_start > $day::DATE) AS first_visit,
    max(published) AS last_report
FROM inspections
WHERE framework IN ('sif', 'sif_reinspection', 'ilacs')
