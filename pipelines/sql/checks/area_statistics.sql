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

-- What the authorities of a release add up to, beside the England it prints (the view england_sums shows it all).
counted AS (
    SELECT figures.*
    FROM area_statistics AS figures
    INNER JOIN measures ON figures.measure = measures.measure AND measures.kind IN ('count', 'amount', 'money')
    WHERE NOT figures.is_derived AND figures.source_id <> 'lait' AND figures.source_kind = 'statistics'
    QUALIFY row_number() OVER (
        PARTITION BY
            figures.source_id,
            figures.release,
            figures.measure,
            figures.geographic_level,
            figures.la_code,
            figures.time_period
        ORDER BY figures.rank DESC, figures.file_id
    ) = 1
),

sums AS (
    SELECT
        source_id,
        release,
        measure,
        time_period,
        sum(value) AS total,
        count(*) AS authorities,
        count(value) AS numbers,
        count(*) FILTER (value_status NOT IN ('number', 'not_applicable')) AS lacking,
        max(rounded_to) AS rounded_to
    FROM counted
    WHERE geographic_level = 'Local authority'
    GROUP BY ALL
),

totals AS (
    SELECT
        counted.file_id,
        counted.row,
        counted.measure,
        counted.time_period,
        0.5 * CASE
            WHEN counted.release = 'SFR27/2010' AND counted.value > 1000 THEN 100
            ELSE coalesce(counted.rounded_to, 0)
        END
        + CASE
            WHEN sums.rounded_to <> 1 THEN 0.5 * sums.rounded_to * sums.numbers
            -- Until 2011 the authorities' figures were grossed up from a sample and shown as whole numbers.
            WHEN counted.release IN ('SFR27/2010', 'SFR21/2011') THEN 0.5 * sums.numbers
            ELSE 0
        END + 1e-6 AS room,
        -- Suppression and missing authorities leave the sum below England; only rounding can put it above.
        sums.total - counted.value <= room AND (sums.lacking > 0 OR counted.value - sums.total <= room) AS adds_up
    FROM counted
    INNER JOIN sums USING (source_id, release, measure, time_period)
    -- What prints only some authorities does not claim to add up.
    WHERE counted.geographic_level = 'National' AND counted.value IS NOT NULL AND sums.authorities >= 140
),

twice AS (
    SELECT la_code, geographic_level, measure, time_period
    FROM area_statistics
    WHERE measure LIKE 'lait\_%' ESCAPE '\'
    GROUP BY ALL
    HAVING count(*) > 1
)

SELECT judged.*, coalesce(totals.adds_up, true) AS adds_up
FROM judged
LEFT JOIN twice USING (la_code, geographic_level, measure, time_period)
LEFT JOIN totals
    ON judged.geographic_level = 'National'
    AND judged.file_id = totals.file_id
    AND judged.measure = totals.measure
    AND judged.time_period = totals.time_period
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
