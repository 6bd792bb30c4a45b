-- Every graded inspection with the overall grade before it. Grades are compared within the frameworks since 2013
-- (sif, sif_reinspection, ilacs), which share one scale; an older inspection has no comparison.
CREATE OR REPLACE VIEW inspection_history AS
WITH graded AS (
    SELECT
        inspections.inspection_id,
        inspections.la_code,
        inspections.la_name,
        inspections.framework,
        inspections.ilacs_type,
        inspections.inspection_start,
        inspections.published,
        judgements.grade,
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs') AS is_comparable
    FROM inspections
    LEFT JOIN judgements ON inspections.inspection_id = judgements.inspection_id AND judgements.area = 'overall'
),

with_previous AS (
    SELECT
        *,
        lag(grade) OVER before AS previous_grade,
        lag(published) OVER before AS previous_published
    FROM graded
    WINDOW before AS (PARTITION BY la_code, is_comparable ORDER BY published, inspection_id)
)

SELECT
    inspection_id,
    la_code,
    la_name,
    framework,
    ilacs_type,
    inspection_start,
    published,
    grade,
    CASE WHEN is_comparable THEN previous_grade END AS previous_grade,
    CASE WHEN is_comparable THEN previous_published END AS previous_published,
    CASE WHEN is_comparable THEN datediff('month', previous_published, published) END AS months_since_previous,
    CASE
        WHEN NOT is_comparable OR previous_grade IS NULL OR grade IS NULL THEN NULL
        WHEN grade = 'not_judged' OR previous_grade = 'not_judged' THEN NULL
        WHEN grade > previous_grade THEN 'improved'
        WHEN grade < previous_grade THEN 'declined'
        ELSE 'same'
    END AS change
FROM with_previous
ORDER BY la_code, published, inspection_id;
