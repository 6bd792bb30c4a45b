-- Each statement of a pack beside the pack.
SELECT
    mentions.*,
    CASE
        WHEN mentions.what IN ('judgement', 'previous_judgement')
            THEN mentions.value IN (SELECT grade FROM grades)
        WHEN mentions.what = 'national_inspected' THEN regexp_full_match(mentions.value, '\d+')
        WHEN mentions.what LIKE 'national_share_%' THEN coalesce(try_cast(mentions.value AS DOUBLE) BETWEEN 0 AND 100, false)
        ELSE regexp_full_match(mentions.value, '\d{4}(-\d{2}){0,2}|--\d{2}-\d{2}')
    END AS value_is_of_its_kind,
    mentions.what <> 'judgement' OR mentions.area IS NOT NULL AS judgement_names_its_area,
    mentions.inspection_id IS NOT DISTINCT FROM reports.inspection_id AS inspection_is_the_packs,
    mentions.rowid AS row_in_table
FROM mentions
LEFT JOIN reports USING (file_id)
ORDER BY row_in_table
