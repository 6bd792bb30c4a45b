CREATE OR REPLACE VIEW comparable_areas AS
SELECT DISTINCT judgement_areas.area, frameworks.scale, judgement_areas.area AS counted_area, true AS is_same
FROM judgement_areas
INNER JOIN frameworks USING (framework)

UNION

SELECT judgement_areas.area, frameworks.scale, unnest(judgement_areas.comparable_with), false
FROM judgement_areas
INNER JOIN frameworks USING (framework);
