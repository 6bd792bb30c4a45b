-- Each problem beside its report.
SELECT
    problems.*,
    reports.file_id IS NOT NULL AS report_is_held,
    problems.page IS NULL OR coalesce(problems.page BETWEEN 1 AND reports.pages, false) AS page_is_in_the_file,
    problems.rowid AS row_in_table
FROM report_problems AS problems
LEFT JOIN reports USING (file_id)
ORDER BY row_in_table
