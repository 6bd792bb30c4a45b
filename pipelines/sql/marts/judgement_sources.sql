-- Every printing of a judgement, one row per witness and area, beside the chosen one.
WITH printed AS (
    UNPIVOT (
        SELECT
            inspection_id, la_code, framework, is_chosen, source_id, release, file_id, list, sheet, row, slot,
            unnest(grades_printed)
        FROM inspection_sources
    )
    ON overall, safeguarding, looked_after, help_and_protection, looked_after_and_permanence, adoption, care,
    care_leavers, leadership, lscb
    INTO NAME field VALUE grade_printed
),

-- Before January 2023 ILACS judged care and care leavers together, under the header that now means care alone.
with_area AS (
    SELECT
        printed.*,
        CASE
            WHEN
                printed.field = 'care'
                AND NOT bool_or(printed.field = 'care_leavers') OVER (
                    PARTITION BY printed.file_id, printed.list, printed.row, printed.slot
                )
                THEN 'care_and_care_leavers'
            ELSE printed.field
        END AS area
    FROM printed
)

SELECT
    with_area.inspection_id,
    with_area.la_code,
    with_area.framework,
    with_area.area,
    grades.grade,
    with_area.grade_printed,
    with_area.is_chosen,
    with_area.source_id,
    with_area.release,
    with_area.file_id,
    with_area.list,
    with_area.sheet,
    with_area.row,
    with_area.slot
FROM with_area
INNER JOIN (SELECT DISTINCT framework, scale FROM frameworks) AS scales USING (framework)
LEFT JOIN grades
    ON lower(with_area.grade_printed) = lower(grades.printed)
    AND (grades.scale = 'both' OR grades.scale = scales.scale)
ORDER BY inspection_id, area, is_chosen DESC, file_id, list
