-- A printed rate stands beside the count and the population that its own release prints.
WITH printed AS (
    SELECT
        prints.* EXCLUDE (file_rank, corrected_status),
        prints.source_id = 'lait' AS is_second_source,
        numerators.value AS numerator,
        denominators.value AS denominator,
        false AS is_derived
    FROM stg_typed_cells AS prints
    LEFT JOIN measures ON prints.measure = measures.measure AND measures.per IS NOT NULL
    LEFT JOIN stg_release_counts AS numerators
        ON measures.numerator = numerators.measure
        AND prints.source_id = numerators.source_id
        AND prints.release = numerators.release
        AND prints.geographic_level = numerators.geographic_level
        AND prints.la_code = numerators.la_code
        AND prints.time_period = numerators.time_period
    LEFT JOIN stg_release_counts AS denominators
        ON measures.denominator = denominators.measure
        AND prints.source_id = denominators.source_id
        AND prints.release = denominators.release
        AND prints.geographic_level = denominators.geographic_level
        AND prints.la_code = denominators.la_code
        AND prints.time_period = denominators.time_period
),

derived AS (
    SELECT *, 'sum' AS made_by FROM stg_sums
    UNION ALL BY NAME
    SELECT *, 'rate' AS made_by FROM stg_rates
    UNION ALL BY NAME
    SELECT *, 'inherited' AS made_by FROM stg_inherited
),

every AS (
    SELECT * FROM printed
    UNION ALL BY NAME
    SELECT *, true AS is_derived, false AS is_second_source FROM derived
),

-- Which of a cell's figures goes before which: a newly computed rate, then unrounded prints and exact sums, then prints
-- rounded to five (rank below 2000), then the second source's number, then a computed cell without a number.
standing AS (
    SELECT
        *,
        CASE
            WHEN copy_of IS NOT NULL THEN 0
            WHEN is_second_source AND value IS NULL THEN 1
            WHEN is_derived AND value IS NULL THEN 2
            WHEN is_second_source THEN 3
            WHEN rank < 2000 THEN 4
            WHEN made_by = 'rate' THEN 6
            ELSE 5
        END AS standing
    FROM every
),

-- A joint row stands for both its authorities; what else is printed for one of them alone is not its figure.
joint_cells AS (
    SELECT DISTINCT measure, time_period, unnest(string_split(la_code, ' / ')) AS la_code
    FROM standing
    WHERE la_code LIKE '% / %'
),

placed AS (
    SELECT
        standing.*,
        row_number() OVER (
            PARTITION BY standing.measure, standing.geographic_level, standing.la_code, standing.time_period
            ORDER BY standing.standing DESC, standing.rank DESC, standing.is_derived, standing.file_id, standing.row
        ) = 1
        AND standing.standing > 0
        AND joint_cells.la_code IS NULL AS is_current
    FROM standing
    LEFT JOIN joint_cells
        ON standing.measure = joint_cells.measure
        AND standing.time_period = joint_cells.time_period
        AND standing.la_code = joint_cells.la_code
),

names AS (
    SELECT 'Local authority' AS geographic_level, la_code, la_name FROM authorities
    UNION ALL
    -- A joint figure's area is called by both names, also where the publisher prints one of them.
    SELECT 'Local authority', joint_la_code, string_agg(la_name, ' / ' ORDER BY la_code)
    FROM (SELECT DISTINCT joint_la_code, unnest(string_split(joint_la_code, ' / ')) AS la_code FROM joint_areas)
    INNER JOIN authorities USING (la_code)
    WHERE joint_la_code LIKE '% / %'
    GROUP BY joint_la_code
    UNION ALL
    SELECT DISTINCT 'Regional', region_code, region_name FROM regions
    UNION ALL
    SELECT 'National', 'ENG', 'England'
),

ours AS (
    SELECT
        placed.la_code,
        coalesce(names.la_name, placed.area_name) AS la_name,
        placed.geographic_level,
        placed.measure,
        placed.time_period::INTEGER AS time_period,
        placed.value,
        placed.published_text,
        placed.value_status,
        measures.unit,
        'statistics' AS source_kind,
        placed.source_id,
        placed.release,
        placed.published,
        placed.rank,
        placed.is_current,
        placed.is_derived,
        placed.is_joint,
        placed.inputs,
        placed.rounded_to,
        placed.numerator,
        placed.denominator,
        CASE
            WHEN measures.has_limits AND placed.denominator > 0
                THEN byar_lower(placed.numerator) * measures.per / placed.denominator
        END AS lower_95,
        CASE
            WHEN measures.has_limits AND placed.denominator > 0
                THEN byar_upper(placed.numerator) * measures.per / placed.denominator
        END AS upper_95,
        placed.area_name AS area_name_printed,
        placed.new_la_code AS new_la_code_printed,
        placed.correction_id,
        placed.file_id,
        placed.sheet,
        placed.row,
        placed."column",
        placed.breakdown
    FROM placed
    LEFT JOIN measures USING (measure)
    LEFT JOIN names USING (geographic_level, la_code)
    ORDER BY placed.measure, placed.geographic_level, placed.la_code, placed.time_period, placed.published,
        placed.file_id, placed.row, placed.is_derived
)

SELECT * FROM ours

UNION ALL

-- In the tool's own order, which keeps a measure together.
SELECT
    la_code,
    la_name,
    geographic_level,
    measure,
    time_period,
    value,
    published_text,
    value_status,
    unit,
    'statistics' AS source_kind,
    source_id,
    release,
    published,
    rank,
    NOT is_joint AS is_current,
    false AS is_derived,
    is_joint,
    NULL AS inputs,
    NULL AS rounded_to,
    NULL AS numerator,
    NULL AS denominator,
    NULL AS lower_95,
    NULL AS upper_95,
    area_name AS area_name_printed,
    NULL AS new_la_code_printed,
    NULL AS correction_id,
    file_id,
    NULL AS sheet,
    row,
    "column",
    breakdown
FROM stg_lait_cells

UNION ALL BY NAME

-- What inspection reports print of the same measures: beside the publishers' figures, never in their place.
SELECT * FROM stg_report_figures
