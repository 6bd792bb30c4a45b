-- How each authority moved between two dates, in one area.
CREATE OR REPLACE MACRO moves(
    from_date,
    to_date,
    area := 'overall',
    cut_off_months := 0,
    published_by_from := NULL,
    published_by_to := NULL,
    frameworks := NULL,
    abolished := 'leave',
    successors := 'begin_anew'
) AS TABLE
WITH ends AS (
    SELECT 'from' AS side, from_date::DATE AS as_at
    UNION ALL
    SELECT 'to' AS side, to_date::DATE AS as_at
),

standing AS (
    SELECT 'from' AS side, * FROM as_at(
        from_date, published_by := published_by_from, cut_off_months := cut_off_months, areas := [area],
        frameworks := frameworks, abolished := abolished, successors := successors
    )
    UNION ALL
    SELECT 'to' AS side, * FROM as_at(
        to_date, published_by := published_by_to, cut_off_months := cut_off_months, areas := [area],
        frameworks := frameworks, abolished := abolished, successors := successors
    )
),

existing AS (
    SELECT
        authorities.la_code,
        authorities.la_name,
        bool_or(ends.side = 'from') AS exists_from,
        bool_or(ends.side = 'to') AS exists_to
    FROM ends
    INNER JOIN authorities
        ON
            coalesce(authorities.valid_from <= ends.as_at, true)
            AND (abolished = 'stay' OR coalesce(authorities.valid_to >= ends.as_at, true))
    GROUP BY ALL
),

paired AS (
    SELECT
        existing.*,
        CASE
            WHEN before.la_code IS NULL THEN CASE WHEN existing.exists_from THEN 'not_held' ELSE 'did_not_exist' END
            ELSE before.status
        END AS status_from,
        CASE
            WHEN later.la_code IS NULL THEN CASE WHEN existing.exists_to THEN 'not_held' ELSE 'did_not_exist' END
            ELSE later.status
        END AS status_to,
        before.grade AS grade_from,
        later.grade AS grade_to,
        before.inspection_id AS inspection_id_from,
        later.inspection_id AS inspection_id_to,
        before.published AS published_from,
        later.published AS published_to,
        scale_before.scale IS NOT DISTINCT FROM scale_later.scale AS is_one_scale
    FROM existing
    LEFT JOIN standing AS before ON existing.la_code = before.la_code AND before.side = 'from'
    LEFT JOIN standing AS later ON existing.la_code = later.la_code AND later.side = 'to'
    LEFT JOIN (SELECT DISTINCT framework, scale FROM frameworks) AS scale_before
        ON before.framework = scale_before.framework
    LEFT JOIN (SELECT DISTINCT framework, scale FROM frameworks) AS scale_later
        ON later.framework = scale_later.framework
)

SELECT
    la_code,
    la_name,
    area AS area,
    status_from,
    grade_from,
    status_to,
    grade_to,
    CASE WHEN is_one_scale THEN grade_rank(grade_to) - grade_rank(grade_from) END AS steps,
    CASE
        WHEN status_from <> 'graded' OR status_to <> 'graded' THEN 'no_two_grades'
        WHEN NOT is_one_scale THEN 'not_comparable'
        WHEN grade_rank(grade_to) > grade_rank(grade_from) THEN 'improved'
        WHEN grade_rank(grade_to) < grade_rank(grade_from) THEN 'fell'
        ELSE 'same'
    END AS move,
    coalesce(inspection_id_from <> inspection_id_to, false) AS is_reinspected,
    inspection_id_from,
    inspection_id_to,
    published_from,
    published_to
FROM paired
ORDER BY la_code;

COMMENT ON MACRO TABLE moves IS
'One row per authority that exists on either date: its grade in the area at each (status: graded, not_judged, not_given_any_more, not_held, did_not_exist), the inspections behind them, the steps between and the move: improved, same, fell, no_two_grades, not_comparable (the older scale''s adequate is not requires improvement). is_reinspected: another inspection counts at the second date.';
