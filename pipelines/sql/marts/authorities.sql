SELECT
    la_code,
    la_name,
    new_la_code,
    region,
    ofsted_region,
    valid_from,
    valid_to,
    la_code IN ('201', '420') AS is_very_small
FROM stg_authorities
ORDER BY la_code
