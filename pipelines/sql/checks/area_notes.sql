-- Each note beside its report.
SELECT
    notes.*,
    reports.file_id IS NOT NULL AS report_is_held,
    coalesce(notes.page BETWEEN 1 AND reports.pages, reports.file_id IS NULL) AS page_is_in_the_file,
    notes.rowid AS row_in_table
FROM area_notes AS notes
LEFT JOIN reports USING (file_id)
ORDER BY row_in_table
