-- England as printed beside the sum of its authorities in the same release, with what explains the distance.
CREATE OR REPLACE VIEW england_sums AS
WITH printed AS (
    SELECT figures.*
    FROM area_statistics AS figures
    INNER JOIN measures ON figures.measure = measures.measure AND measures.kind IN ('count', 'amount', 'money')
    WHERE NOT figures.is_derived AND figures.source_id <> 'lait' AND figures.source_kind = 'statistics'
    -- Two tables of one release print some cells twice; each counts once.
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

england AS (
    SELECT source_id, release, measure, time_period, value AS england, rounded_to, value_status, correction_id
    FROM printed
    WHERE geographic_level = 'National' AND value IS NOT NULL
),

authorities_of AS (
    SELECT
        source_id,
        release,
        measure,
        time_period,
        sum(value) AS authorities_sum,
        count(value) AS numbers,
        max(rounded_to) AS rounded_to,
        count(*) FILTER (value_status = 'suppressed') AS suppressed,
        count(*) FILTER (value_status IN ('not_available', 'low_reliability', 'rounds_to_zero')) AS missing,
        string_agg(la_name, '; ' ORDER BY la_name)
            FILTER (value_status IN ('not_available', 'low_reliability', 'rounds_to_zero')) AS missing_names
    FROM printed
    WHERE geographic_level = 'Local authority'
    GROUP BY ALL
)

SELECT
    england.source_id,
    england.release,
    england.measure,
    england.time_period,
    england.england,
    authorities_of.authorities_sum,
    authorities_of.authorities_sum - england.england AS distance,
    authorities_of.numbers,
    authorities_of.suppressed,
    authorities_of.missing,
    authorities_of.missing_names,
    -- What rounding alone can do: England's own, and that of each authority where it is printed rounded.
    0.5 * CASE
        WHEN england.release = 'SFR27/2010' AND england.england > 1000 THEN 100
        ELSE coalesce(england.rounded_to, 0)
    END
    + CASE
        WHEN authorities_of.rounded_to <> 1 THEN 0.5 * authorities_of.rounded_to * authorities_of.numbers
        -- Until 2011 the authorities' figures were grossed up from a sample and shown as whole numbers.
        WHEN england.release IN ('SFR27/2010', 'SFR21/2011') THEN 0.5 * authorities_of.numbers
        ELSE 0
    END + 1e-6 AS rounding_room,
    CASE
        WHEN abs(distance) <= rounding_room AND authorities_of.missing + authorities_of.suppressed = 0 THEN 'rounding'
        WHEN distance > rounding_room THEN 'not explained'
        WHEN authorities_of.missing > 0 AND authorities_of.suppressed > 0 THEN 'missing authorities and suppression'
        WHEN authorities_of.missing > 0 THEN 'missing authorities'
        WHEN authorities_of.suppressed > 0 THEN 'suppression'
        ELSE 'not explained'
    END AS explanation
FROM england
INNER JOIN authorities_of USING (source_id, release, measure, time_period);
