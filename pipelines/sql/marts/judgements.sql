SELECT
    inspection_id,
    la_code,
    area,
    grade,
    grade_printed,
    bool_or(differs) OVER (PARTITION BY inspection_id, area) AS sources_differ,
    source_kind,
    source_id,
    release,
    file_id,
    sheet,
    row,
    page
FROM judgement_sources
QUALIFY is_chosen
ORDER BY inspection_id, area
