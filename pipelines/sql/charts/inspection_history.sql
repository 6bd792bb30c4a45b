-- One row per authority and inspection with an overall grade under the frameworks since 2013 (visit by $as_at, report
-- out $cut_off_months months later), in order, with the day until which it was the newest; an authority that exists
-- and has none is one row.
WITH bounds AS (
    SELECT
        $as_at::DATE AS as_at,
        last_day($as_at::DATE + to_months($cut_off_months::INTEGER)) AS published_by
),

graded AS (
    SELECT
        inspections.la_code,
        inspections.inspection_id,
        inspections.framework,
        inspections.ilacs_type,
        inspections.inspection_start,
        inspections.published,
        judgements.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS sources,
        lead(inspections.published) OVER (PARTITION BY inspections.la_code ORDER BY inspections.published)
            AS next_published
    FROM inspections
    CROSS JOIN bounds
    INNER JOIN judgements USING (inspection_id)
    WHERE
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND judgements.area = 'overall'
        AND coalesce(inspections.inspection_start, inspections.published) <= bounds.as_at
        AND inspections.published <= bounds.published_by
)

SELECT
    authorities.la_code,
    authorities.la_name,
    CASE WHEN authorities.region LIKE '%London' THEN 'London' ELSE authorities.region END AS region,
    authorities.valid_from,
    authorities.valid_to,
    graded.framework,
    graded.ilacs_type,
    graded.inspection_start,
    graded.published,
    least(coalesce(graded.next_published, bounds.published_by), coalesce(authorities.valid_to, bounds.published_by))
        AS held_until,
    graded.grade,
    bounds.as_at,
    bounds.published_by,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    graded.sources
FROM authorities
CROSS JOIN bounds
LEFT JOIN graded USING (la_code)
WHERE
    coalesce(authorities.valid_from <= bounds.as_at, true)
    AND (authorities.valid_to IS NULL OR graded.inspection_id IS NOT NULL)
ORDER BY region, authorities.la_name, authorities.la_code, graded.published
