-- Each figure of the findings beside its report.
SELECT
    findings.*,
    coalesce(findings.page BETWEEN 1 AND reports.pages, reports.media = 'text') AS page_is_in_the_file,
    findings.rowid AS row_in_table
FROM findings
INNER JOIN reports USING (file_id)
ORDER BY row_in_table
