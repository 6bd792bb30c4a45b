-- One row per rate that no publication prints, for each release of its numerator, with the current denominator.
WITH declared AS (
    SELECT measure, numerator, denominator, per
    FROM measures
    WHERE numerator IS NOT NULL
),

-- A cell that some release prints is never computed.
printed AS (
    SELECT DISTINCT geographic_level, la_code, measure, time_period
    FROM stg_typed_cells
),

numerators AS (
    SELECT declared.measure AS derived_measure, declared.denominator, declared.per, cells.* EXCLUDE (rank, path)
    FROM stg_typed_cells AS cells
    INNER JOIN declared ON cells.measure = declared.numerator
    ANTI JOIN printed
        ON cells.geographic_level = printed.geographic_level
        AND cells.la_code = printed.la_code
        AND declared.measure = printed.measure
        AND cells.time_period = printed.time_period
),

-- The population is the current estimate, of whatever release: the publisher prints one series of it.
denominators AS (
    SELECT geographic_level, la_code, measure, time_period, value, value_status
    FROM stg_typed_cells
    WHERE is_current
)

SELECT
    numerators.source_id,
    numerators.release,
    numerators.file_id,
    numerators.row,
    numerators."column",
    numerators.geographic_level,
    numerators.la_code,
    numerators.area_name,
    numerators.new_la_code,
    numerators.time_period,
    numerators.derived_measure AS measure,
    numerators.value AS numerator,
    denominators.value AS denominator,
    numerators.per * numerators.value / nullif(denominators.value, 0) AS value,
    numerators.per,
    -- No number for an input, no number for the rate: and the input's reason is the rate's.
    CASE
        WHEN numerators.value IS NULL THEN numerators.value_status
        WHEN coalesce(denominators.value, 0) = 0 THEN coalesce(nullif(denominators.value_status, 'number'), 'not_available')
        ELSE 'number'
    END AS value_status,
    numerators.is_current
FROM numerators
LEFT JOIN denominators
    ON numerators.denominator = denominators.measure
    AND numerators.geographic_level = denominators.geographic_level
    AND numerators.la_code = denominators.la_code
    AND numerators.time_period = denominators.time_period
