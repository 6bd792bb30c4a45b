-- One row per authority that exists on $as_at and has an ILACS inspection visited by then with its report out
-- $cut_off_months months later: its first and its latest overall grade under ILACS. With one inspection they are one.
WITH bounds AS (
    SELECT
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
)

SELECT
    pairs.la_code,
    pairs.la_name,
    pairs.first_grade::VARCHAR AS grade_from,
    pairs.latest_grade::VARCHAR AS grade_to,
    pairs.inspections_count,
    pairs.first_published AS published_from,
    pairs.latest_published AS published_to,
    'first ILACS inspection' AS words_from,
    'latest ILACS inspection' AS words_to,
    'ilacs' AS frameworks,
    bounds.as_at,
    bounds.published_by,
    concat_ws(
        '; ',
        first_inspection.source_id || ' ' || first_inspection.release,
        latest_inspection.source_id || ' ' || latest_inspection.release
    ) AS sources
FROM bounds,
    first_to_latest(bounds.as_at, published_by := bounds.published_by) AS pairs
INNER JOIN inspections AS first_inspection ON pairs.first_inspection_id = first_inspection.inspection_id
INNER JOIN inspections AS latest_inspection ON pairs.latest_inspection_id = latest_inspection.inspection_id
ORDER BY pairs.la_code
