-- One row per cell of DfE's interactive tool under a name of its own (`lait_…`): no publication here prints it, so it is
-- current as it stands, but for the copies of a joint figure. In the tool's own order, which keeps a measure together.
WITH printed AS (
    SELECT *
    FROM read_parquet(list_filter(getvariable('statistics_parquet'), lambda file: contains(file, '/lait/')))
    WHERE measure LIKE 'lait\_%' ESCAPE '\'
),

-- A few hundred labels stand in hundreds of thousands of rows: each is read once.
periods AS (
    SELECT time_period, period_year(time_period)::INTEGER AS year
    FROM (SELECT DISTINCT time_period FROM printed)
    WHERE period_year(time_period) IS NOT NULL
),

areas AS (
    SELECT
        printed_areas.geographic_level,
        printed_areas.area_code,
        CASE printed_areas.geographic_level
            WHEN 'National' THEN 'ENG'
            WHEN 'Regional' THEN regions.region_code
            ELSE printed_areas.area_code
        END AS la_code,
        coalesce(authorities.la_name, regions.region_name, printed_areas.area_name) AS la_name
    FROM (SELECT DISTINCT geographic_level, area_code, area_name FROM printed) AS printed_areas
    LEFT JOIN regions
        ON printed_areas.geographic_level = 'Regional' AND name_key(printed_areas.area_name) = regions.name_key
    LEFT JOIN authorities
        ON printed_areas.geographic_level = 'Local authority' AND printed_areas.area_code = authorities.la_code
),

copies AS (
    SELECT printed_code, from_period, to_period
    FROM joint_areas
    WHERE source_id = 'lait' AND reading = 'copy'
)

SELECT
    files.source_id,
    files.release,
    files.published,
    files.rank,
    files.file_id,
    printed.row,
    printed."column",
    printed.breakdown,
    printed.geographic_level,
    areas.la_code,
    areas.la_name,
    printed.area_name,
    periods.year AS time_period,
    printed.measure,
    measures.unit,
    printed.published_text,
    try_cast(printed.published_text AS DOUBLE) AS value,
    CASE WHEN try_cast(printed.published_text AS DOUBLE) IS NOT NULL THEN 'number' ELSE symbols.value_status END
        AS value_status,
    copies.printed_code IS NOT NULL AS is_joint
FROM printed
CROSS JOIN (SELECT * FROM source_files WHERE source_id = 'lait') AS files
INNER JOIN periods USING (time_period)
INNER JOIN areas USING (geographic_level, area_code)
LEFT JOIN symbols ON symbols.source_id = 'lait' AND printed.published_text = symbols.symbol
INNER JOIN measures USING (measure)
LEFT JOIN copies
    ON areas.la_code = copies.printed_code
    AND periods.year BETWEEN copies.from_period AND copies.to_period
    AND measures.as_at LIKE '%30 September%'
ORDER BY printed.row
