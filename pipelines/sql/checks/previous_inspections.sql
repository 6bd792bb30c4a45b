-- Each earlier inspection beside the report that names it.
SELECT
    named.*,
    coalesce(
        named.grade IN ('outstanding', 'good', 'requires_improvement', 'adequate', 'satisfactory', 'inadequate'), true
    ) AS grade_is_known,
    coalesce(named.inspected <= strftime(reports.inspection_start, '%Y-%m-%d'), true) AS is_earlier,
    named.rowid AS row_in_table
FROM previous_inspections AS named
INNER JOIN reports USING (file_id)
ORDER BY row_in_table
