-- The judgements that count for each authority on a day (counting_inspections has the rule). Where the inspection that
-- counts is of a kind that no longer grades an area and nothing took the area's place, the area is a row too, without a
-- grade: not the grade of an older inspection, and not a blank.
CREATE OR REPLACE MACRO as_at(
    date,
    published_by := NULL,
    areas := NULL,
    frameworks := NULL,
    cut_off_months := 0,
    abolished := 'leave',
    successors := 'begin_anew'
) AS TABLE
WITH counting AS (
    FROM counting_inspections(
        date,
        date,
        published_by := published_by,
        cut_off_months := cut_off_months,
        frameworks := frameworks,
        abolished := abolished,
        successors := successors
    )
),

judged AS (
    SELECT inspection_id, area, grade, CASE WHEN grade = 'not_judged' THEN 'not_judged' ELSE 'graded' END AS status
    FROM judgements

    UNION ALL

    SELECT inspection_id, area, NULL, 'not_given_any_more'
    FROM ended_judgements
)

SELECT
    counting.la_code,
    authorities.la_name,
    judged.area,
    judged.grade,
    inspections.inspection_start,
    inspections.published,
    inspections.framework,
    counting.inspection_id,
    judged.status,
    inspections.ilacs_type,
    counting.inspected_la_code,
    inspections.source_kind,
    counting.as_at,
    counting.published_by
FROM counting
INNER JOIN judged USING (inspection_id)
INNER JOIN inspections USING (inspection_id)
INNER JOIN authorities ON counting.la_code = authorities.la_code
WHERE
    CASE
        WHEN areas IS NULL THEN true
        WHEN list_has_all((SELECT list(area) FROM judgement_areas), areas::VARCHAR[])
            THEN list_contains(areas::VARCHAR[], judged.area)
        ELSE error('areas names an area that the table judgement_areas does not know')
    END;

COMMENT ON MACRO TABLE as_at IS
'One row per authority that exists on the date and has been inspected, and area: the judgement that counts on the date, from the newest inspection whose visit was by the date and whose report was out by published_by (the date itself unless given, or the end of the month cut_off_months later). status: graded; not_judged; not_given_any_more (grade is empty: overall since 27 April 2026). source_kind: report where the inspection rests on the report alone. How far the data goes: the view data_goes_to. Options: areas, frameworks, abolished, successors (see counting_inspections).';
