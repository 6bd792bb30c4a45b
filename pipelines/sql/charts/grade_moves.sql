-- One row per authority that exists on $as_at and held an overall grade both on $from_date and on $as_at (reports out
-- $cut_off_months months after each), under whichever framework.
WITH bounds AS (
    SELECT
        $from_date::DATE AS from_date,
        last_day($from_date::DATE + to_months($cut_off_months::INTEGER)) AS from_published_by,
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
),

before AS (
    SELECT profile.*
    FROM bounds,
        as_at(bounds.from_date, published_by := bounds.from_published_by) AS profile
    WHERE profile.area = 'overall' AND profile.grade <> 'not_judged'
),

later AS (
    SELECT profile.*
    FROM bounds,
        as_at(bounds.as_at, published_by := bounds.published_by) AS profile
    WHERE profile.area = 'overall' AND profile.grade <> 'not_judged'
)

SELECT
    later.la_code,
    later.la_name,
    before.grade::VARCHAR AS grade_from,
    later.grade::VARCHAR AS grade_to,
    CASE WHEN before.inspection_id = later.inspection_id THEN 1 ELSE 2 END AS inspections_count,
    before.published AS published_from,
    later.published AS published_to,
    strftime(bounds.from_date, '%-d %B %Y') AS words_from,
    strftime(bounds.as_at, '%-d %B %Y') AS words_to,
    'profile' AS frameworks,
    bounds.as_at,
    bounds.published_by,
    concat_ws(
        '; ',
        inspection_before.source_id || ' ' || inspection_before.release,
        inspection_later.source_id || ' ' || inspection_later.release
    ) AS sources
FROM bounds
CROSS JOIN later
INNER JOIN before ON later.la_code = before.la_code
INNER JOIN inspections AS inspection_before ON before.inspection_id = inspection_before.inspection_id
INNER JOIN inspections AS inspection_later ON later.inspection_id = inspection_later.inspection_id
ORDER BY later.la_code
