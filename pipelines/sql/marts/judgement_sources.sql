-- Every printing of a judgement, one row per witness and area, with the one that is chosen: that of the best witness
-- that prints the area.
WITH listed AS (
    UNPIVOT (
        SELECT
            inspection_id, la_code, framework, choice, source_kind, source_id, release, file_id, list, sheet, row, slot,
            unnest(grades_printed)
        FROM inspection_sources
        WHERE source_kind = 'statistics'
    )
    ON overall, safeguarding, looked_after, help_and_protection, looked_after_and_permanence, adoption, care,
    care_leavers, leadership, lscb
    INTO NAME field VALUE grade_printed
),

-- Before January 2023 ILACS judged care and care leavers together, under the header that now means care alone.
with_area AS (
    SELECT
        listed.* EXCLUDE (field),
        NULL::INTEGER AS page,
        CASE
            WHEN
                listed.field = 'care'
                AND NOT bool_or(listed.field = 'care_leavers') OVER (
                    PARTITION BY listed.file_id, listed.list, listed.row, listed.slot
                )
                THEN 'care_and_care_leavers'
            ELSE listed.field
        END AS area
    FROM listed
),

graded AS (
    SELECT
        with_area.*,
        grades.grade
    FROM with_area
    INNER JOIN (SELECT DISTINCT framework, scale FROM frameworks) AS scales USING (framework)
    LEFT JOIN grades
        ON lower(with_area.grade_printed) = lower(grades.printed)
        AND (grades.scale = 'both' OR grades.scale = scales.scale)

    UNION ALL BY NAME

    -- The reader has put a report's words into this database's grades already.
    SELECT
        sources.* EXCLUDE (
            is_chosen, la_name_printed, new_la_code_printed, framework_printed, ilacs_type, inspection_start,
            inspection_end, published, start_differs, published_differs, framework_differs, ilacs_type_differs,
            grades_printed
        ),
        printed.grade_printed,
        printed.page::INTEGER AS page,
        printed.area,
        grades.grade
    FROM read_csv(getvariable('raw') || '/ofsted_reports/judgements.csv', all_varchar = true, header = true) AS printed
    INNER JOIN inspection_sources AS sources ON 'ofsted_reports/' || printed.file = sources.file_id
    LEFT JOIN (SELECT DISTINCT grade FROM grades) AS grades USING (grade)
),

placed AS (
    SELECT
        *,
        first_value(grade) OVER best AS chosen_grade,
        row_number() OVER best = 1 AS is_chosen
    FROM graded
    WINDOW best AS (PARTITION BY inspection_id, area ORDER BY choice, file_id, list, row, slot)
)

SELECT
    inspection_id,
    la_code,
    framework,
    area,
    grade,
    grade_printed,
    is_chosen,
    grade IS DISTINCT FROM chosen_grade AS differs,
    source_kind,
    source_id,
    release,
    file_id,
    list,
    sheet,
    row,
    slot,
    page
FROM placed
ORDER BY inspection_id, area, choice, file_id, list
