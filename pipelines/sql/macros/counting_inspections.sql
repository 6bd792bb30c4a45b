-- The rule of "as at", in one place: for every day of a range and every authority, the inspection that counts.
CREATE OR REPLACE MACRO counting_inspections(
    first_day,
    last_day,
    step := INTERVAL 1 DAY,
    published_by := NULL,
    cut_off_months := 0,
    frameworks := NULL,
    abolished := 'leave',
    successors := 'begin_anew'
) AS TABLE
WITH counted_frameworks AS (
    SELECT DISTINCT framework
    FROM frameworks AS known
    WHERE
        CASE
            WHEN frameworks IS NULL THEN known.profile
            WHEN list_has_all((SELECT list(framework) FROM frameworks), frameworks::VARCHAR[])
                THEN list_contains(frameworks::VARCHAR[], known.framework)
            ELSE error('frameworks names a framework that the table frameworks does not know')
        END
),

days AS (
    SELECT
        day::DATE AS as_at,
        CASE
            WHEN published_by IS NOT NULL THEN published_by::DATE
            WHEN cut_off_months = 0 THEN day::DATE
            ELSE last_day(day::DATE + to_months(cut_off_months::INTEGER))
        END AS published_by
    FROM (
        SELECT unnest(generate_series(first_day::DATE::TIMESTAMP, last_day::DATE::TIMESTAMP, step::INTERVAL)) AS day
    )
    -- An option that is no rule is refused whatever the rows are.
    WHERE
        CASE
            WHEN abolished NOT IN ('leave', 'stay') THEN error('abolished is leave or stay')
            WHEN successors NOT IN ('begin_anew', 'inherit') THEN error('successors is begin_anew or inherit')
            ELSE true
        END
),

-- An authority's own inspections and, where successors inherit, those of its predecessors. Of a predecessor that was
-- divided so that only a part went over, nothing is inherited: Dorset's grade is not Bournemouth's.
candidates AS (
    SELECT
        la_code,
        inspection_id,
        la_code AS inspected_la_code,
        inspection_start,
        published,
        true AS is_own
    FROM inspections
    WHERE framework IN (FROM counted_frameworks)

    UNION ALL

    SELECT
        authority_changes.successor_la_code,
        inspections.inspection_id,
        inspections.la_code,
        inspections.inspection_start,
        inspections.published,
        false
    FROM inspections
    INNER JOIN authority_changes ON inspections.la_code = authority_changes.predecessor_la_code
    WHERE
        inspections.framework IN (FROM counted_frameworks)
        AND coalesce(authority_changes.part_printed LIKE 'less %', true)
        AND successors = 'inherit'
),

-- Its own inspections before inherited ones, then by the visit (where unknown, by the report), then by the report.
placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY la_code
            ORDER BY is_own, coalesce(inspection_start, published), published, inspection_id
        ) AS place
    FROM candidates
),

newest AS (
    SELECT days.as_at, days.published_by, authorities.la_code, max(placed.place) AS place
    FROM days
    INNER JOIN authorities
        ON
            coalesce(authorities.valid_from <= days.as_at, true)
            AND (abolished = 'stay' OR coalesce(authorities.valid_to >= days.as_at, true))
    INNER JOIN placed
        ON
            authorities.la_code = placed.la_code
            AND placed.published <= days.published_by
            AND coalesce(placed.inspection_start <= days.as_at, true)
    GROUP BY ALL
)

SELECT newest.as_at, newest.published_by, newest.la_code, placed.inspected_la_code, placed.inspection_id
FROM newest
INNER JOIN placed USING (la_code, place);

COMMENT ON MACRO TABLE counting_inspections IS
'One row per day from first_day to last_day (every step) and authority that exists on it and has been inspected: the inspection that counts, the newest whose visit was on or before the day and whose report was out by published_by. published_by: one cut-off for all days; without it the day itself, or the last day of the month cut_off_months after it. A visit whose date is unknown counts once its report is out. frameworks: those of grade profiles (SIF, its re-inspections, ILACS) unless named. abolished: leave (an authority leaves on the day its successors vest, as in Ofsted''s profiles) or stay. successors: begin_anew (no grade until inspected, as in Ofsted''s profiles) or inherit (until then the newest inspection of the predecessors that went over whole; inspected_la_code says whose).';
