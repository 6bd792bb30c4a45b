-- How long each authority held each grade in each area: inspections in a row that give the same grade are one spell.
CREATE OR REPLACE MACRO spells(
    date := NULL,
    published_by := NULL,
    areas := NULL,
    clock := 'published',
    frameworks := NULL
) AS TABLE
WITH horizon AS (
    SELECT
        coalesce(date::DATE, newest.goes_to) AS last_day,
        coalesce(published_by::DATE, date::DATE, newest.goes_to) AS out_by
    FROM (SELECT max(published) AS goes_to FROM inspections) AS newest
),

ordered AS (
    SELECT
        inspections.la_code,
        inspections.inspection_id,
        inspections.framework,
        inspections.inspection_start,
        inspections.published,
        authorities.valid_to,
        horizon.last_day,
        CASE clock
            WHEN 'published' THEN inspections.published
            WHEN 'visit' THEN coalesce(inspections.inspection_start, inspections.published)
            ELSE error('clock is published or visit')
        END AS on_day,
        row_number() OVER (
            PARTITION BY inspections.la_code
            ORDER BY
                coalesce(inspections.inspection_start, inspections.published),
                inspections.published,
                inspections.inspection_id
        ) AS nth
    FROM inspections
    INNER JOIN authorities USING (la_code)
    CROSS JOIN horizon
    WHERE
        inspections.published <= horizon.out_by
        AND coalesce(inspections.inspection_start <= horizon.last_day, true)
        AND CASE
            WHEN frameworks IS NULL
                THEN inspections.framework IN (SELECT framework FROM frameworks AS listed WHERE listed.profile)
            ELSE list_contains(frameworks::VARCHAR[], inspections.framework)
        END
),

-- By the clock of reports, an inspection whose report came out after that of a later visit was never the newest known;
-- and nothing begins after the authority has gone, or after the last day.
known AS (
    SELECT *
    FROM ordered
    WHERE on_day <= least(last_day, coalesce(valid_to, last_day))
    QUALIFY
        clock = 'visit'
        OR coalesce(
            min(published) OVER (
                PARTITION BY la_code
                ORDER BY nth
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            ) > published,
            true
        )
),

-- Every area the authority was ever judged in, at every one of its inspections, judged there or not.
cells AS (
    SELECT
        known.*,
        ever.area,
        judgements.grade,
        -- The same word on two scales is not the same grade, so a spell never runs from one scale into the other.
        concat(scales.scale, ' ', judgements.grade::VARCHAR) AS held,
        ended_judgements.inspection_id IS NOT NULL AS has_ended,
        coalesce(len(judgement_areas.continued_as) > 0, false)
        AND known.inspection_start > judgement_areas.valid_to AS is_continued
    FROM known
    INNER JOIN (
        SELECT DISTINCT known.la_code, judgements.area
        FROM known
        INNER JOIN judgements USING (inspection_id)
    ) AS ever ON known.la_code = ever.la_code
    INNER JOIN (SELECT DISTINCT framework, scale FROM frameworks) AS scales ON known.framework = scales.framework
    LEFT JOIN judgements ON known.inspection_id = judgements.inspection_id AND ever.area = judgements.area
    LEFT JOIN ended_judgements
        ON known.inspection_id = ended_judgements.inspection_id AND ever.area = ended_judgements.area
    LEFT JOIN judgement_areas ON known.framework = judgement_areas.framework AND ever.area = judgement_areas.area
),

changes AS (
    SELECT
        *,
        coalesce(
            lag(CASE WHEN grade IS NULL THEN '' ELSE held END) OVER timeline
            <> CASE WHEN grade IS NULL THEN '' ELSE held END,
            true
        )::INTEGER AS begins
    FROM cells
    WINDOW timeline AS (PARTITION BY la_code, area ORDER BY nth)
),

islands AS (
    SELECT *, sum(begins) OVER (PARTITION BY la_code, area ORDER BY nth ROWS UNBOUNDED PRECEDING) AS island
    FROM changes
),

runs AS (
    SELECT
        la_code,
        area,
        island,
        any_value(valid_to) AS valid_to,
        any_value(last_day) AS last_day,
        any_value(grade) AS grade,
        arg_min(framework, nth) AS first_framework,
        min(on_day) AS begins_on,
        count(*) AS inspections_count,
        list(inspection_id ORDER BY nth) AS inspection_ids,
        arg_min(has_ended, nth) AS first_has_ended,
        arg_min(is_continued, nth) AS first_is_continued
    FROM islands
    GROUP BY la_code, area, island
),

-- What comes next ends the spell, be it another grade or an inspection that does not judge the area.
followed AS (
    SELECT
        *,
        lead(begins_on) OVER timeline AS next_begins_on,
        lead(grade) OVER timeline AS next_grade,
        lead(inspection_ids[1]) OVER timeline AS next_inspection_id,
        lead(first_has_ended) OVER timeline AS next_has_ended,
        lead(first_is_continued) OVER timeline AS next_is_continued,
        lag(grade) OVER timeline AS previous_grade,
        row_number() OVER timeline = 1 AS is_first
    FROM runs
    WINDOW timeline AS (PARTITION BY la_code, area ORDER BY island)
),

ended AS (
    SELECT
        *,
        CASE
            WHEN next_begins_on IS NOT NULL THEN next_begins_on
            WHEN valid_to < last_day THEN valid_to + 1
        END::DATE AS ends_on,
        CASE
            WHEN next_begins_on IS NULL AND valid_to < last_day THEN 'authority_abolished'
            WHEN next_begins_on IS NULL THEN NULL
            WHEN next_grade IS NOT NULL THEN 'another_grade'
            WHEN next_has_ended THEN 'not_given_any_more'
            WHEN next_is_continued THEN 'area_was_split'
            ELSE 'area_not_judged'
        END AS ended_by
    FROM followed
)

SELECT
    ended.la_code,
    authorities.la_name,
    ended.area,
    ended.grade,
    ended.begins_on AS spell_start,
    ended.ends_on AS spell_end,
    ended.ends_on IS NULL AS is_censored,
    ended.ended_by,
    ended.next_grade,
    ended.next_inspection_id AS ended_by_inspection_id,
    ended.previous_grade,
    ended.is_first,
    coalesce(ended.ends_on, ended.last_day) AS observed_until,
    date_diff('day', ended.begins_on, coalesce(ended.ends_on, ended.last_day)) AS days,
    ended.inspections_count,
    ended.inspection_ids,
    ended.first_framework
FROM ended
INNER JOIN authorities USING (la_code)
WHERE
    ended.grade IS NOT NULL
    AND CASE
        WHEN areas IS NULL THEN true
        WHEN list_has_all((SELECT list(area) FROM judgement_areas), areas::VARCHAR[])
            THEN list_contains(areas::VARCHAR[], ended.area)
        ELSE error('areas names an area that the table judgement_areas does not know')
    END
ORDER BY ended.la_code, ended.area, ended.island;

COMMENT ON MACRO TABLE spells IS
'One row per authority, area and run of inspections that give the same grade. spell_start to spell_end (its first day no more; empty while it runs: is_censored, observed_until says until when that is known). ended_by: another_grade, area_not_judged (the next inspection does not judge the area), area_was_split, not_given_any_more (overall since 27 April 2026), authority_abolished. is_first: nothing under these frameworks came before, so how long the grade was deserved is unknown. clock: published (a grade is held from the report''s day) or visit (from the first day, where known). date, published_by: what was known then; without them the day the data goes to. frameworks as in counting_inspections.';
