-- One row per inspection or visit and list it is printed in, with the authority and the framework it means.
WITH printed AS (
    SELECT
        *,
        regexp_replace(
            substr(replace(filename, '\', '/'), length(getvariable('raw')) + 2), '\.csv$', ''
        ) AS file_id
    FROM read_csv(
        getvariable('inspections_files'), all_varchar = true, header = true, union_by_name = true, filename = true
    )
),

-- Ofsted's lists of 2023 and 2024 print names alone: a name of a first table is a council of that day, of a second
-- table an abolished one ("Dorset" is both).
by_name AS (
    SELECT DISTINCT
        files.file_id,
        names.name_key,
        names.la_code,
        CASE WHEN authorities.valid_to < files.as_at THEN 'abolished' ELSE 'current' END AS list
    FROM authority_names AS names
    INNER JOIN authorities USING (la_code)
    CROSS JOIN source_files AS files
    WHERE
        files.as_at IS NOT NULL
        AND coalesce(authorities.valid_from <= files.as_at, true)
),

keyed AS (
    SELECT
        printed.*,
        coalesce(codes.la_code, names.la_code) AS la_code,
        -- A table that the register does not name would otherwise be left out in silence.
        coalesce(files.source_id, error(printed.file_id || ' is not named in data/raw/source_files.csv')) AS source_id,
        files.release,
        files.rank
    FROM printed
    LEFT JOIN source_files AS files USING (file_id)
    LEFT JOIN authority_codes AS codes USING (new_la_code)
    LEFT JOIN by_name AS names
        ON printed.new_la_code IS NULL
        AND printed.file_id = names.file_id
        AND name_key(printed.la_name) = names.name_key
        AND CASE WHEN printed.list = 'abolished' THEN 'abolished' ELSE 'current' END = names.list
)

SELECT
    keyed.file_id,
    keyed.source_id,
    keyed.release,
    keyed.rank,
    keyed.list,
    keyed.sheet,
    keyed.row::BIGINT AS row,
    keyed.slot,
    keyed.la_code,
    keyed.new_la_code AS new_la_code_printed,
    keyed.la_name AS la_name_printed,
    keyed.la_status,
    keyed.ofsted_region,
    keyed.inspection_type,
    -- The list of 2024 names two councils that no one had inspected yet: a row without an inspection.
    CASE
        WHEN keyed.inspection_date = 'Not yet inspected' THEN NULL
        WHEN keyed.inspection_type LIKE 'ILACS % Inspection' THEN 'ilacs'
        ELSE by_slot.framework
    END AS framework,
    lower(regexp_extract(keyed.inspection_type, 'ILACS (Standard|Short) Inspection', 1)) AS ilacs_type,
    try_cast(keyed.inspection_date AS DATE) AS inspection_start,
    try_cast(keyed.publication_date AS DATE) AS published,
    keyed.inspection_date AS inspection_date_printed,
    keyed.publication_date AS publication_date_printed,
    keyed.visit_theme,
    {
        overall: keyed.overall,
        safeguarding: keyed.safeguarding,
        looked_after: keyed.looked_after,
        help_and_protection: keyed.help_and_protection,
        looked_after_and_permanence: keyed.looked_after_and_permanence,
        adoption: keyed.adoption,
        care: keyed.care,
        care_leavers: keyed.care_leavers,
        leadership: keyed.leadership,
        lscb: keyed.lscb
    } AS grades_printed
FROM keyed
LEFT JOIN frameworks AS by_slot USING (slot)
ORDER BY file_id, row, slot
