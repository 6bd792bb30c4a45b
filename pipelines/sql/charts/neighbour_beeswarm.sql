-- One row per measure of $measures and authority that exists on $as_at: its figure of that year, and whether it is
-- $council or one of its statistical neighbours (newest edition). A missing figure keeps its reason.
WITH neighbours AS (
    SELECT neighbour_la_code AS la_code, edition, source_id || ' ' || edition AS source
    FROM statistical_neighbours
    WHERE
        la_code = $council
        AND edition = (
            SELECT max(newest.edition) FROM statistical_neighbours AS newest WHERE newest.la_code = $council
        )
),

asked AS (
    SELECT unnest($measures::VARCHAR[]) AS measure, generate_subscripts($measures::VARCHAR[], 1) AS place
),

figures AS (
    SELECT *
    FROM area_statistics
    WHERE
        list_contains($measures::VARCHAR[], measure)
        AND time_period = year($as_at::DATE)
        AND source_kind = 'statistics'
        AND is_current
)

SELECT
    measures.measure,
    measures.title AS measure_title,
    measures.unit,
    measures.decimals,
    measures.polarity,
    measures.as_at AS measured_at,
    year($as_at::DATE)::INTEGER AS time_period,
    authorities.la_code,
    authorities.la_name,
    figures.value,
    CASE WHEN figures.la_code IS NULL THEN 'not_printed' ELSE figures.value_status END AS value_status,
    england.value AS england_value,
    authorities.la_code = $council AS is_council,
    neighbours.la_code IS NOT NULL AS is_neighbour,
    authorities.la_code IN ('201', '420') AS is_very_small,
    (SELECT named.la_name FROM authorities AS named WHERE named.la_code = $council) AS council_name,
    (SELECT max(edition) FROM neighbours) AS neighbours_edition,
    (SELECT count(*) FROM neighbours) AS neighbours_named,
    concat_ws('; ', figures.source_id || ' ' || figures.release, neighbours.source) AS sources
FROM asked
INNER JOIN measures ON asked.measure = measures.measure
CROSS JOIN authorities
LEFT JOIN figures ON authorities.la_code = figures.la_code AND measures.measure = figures.measure
LEFT JOIN figures AS england ON england.geographic_level = 'National' AND measures.measure = england.measure
LEFT JOIN neighbours ON authorities.la_code = neighbours.la_code
WHERE
    coalesce(authorities.valid_from <= $as_at::DATE, true)
    AND coalesce(authorities.valid_to >= $as_at::DATE, true)
ORDER BY asked.place, figures.value, authorities.la_code
