-- One row per authority and inspection with an overall grade under the frameworks since 2013, in order, with the day
-- on which the next one was published (or the authority ended, or $as_at); an authority without any is one row.
WITH graded AS (
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
    INNER JOIN judgements USING (inspection_id)
    WHERE
        inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
        AND judgements.area = 'overall'
        AND inspections.published <= $as_at::DATE
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
    least(
        coalesce(graded.next_published, $as_at::DATE),
        coalesce(authorities.valid_to, $as_at::DATE)
    ) AS held_until,
    graded.grade,
    $as_at::DATE AS as_at,
    authorities.la_code = coalesce($council, '') AS is_highlighted,
    graded.sources
FROM authorities
LEFT JOIN graded USING (la_code)
WHERE
    coalesce(authorities.valid_from <= $as_at::DATE, true)
    AND (authorities.valid_to IS NULL OR graded.inspection_id IS NOT NULL)
ORDER BY region, authorities.la_name, authorities.la_code, graded.published
