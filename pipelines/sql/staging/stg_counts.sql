-- One row per cell of a measure that rates are made of: its best print or sum, of whatever release.
-- A sum of unrounded parts is more exact than a total rounded to five, so it goes before one (rank below 2000).
WITH offered AS (
    SELECT measure, geographic_level, la_code, time_period, value, value_status, source_id, release, published, rank,
        file_id, row, area_name, new_la_code, is_joint, copy_of, NULL AS inputs, 1 AS after
    FROM stg_typed_cells
    WHERE source_id <> 'lait'

    UNION ALL BY NAME

    SELECT *, 2 AS after
    FROM stg_sums
)

SELECT *
FROM offered
WHERE measure IN (SELECT unnest([numerator, denominator]) FROM measures WHERE per IS NOT NULL)
QUALIFY row_number() OVER (
    PARTITION BY measure, geographic_level, la_code, time_period
    ORDER BY value IS NULL AND inputs IS NOT NULL, rank DESC, after, published DESC, file_id
) = 1
