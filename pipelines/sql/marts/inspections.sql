-- Each inspection by its chosen printing; a date or type the chosen one does not print is taken from the next that does.
WITH united AS (
    SELECT
        inspection_id,
        arg_min(ilacs_type, choice) FILTER (ilacs_type IS NOT NULL) AS ilacs_type,
        arg_min(inspection_start, choice) FILTER (inspection_start IS NOT NULL) AS inspection_start,
        arg_min(source_kind, choice) FILTER (inspection_start IS NOT NULL) AS start_source_kind,
        arg_min(inspection_end, choice) FILTER (inspection_end IS NOT NULL) AS inspection_end,
        arg_min(published, choice) FILTER (published IS NOT NULL) AS published,
        count(*) AS sources_count,
        bool_or(source_kind = 'report') AS has_report,
        bool_or(start_differs OR published_differs OR framework_differs OR ilacs_type_differs) AS sources_differ
    FROM inspection_sources
    GROUP BY inspection_id
)

SELECT
    chosen.inspection_id,
    chosen.la_code,
    authorities.la_name,
    chosen.framework,
    united.ilacs_type,
    united.inspection_start,
    united.inspection_end,
    united.published,
    chosen.source_kind,
    united.start_source_kind,
    CASE
        WHEN chosen.source_kind = 'report' THEN 'no list has it: the report is the only printing'
        ELSE
            'the newest edition of Ofsted''s lists that has it (' || chosen.release || ', list ' || chosen.list || ')'
    END AS chosen_because,
    chosen.source_id,
    chosen.release,
    chosen.file_id,
    chosen.sheet,
    chosen.row,
    united.sources_count,
    united.has_report,
    united.sources_differ
FROM inspection_sources AS chosen
INNER JOIN united USING (inspection_id)
LEFT JOIN authorities USING (la_code)
WHERE chosen.is_chosen
ORDER BY chosen.la_code, united.published, chosen.framework
