-- One row per report that was read and that is of an inspection or a visit. Conversions of the same reports inside
-- council packs are no second witness and stay out.
-- A report whose only grade is the LSCB's is a review of that board, made apart from the council's inspection
-- (Surrey, June 2015): another framework, whose visit is not the council's.
WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/reports.csv', all_varchar = true, header = true)
    WHERE collection = 'reports' AND kind IN ('inspection_report', 'visit')
),

judged AS (
    SELECT file, sha256, list(DISTINCT area) AS areas
    FROM read_csv(getvariable('raw') || '/ofsted_reports/judgements.csv', all_varchar = true, header = true)
    GROUP BY file, sha256
)

SELECT
    'ofsted_reports/' || printed.file AS file_id,
    printed.file,
    'ofsted_reports' AS source_id,
    left(printed.published_used, 4) AS release,
    printed.kind,
    nullif(printed.la_code, '') AS la_code,
    printed.authority AS la_name_printed,
    CASE WHEN judged.areas = ['lscb'] THEN 'lscb_review' ELSE printed.framework END AS framework,
    nullif(printed.ilacs_type, '') AS ilacs_type,
    nullif(printed.visit_type, '') AS visit_type,
    try_cast(printed.inspection_start AS DATE) AS inspection_start,
    try_cast(printed.inspection_end AS DATE) AS inspection_end,
    -- ILACS reports print no publication date: the day Ofsted's site lists them is then the day they came out.
    try_cast(printed.published_used AS DATE) AS published,
    printed.published_used_from = 'printed' AS published_is_printed
FROM printed
LEFT JOIN judged USING (file, sha256)
ORDER BY file_id
