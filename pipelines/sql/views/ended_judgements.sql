-- Inspections that would have judged an area under their framework's older rules and no longer do, where nothing took
-- the area's place.
CREATE OR REPLACE VIEW ended_judgements AS
SELECT inspections.inspection_id, inspections.la_code, judgement_areas.area, judgement_areas.ended
FROM inspections
INNER JOIN judgement_areas USING (framework)
LEFT JOIN judgements ON inspections.inspection_id = judgements.inspection_id AND judgement_areas.area = judgements.area
WHERE
    inspections.inspection_start > judgement_areas.valid_to
    AND len(judgement_areas.continued_as) = 0
    AND judgements.inspection_id IS NULL;
