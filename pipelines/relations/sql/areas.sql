-- The areas judged under the frameworks since 2013.
SELECT DISTINCT judgements.area
FROM judgements
INNER JOIN inspections USING (inspection_id)
WHERE inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
ORDER BY judgements.area
