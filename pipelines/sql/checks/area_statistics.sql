-- Each figure beside its measure, its authority and, for a published rate, the rate its own release's inputs give.
-- The hundreds of thousands of cells of DfE's tool that none of the rules could reject are left out of the frame.
WITH authority_years AS (
    SELECT la_code, valid_from, valid_to FROM authorities
),

judged AS (
    SELECT
        figures.la_code,
        figures.geographic_level,
        figures.measure,
        figures.time_period,
        figures.value,
        figures.value_status,
        figures.unit,
        figures.source_id,
        figures.file_id,
        figures.is_derived,
        measures.measure IS NOT NULL AS measure_is_known,
        coalesce(
            figures.geographic_level <> 'Local authority'
            OR authority_years.la_code IS NOT NULL
            OR figures.la_code LIKE '% / %',
            false
        ) AS authority_is_known,
        figures.value IS NULL
        OR authority_years.la_code IS NULL
        -- The tool shows some figures for areas of today in years before they were formed; a predecessor's says so.
        OR figures.source_id = 'lait'
        OR figures.is_derived
        OR year(coalesce(authority_years.valid_from, DATE '1900-01-01')) <= figures.time_period AS authority_had_begun,
        (figures.value IS NOT NULL) = (figures.value_status IS NOT DISTINCT FROM 'number') AS status_agrees,
        coalesce(figures.value >= 0 OR measures.kind IN ('score', 'money'), true) AS is_not_negative,
        coalesce(measures.kind <> 'count' OR figures.value = round(figures.value), true) AS count_is_whole,
        coalesce(
            abs(figures.value - figures.rounded_to * round(figures.value / figures.rounded_to)) < 1e-6, true
        ) AS keeps_rounding,
        coalesce(
            figures.is_derived
            OR measures.per IS NULL
            OR figures.geographic_level <> 'Local authority'
            OR figures.source_id = 'lait'
            -- Counts of tables rounded to five make no rate to the printed rounding.
            OR files.rank < 2000
            OR abs(figures.value - figures.numerator * measures.per / nullif(figures.denominator, 0))
            <= tolerances.half_unit
            -- Full-time equivalents are printed to a tenth and the rate is made from more exact ones.
            + CASE WHEN tolerances.is_of_fte THEN
                measures.per * (0.05 / figures.denominator + 0.1 * figures.numerator / pow(figures.denominator, 2))
            ELSE 0 END,
            true
        ) AS rate_agrees,
        figures.rowid AS row_in_table
    FROM area_statistics AS figures
    LEFT JOIN measures USING (measure)
    LEFT JOIN source_files AS files USING (file_id)
    LEFT JOIN authority_years ON figures.la_code = authority_years.la_code
    LEFT JOIN (
        -- Half a unit of the last printed place.
        SELECT
            rates.measure,
            0.5 * pow(10, -rates.decimals) + 1e-9 AS half_unit,
            coalesce(denominators.unit = 'fte', false) AS is_of_fte
        FROM measures AS rates
        LEFT JOIN measures AS denominators ON rates.denominator = denominators.measure
    ) AS tolerances
        ON figures.measure = tolerances.measure
),

twice AS (
    SELECT la_code, geographic_level, measure, time_period
    FROM area_statistics
    WHERE measure LIKE 'lait\_%' ESCAPE '\'
    GROUP BY ALL
    HAVING count(*) > 1
)

SELECT judged.*
FROM judged
LEFT JOIN twice USING (la_code, geographic_level, measure, time_period)
WHERE
    judged.measure NOT LIKE 'lait\_%' ESCAPE '\'
    OR twice.measure IS NOT NULL
    OR NOT coalesce(
        measure_is_known AND authority_is_known AND authority_had_begun AND status_agrees AND is_not_negative
        AND count_is_whole AND rate_agrees AND judged.la_code IS NOT NULL AND judged.time_period IS NOT NULL
        AND judged.geographic_level IN ('National', 'Regional', 'Local authority')
        AND value_status IS NOT NULL AND unit IS NOT NULL,
        false
    )
ORDER BY row_in_table
