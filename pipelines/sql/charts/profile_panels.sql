-- One row per panel ($by: 'area' or 'region'), 31 March and grade, with the authorities that hold it, and one row for
-- those without ('without'). $areas: the areas judged; $first_year; $as_at: the last date; $cut_off_months: how many
-- months after the date a report may still come out. Inner and Outer London are one region.
WITH dates AS (
    SELECT
        year,
        make_date(year, 3, 31) AS as_at,
        last_day(make_date(year, 3, 31) + to_months($cut_off_months::INTEGER)) AS published_by
    FROM (SELECT unnest(generate_series($first_year::INTEGER, year($as_at::DATE)::INTEGER))::INTEGER AS year)
    WHERE make_date(year, 3, 31) <= $as_at::DATE
),

areas_asked AS (
    SELECT area, place
    FROM (SELECT unnest($areas::VARCHAR[]) AS area, generate_subscripts($areas::VARCHAR[], 1) AS place)
),

existing AS (
    SELECT
        dates.year,
        dates.as_at,
        dates.published_by,
        authorities.la_code,
        areas_asked.area,
        CASE WHEN $by = 'area' THEN areas_asked.place ELSE 1 END AS panel_place,
        CASE
            WHEN $by = 'area' THEN areas_asked.area
            WHEN authorities.region LIKE '%London' THEN 'London'
            ELSE authorities.region
        END AS panel
    FROM dates
    CROSS JOIN areas_asked
    INNER JOIN authorities
        ON coalesce(authorities.valid_from <= dates.as_at, true)
        AND coalesce(authorities.valid_to >= dates.as_at, true)
),

held AS (
    SELECT
        dates.year,
        profile.la_code,
        profile.area,
        profile.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS source
    FROM dates,
        as_at(dates.as_at, published_by := dates.published_by) AS profile
    INNER JOIN inspections USING (inspection_id)
    WHERE list_contains($areas::VARCHAR[], profile.area) AND profile.grade <> 'not_judged'
),

standing AS (
    SELECT existing.*, coalesce(held.grade, 'without') AS grade, held.source
    FROM existing
    LEFT JOIN held
        ON existing.year = held.year AND existing.la_code = held.la_code AND existing.area = held.area
),

totals AS (
    SELECT
        panel,
        panel_place,
        year,
        as_at,
        published_by,
        count(*) AS authorities_existing,
        count(*) FILTER (grade <> 'without') AS authorities_judged
    FROM standing
    GROUP BY ALL
),

counted AS (
    SELECT panel, year, grade, count(*) AS authorities, string_agg(DISTINCT source, '; ' ORDER BY source) AS sources
    FROM standing
    GROUP BY ALL
),

grades_shown AS (
    SELECT
        unnest(['outstanding', 'good', 'requires_improvement', 'inadequate', 'without']) AS grade,
        unnest([1, 2, 3, 4, 5]) AS place
)

SELECT
    $by AS panels_are,
    totals.panel,
    totals.year,
    totals.as_at,
    totals.published_by,
    grades_shown.grade,
    coalesce(counted.authorities, 0) AS authorities,
    totals.authorities_judged,
    totals.authorities_existing,
    counted.sources
FROM totals
CROSS JOIN grades_shown
LEFT JOIN counted
    ON totals.panel = counted.panel AND totals.year = counted.year AND grades_shown.grade = counted.grade
ORDER BY totals.panel_place, totals.panel, totals.year, grades_shown.place
