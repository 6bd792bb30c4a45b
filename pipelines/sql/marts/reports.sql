WITH inspected AS (
    SELECT file_id, min(inspection_id) AS inspection_id
    FROM inspection_sources
    WHERE source_kind = 'report'
    GROUP BY file_id
)

SELECT
    reports.file_id,
    reports.file,
    reports.sha256,
    reports.collection,
    reports.media,
    reports.copy_of,
    reports.kind,
    reports.framework,
    reports.ilacs_type,
    reports.ilacs_type_by_stay,
    reports.visit_type,
    coalesce(own.inspection_id, original.inspection_id) AS inspection_id,
    reports.la_code,
    authorities.la_name,
    reports.new_la_code,
    reports.inspection_start,
    reports.inspection_end,
    reports.inspection_dates_printed,
    reports.published,
    reports.published_from,
    reports.published_printed,
    reports.listed_date,
    reports.urn,
    reports.la_listed,
    reports.pages,
    reports.ocr_pages,
    reports.problems,
    reports.reason
FROM stg_reports AS reports
LEFT JOIN inspected AS own ON reports.file_id = own.file_id
LEFT JOIN inspected AS original ON reports.copy_of = original.file_id
LEFT JOIN authorities ON reports.la_code = authorities.la_code
ORDER BY reports.file_id
