-- One row per printed cell of every statistics publication: the publisher's words, with our keys beside them.
WITH printed AS (
    SELECT
        *,
        regexp_extract(replace(filename, '\', '/'), 'raw/(.*)\.csv$', 1) AS file_id
    FROM read_csv(
        getvariable('statistics_files'), all_varchar = true, header = true, union_by_name = true, filename = true
    )
),

levels AS (
    SELECT
        *,
        CASE
            WHEN upper(geographic_level) = 'NATIONAL' THEN 'National'
            WHEN upper(geographic_level) IN ('REGION', 'REGIONAL', 'GOR') THEN 'Regional'
            WHEN upper(geographic_level) IN ('LA', 'LOCAL AUTHORITY') THEN 'Local authority'
        END AS level
    FROM printed
)

SELECT
    files.source_id,
    files.release,
    files.rank,
    files.path,
    levels.file_id,
    levels.row::BIGINT AS row,
    levels."column",
    levels.breakdown,
    levels.level AS geographic_level,
    CASE
        WHEN levels.level = 'National' THEN 'ENG'
        WHEN levels.level = 'Local authority' AND levels.area_code IS NULL THEN codes.la_code
        ELSE levels.area_code
    END AS la_code,
    levels.new_la_code,
    levels.area_name,
    try_cast(levels.time_period AS INTEGER) + files.period_offset AS time_period,
    levels.time_period AS time_period_printed,
    levels.measure,
    coalesce(levels.published_text, '') AS published_text,
    try_cast(replace(levels.published_text, ',', '') AS DOUBLE) AS value
FROM levels
INNER JOIN source_files AS files USING (file_id)
LEFT JOIN authority_codes AS codes ON levels.area_code IS NULL AND levels.new_la_code = codes.new_la_code
