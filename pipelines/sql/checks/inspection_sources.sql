-- Each printing beside the other printings of its inspection.
SELECT
    sources.* EXCLUDE (grades_printed),
    sources.inspection_start IS NOT NULL OR sources.published IS NOT NULL AS has_a_date,
    -- One row of a sheet may print one inspection under two headings; two rows never print the same.
    count(DISTINCT sources.row) OVER (PARTITION BY sources.inspection_id, sources.file_id, sources.list) <= 1
    AS is_its_lists_only_row,
    sources.rowid AS row_in_table
FROM inspection_sources AS sources
ORDER BY row_in_table
