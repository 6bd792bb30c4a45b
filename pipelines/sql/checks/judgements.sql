-- Each judgement beside its inspection and the vocabulary of its framework.
WITH vocabulary AS (
    SELECT DISTINCT frameworks.framework, grades.grade
    FROM frameworks
    INNER JOIN grades ON grades.scale = 'both' OR grades.scale = frameworks.scale
)

SELECT
    judgements.* REPLACE (judgements.grade::VARCHAR AS grade),
    inspections.inspection_id IS NOT NULL AS inspection_is_known,
    vocabulary.grade IS NOT NULL AS grade_is_of_the_framework,
    CASE
        WHEN judgements.area IN ('care', 'care_leavers') AND inspections.framework = 'ilacs'
            THEN inspections.inspection_start >= DATE '2023-01-01'
        WHEN judgements.area = 'care_and_care_leavers' THEN inspections.inspection_start < DATE '2023-01-01'
        ELSE true
    END AS area_is_of_that_day,
    judgements.rowid AS row_in_table
FROM judgements
LEFT JOIN inspections USING (inspection_id)
LEFT JOIN vocabulary
    ON inspections.framework = vocabulary.framework
    AND judgements.grade::VARCHAR = vocabulary.grade
ORDER BY row_in_table
