-- One row per authority that exists on $as_at: the grade of $area it held then, by reports out by the
-- cut-off, or none.
WITH bounds AS (
    SELECT
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
),

held AS (
    SELECT profile.*, inspections.source_id || ' ' || inspections.release AS sources
    FROM bounds,
        as_at(bounds.as_at, published_by := bounds.published_by) AS profile
    INNER JOIN inspections USING (inspection_id)
    WHERE profile.area = $area
)

SELECT
    authorities.la_code,
    authorities.la_name,
    authorities.region,
    held.grade::VARCHAR AS grade,
    held.framework,
    held.inspection_start,
    held.published,
    $area AS area,
    bounds.as_at,
    bounds.published_by,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    held.sources
FROM authorities
CROSS JOIN bounds
LEFT JOIN held USING (la_code)
WHERE
    coalesce(authorities.valid_from <= bounds.as_at, true)
    AND coalesce(authorities.valid_to >= bounds.as_at, true)
ORDER BY authorities.la_code
