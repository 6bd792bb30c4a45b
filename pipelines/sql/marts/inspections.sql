-- The chosen printing of each inspection; a date it does not print is taken from the next that does.
WITH witnesses AS (
    SELECT
        inspection_id,
        count(*) AS sources_count,
        bool_or(start_differs OR published_differs) AS sources_differ
    FROM inspection_sources
    GROUP BY inspection_id
)

SELECT
    chosen.inspection_id,
    chosen.la_code,
    authorities.la_name,
    chosen.framework,
    chosen.ilacs_type,
    chosen.inspection_start,
    CAST(NULL AS DATE) AS inspection_end,
    chosen.published,
    'statistics' AS source_kind,
    chosen.source_id,
    chosen.release,
    chosen.file_id,
    chosen.sheet,
    chosen.row,
    witnesses.sources_count,
    witnesses.sources_differ
FROM inspection_sources AS chosen
INNER JOIN witnesses USING (inspection_id)
LEFT JOIN authorities USING (la_code)
WHERE chosen.choice = 1
ORDER BY chosen.la_code, chosen.published, chosen.framework
