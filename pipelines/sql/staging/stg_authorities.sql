-- One row per authority since 2009: the register of codes and names, typed.
WITH printed AS (
    SELECT COLUMNS(*)
    FROM read_csv(getvariable('raw') || '/geography/la_code_history.csv', all_varchar = true, header = true)
),

codes AS (
    SELECT
        dfe_code,
        regexp_extract(part, '[EN][0-9]{8}') AS new_la_code,
        list_max(list_transform(regexp_extract_all(part, '20[0-9]{2}'), lambda y: y::INTEGER)) AS last_year
    FROM (SELECT dfe_code, unnest(string_split(ons_codes_seen, ' | ')) AS part FROM printed)
),

-- ONS gives a council a new code when its boundary or status changes; the newest one is the authority's today.
newest AS (
    SELECT dfe_code, arg_max(new_la_code, (last_year, new_la_code)) AS new_la_code
    FROM codes
    GROUP BY dfe_code
)

SELECT
    printed.dfe_code AS la_code,
    printed.canonical_name AS la_name,
    newest.new_la_code,
    printed.dfe_region AS region,
    printed.ofsted_region_2025 AS ofsted_region,
    try_cast(printed.valid_from AS DATE) AS valid_from,
    try_cast(printed.valid_to AS DATE) AS valid_to,
    printed.predecessors,
    printed.successors,
    printed.ons_codes_seen,
    printed.name_variants_seen
FROM printed
LEFT JOIN newest USING (dfe_code)
ORDER BY la_code
