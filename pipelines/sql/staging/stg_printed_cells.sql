-- One row per printed cell of every statistics publication: the publisher's words, with our keys beside them.
-- Measures that only DfE's interactive tool has are in stg_lait_cells.
WITH printed AS (
    -- The extractor gives every table these columns; saying them saves guessing forty files' types.
    SELECT *
    FROM read_csv(
        getvariable('statistics_files'), auto_detect = false, header = true, filename = true,
        delim = ',', quote = '"', escape = '"', columns = {
            'row': 'BIGINT', 'sheet': 'VARCHAR', 'geographic_level': 'VARCHAR', 'area_code': 'VARCHAR', 'new_la_code': 'VARCHAR',
            'area_name': 'VARCHAR', 'time_period': 'VARCHAR', 'measure': 'VARCHAR', 'column': 'VARCHAR',
            'breakdown': 'VARCHAR', 'published_text': 'VARCHAR'
        }
    )

    UNION ALL BY NAME

    SELECT *
    FROM read_parquet(getvariable('statistics_parquet'), union_by_name = true, filename = true)
    WHERE measure NOT LIKE 'lait\_%' ESCAPE '\'
),

files AS (
    SELECT *, getvariable('raw') || '/' || file_id || unnest(['.csv', '.parquet']) AS filename
    FROM source_files
),

placed AS (
    SELECT files.source_id, files.release, files.rank, files.aggregate_rank, files.published, files.unit_factor,
        files.period_offset, files.file_id, printed.* EXCLUDE (filename)
    FROM printed
    INNER JOIN files USING (filename)
),

-- A declared correction changes the reading of a cell, never its text (`corrections`).
corrected AS (
    SELECT
        placed.* REPLACE (coalesce(level_correction.becomes, placed.geographic_level) AS geographic_level),
        status_correction.becomes AS corrected_status,
        coalesce(level_correction.correction_id, status_correction.correction_id) AS correction_id
    FROM placed
    LEFT JOIN corrections AS level_correction
        ON level_correction.field = 'geographic_level'
        AND placed.file_id = level_correction.file_id
        AND placed.row = level_correction.row
    LEFT JOIN corrections AS status_correction
        ON status_correction.field = 'value_status'
        AND placed.file_id = status_correction.file_id
        AND placed.row = status_correction.row
        AND coalesce(placed.measure = status_correction.measure, true)
),

levels AS (
    SELECT
        *,
        CASE
            WHEN upper(geographic_level) = 'NATIONAL' THEN 'National'
            WHEN upper(geographic_level) IN ('REGION', 'REGIONAL', 'GOR') THEN 'Regional'
            WHEN upper(geographic_level) IN ('LA', 'LOCAL AUTHORITY') THEN 'Local authority'
        END AS level
    FROM corrected
),

codes AS (
    SELECT DISTINCT new_la_code, la_code
    FROM authority_codes
),

-- A few hundred labels stand in hundreds of thousands of rows: each is read once.
periods AS (
    SELECT time_period, period_year(time_period) AS year
    FROM (SELECT DISTINCT time_period FROM printed)
),

named_regions AS (
    SELECT names.area_name, regions.region_code
    FROM (SELECT DISTINCT area_name FROM levels WHERE level = 'Regional') AS names
    INNER JOIN regions ON name_key(names.area_name) = regions.name_key
)

SELECT
    levels.source_id,
    levels.release,
    levels.published,
    CASE WHEN levels.level = 'Local authority' THEN levels.rank ELSE levels.aggregate_rank END AS rank,
    levels.rank AS file_rank,
    levels.file_id,
    levels.row,
    levels.sheet,
    levels."column",
    levels.breakdown,
    levels.level AS geographic_level,
    CASE levels.level
        WHEN 'National' THEN 'ENG'
        WHEN 'Regional' THEN named_regions.region_code
        ELSE coalesce(joint_areas.joint_la_code, levels.area_code, codes.la_code)
    END AS la_code,
    levels.new_la_code,
    levels.area_name,
    periods.year + levels.period_offset AS time_period,
    levels.measure,
    coalesce(levels.published_text, '') AS published_text,
    levels.corrected_status,
    levels.correction_id,
    CASE
        WHEN levels.corrected_status IS NULL
            THEN try_cast(replace(levels.published_text, ',', '') AS DOUBLE) * levels.unit_factor
    END AS value
FROM levels
-- A period that names no year holds nothing that could be filed (`corrections` says how many there are).
INNER JOIN periods ON levels.time_period = periods.time_period AND periods.year IS NOT NULL
LEFT JOIN named_regions ON levels.level = 'Regional' AND levels.area_name = named_regions.area_name
LEFT JOIN codes ON levels.area_code IS NULL AND levels.new_la_code = codes.new_la_code
-- Where a release prints two authorities' joint figure under the code of one of them, the row is the joint row.
LEFT JOIN joint_areas
    ON joint_areas.reading = 'joint'
    AND levels.source_id = joint_areas.source_id
    AND levels.rank BETWEEN joint_areas.from_rank AND joint_areas.to_rank
    AND levels.area_code = joint_areas.printed_code
    AND periods.year BETWEEN joint_areas.from_period AND joint_areas.to_period
