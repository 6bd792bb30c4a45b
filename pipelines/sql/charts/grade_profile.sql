-- One row per 31 March and overall grade, with the authorities that hold it, and one row per date for those without
-- a grade yet ('not_inspected'). $first_year; $as_at: the last date; $cut_off_months: how many months after the
-- date a report may still come out.
WITH dates AS (
    SELECT
        year,
        make_date(year, 3, 31) AS as_at,
        last_day(make_date(year, 3, 31) + to_months($cut_off_months::INTEGER)) AS published_by
    FROM (SELECT unnest(generate_series($first_year::INTEGER, year($as_at::DATE)::INTEGER))::INTEGER AS year)
    WHERE make_date(year, 3, 31) <= $as_at::DATE
),

held AS (
    SELECT
        dates.year,
        profile.la_code,
        profile.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS source
    FROM dates,
        as_at(dates.as_at, published_by := dates.published_by) AS profile
    INNER JOIN inspections USING (inspection_id)
    WHERE profile.area = 'overall' AND profile.grade <> 'not_judged'
),

counted AS (
    SELECT year, grade, count(*) AS authorities, string_agg(DISTINCT source, '; ' ORDER BY source) AS sources
    FROM held
    GROUP BY year, grade
),

existing AS (
    SELECT
        dates.year,
        dates.as_at,
        dates.published_by,
        count(*) AS authorities_existing,
        (SELECT count(*) FROM held WHERE held.year = dates.year) AS authorities_judged
    FROM dates
    INNER JOIN authorities
        ON coalesce(authorities.valid_from <= dates.as_at, true)
        AND coalesce(authorities.valid_to >= dates.as_at, true)
    GROUP BY dates.year, dates.as_at, dates.published_by
),

grades AS (
    SELECT unnest(['outstanding', 'good', 'requires_improvement', 'inadequate']) AS grade, unnest([1, 2, 3, 4]) AS place
),

shown AS (
    SELECT
        existing.year,
        grades.grade,
        grades.place,
        coalesce(counted.authorities, 0) AS authorities,
        counted.sources
    FROM existing
    CROSS JOIN grades
    LEFT JOIN counted ON existing.year = counted.year AND grades.grade = counted.grade

    UNION ALL

    SELECT year, 'not_inspected', 5, authorities_existing - authorities_judged, NULL
    FROM existing
)

SELECT
    existing.year,
    existing.as_at,
    existing.published_by,
    shown.grade,
    shown.authorities,
    existing.authorities_judged,
    existing.authorities_existing,
    shown.sources
FROM shown
INNER JOIN existing USING (year)
ORDER BY existing.year, shown.place
