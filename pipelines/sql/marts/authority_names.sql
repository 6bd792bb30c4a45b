-- The name as used here, then every variant a publication prints.
WITH names AS (
    SELECT la_code, la_name AS name, true AS is_canonical FROM stg_authorities

    UNION

    SELECT la_code, trim(unnest(string_split(name_variants_seen, ' | '))) AS name, false
    FROM stg_authorities
    WHERE name_variants_seen <> ''
)

SELECT la_code, name, bool_or(is_canonical) AS is_canonical, name_key(name) AS name_key
FROM names
GROUP BY la_code, name
ORDER BY ALL
