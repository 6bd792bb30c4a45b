-- One row per printed cell, its symbol explained and its release placed among the releases of the same cell.
WITH explained AS (
    SELECT
        cells.*,
        CASE WHEN cells.value IS NOT NULL THEN 'number' ELSE symbols.value_status END AS value_status
    FROM stg_printed_cells AS cells
    LEFT JOIN symbols
        ON cells.value IS NULL
        AND cells.source_id = symbols.source_id
        AND trim(cells.published_text) = symbols.symbol
        AND cells.rank BETWEEN symbols.from_rank AND symbols.to_rank
)

SELECT
    *,
    row_number() OVER (
        PARTITION BY geographic_level, la_code, measure, time_period
        ORDER BY rank DESC, file_id, row
    ) = 1 AS is_current
FROM explained
