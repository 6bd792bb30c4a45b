-- The profile of grades at each date, in which every authority that exists is counted once.
CREATE OR REPLACE MACRO grade_profile(
    area,
    from_date,
    to_date,
    step := INTERVAL 1 MONTH,
    cut_off_months := 0,
    published_by := NULL,
    frameworks := NULL,
    abolished := 'leave',
    successors := 'begin_anew',
    comparable := false
) AS TABLE
WITH counting AS (
    FROM counting_inspections(
        from_date,
        to_date,
        step := step,
        published_by := published_by,
        cut_off_months := cut_off_months,
        frameworks := frameworks,
        abolished := abolished,
        successors := successors
    )
),

days AS (
    SELECT day::DATE AS as_at
    FROM (
        SELECT unnest(generate_series(from_date::DATE::TIMESTAMP, to_date::DATE::TIMESTAMP, step::INTERVAL)) AS day
    )
),

counted_areas AS (
    SELECT counted_area, bool_or(is_same) AS is_same
    FROM comparable_areas
    WHERE
        comparable_areas.area = CASE
            WHEN area IN (SELECT known.area FROM judgement_areas AS known) THEN area
            ELSE error('area is not in the table judgement_areas')
        END
        AND (is_same OR comparable)
    GROUP BY counted_area
),

-- One standing per inspection: its grade in the area itself, else in an area comparable with it, else why there is none.
standings AS (
    SELECT
        judgements.inspection_id,
        arg_max(judgements.grade, counted_areas.is_same::INTEGER) AS grade,
        arg_max(judgements.area, counted_areas.is_same::INTEGER) AS counted_area
    FROM judgements
    INNER JOIN counted_areas ON judgements.area = counted_areas.counted_area
    GROUP BY judgements.inspection_id
),

counted AS (
    SELECT
        counting.as_at,
        coalesce(
            standings.grade::VARCHAR,
            CASE WHEN ended_judgements.inspection_id IS NOT NULL THEN 'not_given_any_more' ELSE 'area_not_judged' END
        ) AS standing,
        count(*) AS authorities,
        list_sort(list(DISTINCT standings.counted_area) FILTER (standings.counted_area IS NOT NULL)) AS areas_counted
    FROM counting
    LEFT JOIN standings USING (inspection_id)
    LEFT JOIN ended_judgements
        ON counting.inspection_id = ended_judgements.inspection_id AND ended_judgements.area = area
    GROUP BY ALL
),

existing AS (
    SELECT
        days.as_at,
        count(*) AS authorities_existing
    FROM days
    INNER JOIN authorities
        ON
            coalesce(authorities.valid_from <= days.as_at, true)
            AND (abolished = 'stay' OR coalesce(authorities.valid_to >= days.as_at, true))
    GROUP BY days.as_at
),

totals AS (
    SELECT
        existing.as_at,
        existing.authorities_existing,
        coalesce(sum(counted.authorities), 0)::BIGINT AS authorities_inspected,
        coalesce(sum(counted.authorities) FILTER (
            counted.standing IN ('outstanding', 'good', 'requires_improvement', 'adequate', 'inadequate')
        ), 0)::BIGINT AS authorities_graded
    FROM existing
    LEFT JOIN counted USING (as_at)
    GROUP BY ALL
),

standings_shown AS (
    SELECT unnest([
        'outstanding', 'good', 'requires_improvement', 'adequate', 'inadequate', 'not_judged', 'area_not_judged',
        'not_given_any_more', 'not_inspected'
    ]) AS standing, unnest(range(1, 10)) AS place
)

SELECT
    totals.as_at,
    CASE
        WHEN published_by IS NOT NULL THEN published_by::DATE
        WHEN cut_off_months = 0 THEN totals.as_at
        ELSE last_day(totals.as_at + to_months(cut_off_months::INTEGER))
    END AS published_by,
    area AS area,
    shown.standing,
    shown.place,
    CASE
        WHEN shown.standing = 'not_inspected' THEN totals.authorities_existing - totals.authorities_inspected
        ELSE coalesce(counted.authorities, 0)
    END AS authorities,
    CASE
        WHEN shown.place <= 5 THEN 100 * coalesce(counted.authorities, 0) / nullif(totals.authorities_graded, 0)
    END AS share_percent,
    totals.authorities_graded,
    totals.authorities_inspected,
    totals.authorities_existing,
    counted.areas_counted
FROM totals
CROSS JOIN standings_shown AS shown
LEFT JOIN counted ON totals.as_at = counted.as_at AND shown.standing = counted.standing
WHERE
    counted.authorities > 0
    OR shown.standing IN ('outstanding', 'good', 'requires_improvement', 'inadequate', 'not_inspected')
ORDER BY totals.as_at, shown.place;

COMMENT ON MACRO TABLE grade_profile IS
'One row per date (from_date to to_date, every step) and standing in the area: the four grades and not_inspected always; adequate, not_judged, area_not_judged (the inspection that counts does not judge the area) and not_given_any_more (overall since 27 April 2026) where there are any. Per date the authorities sum to authorities_existing. share_percent is of authorities_graded. comparable := true counts areas that judgement_areas declares comparable too (areas_counted says which). Options as in counting_inspections; how far the data goes: the view data_goes_to.';
