-- One row per graded inspection since 2013 and area judged, the overall grade among them.
SELECT
    inspections.inspection_id,
    inspections.la_code,
    inspections.la_name,
    inspections.framework,
    inspections.inspection_start,
    inspections.published,
    judgements.area,
    judgements.grade::VARCHAR AS grade,
    judgements.source_id || ' ' || judgements.release AS source
FROM inspections
INNER JOIN judgements USING (inspection_id)
WHERE inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
ORDER BY inspections.la_code, inspections.published, inspections.inspection_id, judgements.area
