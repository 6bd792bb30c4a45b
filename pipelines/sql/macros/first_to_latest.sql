-- Each authority's first and latest inspection under the frameworks named, known at a date.
CREATE OR REPLACE MACRO first_to_latest(
    date, published_by := NULL, area := 'overall', frameworks := ['ilacs'], abolished := 'leave'
) AS TABLE
WITH wanted AS (
    SELECT date::DATE AS wanted_day, coalesce(published_by::DATE, date::DATE) AS wanted_published_by, area AS wanted_area
),

known AS (
    SELECT
        inspections.la_code,
        inspections.inspection_id,
        inspections.published,
        judgements.grade,
        row_number() OVER oldest AS nth,
        count(*) OVER (PARTITION BY inspections.la_code) AS inspections_count
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    INNER JOIN authorities ON inspections.la_code = authorities.la_code
    CROSS JOIN wanted
    WHERE
        list_contains(frameworks::VARCHAR[], inspections.framework)
        AND judgements.area = wanted.wanted_area
        AND coalesce(inspections.inspection_start <= wanted.wanted_day, true)
        AND inspections.published <= wanted.wanted_published_by
        AND coalesce(authorities.valid_from <= wanted.wanted_day, true)
        AND CASE abolished
            WHEN 'leave' THEN coalesce(authorities.valid_to >= wanted.wanted_day, true)
            WHEN 'stay' THEN true
            ELSE error('abolished is leave or stay')
        END
    WINDOW
        oldest AS (
            PARTITION BY inspections.la_code
            ORDER BY
                coalesce(inspections.inspection_start, inspections.published),
                inspections.published,
                inspections.inspection_id
        )
)

SELECT
    oldest.la_code,
    authorities.la_name,
    wanted.wanted_area AS area,
    oldest.inspections_count,
    oldest.grade AS first_grade,
    newest.grade AS latest_grade,
    grade_rank(newest.grade) - grade_rank(oldest.grade) AS steps,
    CASE
        WHEN grade_rank(newest.grade) > grade_rank(oldest.grade) THEN 'improved'
        WHEN grade_rank(newest.grade) < grade_rank(oldest.grade) THEN 'fell'
        WHEN grade_rank(newest.grade) = grade_rank(oldest.grade) THEN 'same'
    END AS move,
    oldest.inspection_id AS first_inspection_id,
    newest.inspection_id AS latest_inspection_id,
    oldest.published AS first_published,
    newest.published AS latest_published
FROM known AS oldest
INNER JOIN known AS newest
    ON oldest.la_code = newest.la_code AND newest.nth = newest.inspections_count
INNER JOIN authorities ON oldest.la_code = authorities.la_code
CROSS JOIN wanted
WHERE oldest.nth = 1
ORDER BY oldest.la_code;

COMMENT ON MACRO TABLE first_to_latest IS
'One row per authority with an inspection under the frameworks (ILACS unless named) known at the date that grades the area: first and latest grade, how many there are, and the move between them. Name frameworks of one scale only.';
