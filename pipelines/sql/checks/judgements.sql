-- Each judgement beside its inspection, the vocabulary of its framework and the crosswalk of areas.
WITH vocabulary AS (
    SELECT DISTINCT frameworks.framework, grades.grade
    FROM frameworks
    INNER JOIN grades ON grades.scale = 'both' OR grades.scale = frameworks.scale
)

SELECT
    judgements.* REPLACE (judgements.grade::VARCHAR AS grade),
    inspections.inspection_id IS NOT NULL AS inspection_is_known,
    vocabulary.grade IS NOT NULL AS grade_is_of_the_framework,
    judgement_areas.area IS NOT NULL AS area_is_of_the_framework,
    coalesce(
        coalesce(inspections.inspection_start, inspections.published)
        BETWEEN coalesce(judgement_areas.valid_from, DATE '0001-01-01')
        AND coalesce(judgement_areas.valid_to, DATE '9999-12-31'),
        true
    ) AS area_is_of_that_day,
    judgements.rowid AS row_in_table
FROM judgements
LEFT JOIN inspections USING (inspection_id)
LEFT JOIN judgement_areas
    ON inspections.framework = judgement_areas.framework AND judgements.area = judgement_areas.area
LEFT JOIN vocabulary
    ON inspections.framework = vocabulary.framework
    AND judgements.grade::VARCHAR = vocabulary.grade
ORDER BY row_in_table
