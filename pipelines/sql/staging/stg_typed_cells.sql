-- One row per printed cell, its symbol explained, its measure's unit beside it, and whether it stands for two authorities.
WITH explained AS (
    SELECT
        cells.*,
        CASE
            WHEN cells.value IS NOT NULL THEN 'number'
            ELSE coalesce(cells.corrected_status, symbols.value_status)
        END AS value_status
    FROM stg_printed_cells AS cells
    LEFT JOIN symbols
        ON cells.value IS NULL
        AND cells.source_id = symbols.source_id
        AND trim(cells.published_text) = symbols.symbol
        AND cells.file_rank BETWEEN symbols.from_rank AND symbols.to_rank
)

SELECT
    explained.*,
    rounding.rounded_to,
    -- Printed once for two authorities, or printed for each of them though it is of both together.
    explained.la_code LIKE '% / %' OR copies.joint_la_code IS NOT NULL AS is_joint,
    copies.joint_la_code AS copy_of
FROM explained
LEFT JOIN measures USING (measure)
LEFT JOIN joint_areas AS copies
    ON copies.reading = 'copy'
    AND explained.source_id = copies.source_id
    AND explained.la_code = copies.printed_code
    AND explained.time_period BETWEEN copies.from_period AND copies.to_period
    AND measures.as_at LIKE '%30 September%'
-- What a publication says of one measure goes before what it says of its kind.
LEFT JOIN rounding
    ON explained.value IS NOT NULL
    AND explained.source_id = rounding.source_id
    AND explained.file_rank BETWEEN rounding.from_rank AND rounding.to_rank
    AND measures.kind = rounding.kind
    AND rounding.geographic_level IN ('', explained.geographic_level)
    AND rounding.measure = CASE WHEN explained.measure = 'population_0_17' THEN 'population_0_17' ELSE '' END
