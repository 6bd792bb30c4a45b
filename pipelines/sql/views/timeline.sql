CREATE OR REPLACE VIEW timeline AS
SELECT
    la_code,
    framework AS event,
    ilacs_type,
    inspection_start AS first_day,
    inspection_end AS last_day,
    published,
    coalesce(inspection_start, published) AS about,
    inspection_id,
    NULL AS visit_theme,
    source_kind,
    file_id
FROM inspections

UNION ALL

SELECT
    la_code,
    visit_type,
    NULL,
    visit_start,
    visit_end,
    published,
    visit_start,
    NULL,
    visit_theme,
    source_kind,
    file_id
FROM visits

UNION ALL

SELECT la_code, 'vested', NULL, valid_from, NULL, NULL, valid_from, NULL, NULL, NULL, NULL
FROM authorities
WHERE valid_from IS NOT NULL

UNION ALL

SELECT la_code, 'abolished', NULL, NULL, valid_to, NULL, valid_to, NULL, NULL, NULL, NULL
FROM authorities
WHERE valid_to IS NOT NULL;
