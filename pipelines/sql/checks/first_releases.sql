-- Each first release beside its publication.
SELECT
    releases.*,
    year(releases.not_before) = releases.time_period AND month(releases.not_before) > 3 AS is_after_its_31_march,
    sources.source_id IS NOT NULL AS source_is_known,
    releases.rowid AS row_in_table
FROM first_releases AS releases
LEFT JOIN sources USING (source_id)
ORDER BY row_in_table
