-- One row per graded inspection since 2013: the grade of $area, the grade before and the dates of the reports around it.
WITH graded AS (
    SELECT
        inspections.inspection_id,
        inspections.la_code,
        inspections.la_name,
        inspections.framework,
        inspections.published,
        judgements.grade::VARCHAR AS grade,
        judgements.source_id || ' ' || judgements.release AS source
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    WHERE
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND judgements.area = $area
        AND judgements.grade <> 'not_judged'
)

SELECT
    graded.*,
    lag(graded.grade) OVER before AS previous_grade,
    lag(graded.published) OVER before AS previous_published,
    lead(graded.published) OVER before AS next_published,
    authorities.valid_to AS abolished
FROM graded
INNER JOIN authorities USING (la_code)
WINDOW before AS (PARTITION BY graded.la_code ORDER BY graded.published, graded.inspection_id)
ORDER BY graded.la_code, graded.published, graded.inspection_id
