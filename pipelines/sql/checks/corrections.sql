-- Each corrected cell beside its file.
SELECT
    corrections.*,
    source_files.file_id IS NOT NULL AS file_is_known,
    corrections.rowid AS row_in_table
FROM corrections
LEFT JOIN source_files USING (file_id)
ORDER BY row_in_table
