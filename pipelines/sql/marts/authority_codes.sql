SELECT DISTINCT
    la_code,
    regexp_extract(part, '[EN][0-9]{8}') AS new_la_code,
    regexp_extract(part, '\[(.*)\]', 1) AS seen_in
FROM (SELECT la_code, unnest(string_split(ons_codes_seen, ' | ')) AS part FROM stg_authorities)
WHERE part <> ''
ORDER BY ALL
