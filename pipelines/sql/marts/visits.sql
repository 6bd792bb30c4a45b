-- In-year lists name visits that give no grade.
SELECT
    la_code,
    la_name_printed,
    inspection_type AS visit_type,
    inspection_start AS visit_start,
    published,
    visit_theme,
    source_id,
    release,
    file_id,
    sheet,
    row
FROM stg_printed_inspections
WHERE framework IS NULL AND list = 'in_year'
ORDER BY la_code, visit_start
