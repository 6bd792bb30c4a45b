-- One row per file of the corpus, typed. Which inspection a report is of is decided in `inspection_sources`; a text
-- conversion in a council pack is of the inspection that its PDF is of.
WITH printed AS (
    SELECT *
    FROM read_csv(getvariable('raw') || '/ofsted_reports/reports.csv', all_varchar = true, header = true)
),

placed AS (
    SELECT
        'ofsted_reports/' || file AS file_id,
        printed.* REPLACE (
            try_cast(inspection_start AS DATE) AS inspection_start,
            try_cast(inspection_end AS DATE) AS inspection_end
        )
    FROM printed
),

-- The PDF of the report that a pack or a text conversion holds: same council, framework and first day.
originals AS (
    SELECT packs.file_id, min(pdfs.file_id) AS copy_of
    FROM placed AS packs
    INNER JOIN placed AS pdfs
        ON packs.la_code = pdfs.la_code
        AND packs.framework = pdfs.framework
        AND packs.inspection_start = pdfs.inspection_start
        AND pdfs.media = 'pdf'
    WHERE packs.media = 'text'
    GROUP BY packs.file_id
)

SELECT
    placed.file_id,
    placed.file,
    placed.sha256,
    placed.collection,
    placed.media,
    originals.copy_of,
    placed.kind,
    placed.framework,
    placed.ilacs_type,
    placed.ilacs_type_by_stay,
    placed.visit_type,
    placed.la_code,
    placed.authority,
    placed.new_la_code,
    placed.inspection_start,
    placed.inspection_end,
    placed.inspection_dates_printed,
    placed.published_printed,
    try_cast(placed.published_used AS DATE) AS published,
    placed.published_used_from AS published_from,
    try_cast(placed.listed_date AS DATE) AS listed_date,
    placed.urn,
    placed.la_listed,
    placed.pages::INTEGER AS pages,
    placed.ocr_pages::INTEGER AS ocr_pages,
    placed.reason,
    placed.problems::INTEGER AS problems
FROM placed
LEFT JOIN originals USING (file_id)
ORDER BY placed.file_id
