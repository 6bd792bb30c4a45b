-- In-year lists name visits that give no grade; one that stands in two editions is one visit, by the newest.
WITH printed AS (
    SELECT
        la_code,
        la_name_printed,
        inspection_type AS visit_type,
        inspection_start AS visit_start,
        NULL::DATE AS visit_end,
        published,
        visit_theme,
        'statistics' AS source_kind,
        source_id,
        release,
        file_id,
        sheet,
        row,
        rank
    FROM stg_printed_inspections
    WHERE framework IS NULL AND list = 'in_year'

    UNION ALL BY NAME

    SELECT
        la_code,
        la_name_printed,
        visit_type,
        inspection_start AS visit_start,
        inspection_end AS visit_end,
        published,
        'report' AS source_kind,
        source_id,
        release,
        file_id,
        0 AS rank
    FROM stg_report_inspections
    WHERE kind = 'visit'
)

SELECT
    * EXCLUDE (rank),
    count(*) OVER (PARTITION BY la_code, visit_start) AS sources_count
FROM printed
QUALIFY row_number() OVER (PARTITION BY la_code, visit_start ORDER BY rank DESC, file_id, row) = 1
ORDER BY la_code, visit_start
