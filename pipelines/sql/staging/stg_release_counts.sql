-- One row per count and release that a rate of that release is made of: printed, or the sum of printed parts.
WITH offered AS (
    SELECT measure, source_id, release, geographic_level, la_code, time_period, value, rank, file_id, 1 AS after
    FROM stg_typed_cells

    UNION ALL BY NAME

    SELECT measure, source_id, release, geographic_level, la_code, time_period, value, rank, file_id, 2 AS after
    FROM stg_sums
)

SELECT * EXCLUDE (rank, file_id, after)
FROM offered
WHERE source_id <> 'lait'
    AND measure IN (SELECT unnest([numerator, denominator]) FROM measures WHERE per IS NOT NULL)
QUALIFY row_number() OVER (
    PARTITION BY measure, source_id, release, geographic_level, la_code, time_period
    ORDER BY after, rank DESC, file_id
) = 1
