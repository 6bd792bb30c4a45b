-- One row per rate or share that no publication prints at or after the release of its numerator, computed from the
-- current numerator and denominator. No number for an input, no number for the rate: the input's reason is the rate's.
WITH printed AS (
    SELECT measure, time_period, max(published) AS published
    FROM stg_typed_cells
    WHERE source_id <> 'lait' AND geographic_level = 'Local authority'
    GROUP BY ALL
),

-- Decided for a measure's whole year, so that authorities and England of one year are made in one way.
counted AS (
    SELECT measure, time_period, max(published) AS published
    FROM stg_counts
    WHERE geographic_level = 'Local authority'
    GROUP BY ALL
),

to_make AS (
    SELECT rates.measure, counted.time_period
    FROM measures AS rates
    INNER JOIN counted ON rates.numerator = counted.measure
    LEFT JOIN printed ON rates.measure = printed.measure AND counted.time_period = printed.time_period
    WHERE rates.per IS NOT NULL AND (printed.published IS NULL OR printed.published < counted.published)
)

SELECT
    rates.measure,
    rates.numerator || ' / ' || rates.denominator AS inputs,
    numerators.source_id,
    numerators.release,
    numerators.published,
    numerators.rank,
    numerators.file_id,
    numerators.row,
    numerators.geographic_level,
    numerators.la_code,
    numerators.time_period,
    numerators.area_name,
    numerators.new_la_code,
    numerators.is_joint,
    numerators.copy_of,
    numerators.value AS numerator,
    denominators.value AS denominator,
    denominators.source_id || ' ' || denominators.release AS denominator_release,
    rates.per * numerators.value / nullif(denominators.value, 0) AS value,
    CASE
        WHEN numerators.value IS NULL THEN numerators.value_status
        WHEN denominators.value IS NULL THEN coalesce(denominators.value_status, 'not_available')
        WHEN denominators.value = 0 THEN 'not_applicable'
        ELSE 'number'
    END AS value_status
FROM measures AS rates
INNER JOIN stg_counts AS numerators ON rates.numerator = numerators.measure
LEFT JOIN stg_counts AS denominators
    ON rates.denominator = denominators.measure
    AND numerators.geographic_level = denominators.geographic_level
    AND numerators.la_code = denominators.la_code
    AND numerators.time_period = denominators.time_period
INNER JOIN to_make ON rates.measure = to_make.measure AND numerators.time_period = to_make.time_period
-- A denominator that was never printed for the year makes no rate to speak of.
WHERE denominators.measure IS NOT NULL
ORDER BY ALL
