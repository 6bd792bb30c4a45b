-- Each report beside its authority and the dates it must keep.
SELECT
    reports.*,
    reports.kind IN ('unreadable', 'other') OR authorities.la_code IS NOT NULL AS authority_is_known,
    reports.kind <> 'inspection_report' OR reports.framework IN (SELECT framework FROM frameworks) AS framework_is_known,
    coalesce(reports.inspection_start <= reports.inspection_end, true)
    AND coalesce(reports.inspection_end < reports.published, true) AS dates_are_in_order,
    reports.kind NOT IN ('unreadable', 'other') OR reports.reason IS NOT NULL AS reason_is_given,
    (reports.published IS NULL) = (reports.published_from IS NULL) AS published_from_is_said,
    reports.rowid AS row_in_table
FROM reports
LEFT JOIN authorities USING (la_code)
ORDER BY row_in_table
