SELECT
    inspection_id,
    la_code,
    area,
    grade,
    grade_printed,
    source_id,
    release,
    file_id,
    sheet,
    row
FROM judgement_sources
WHERE is_chosen
ORDER BY inspection_id, area
