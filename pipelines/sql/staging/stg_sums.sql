-- One row per total that a release does not print though one of its files prints every part (adopted = unopposed + dispensed).
-- A part with a minus in front is taken away; the total is null, with the part's reason, where a part is.
WITH parts AS (
    SELECT
        measure AS total,
        sum_of,
        ltrim(part, '-') AS measure,
        CASE WHEN part LIKE '-%' THEN -1 ELSE 1 END AS sign,
        len(string_split(sum_of, ' ')) AS parts_count
    FROM (SELECT measure, sum_of, unnest(string_split(sum_of, ' ')) AS part FROM measures WHERE sum_of IS NOT NULL)
)

SELECT
    parts.total AS measure,
    any_value(parts.sum_of) AS inputs,
    cells.source_id,
    cells.release,
    cells.published,
    cells.rank,
    cells.file_id,
    min(cells.row) AS row,
    cells.geographic_level,
    cells.la_code,
    cells.time_period,
    any_value(cells.area_name) AS area_name,
    any_value(cells.new_la_code) AS new_la_code,
    bool_or(cells.is_joint) AS is_joint,
    any_value(cells.copy_of) AS copy_of,
    CASE WHEN count(cells.value) = any_value(parts.parts_count) THEN sum(parts.sign * cells.value) END AS value,
    coalesce(
        min_by(cells.value_status, cells.measure) FILTER (cells.value IS NULL),
        CASE WHEN count(*) = any_value(parts.parts_count) THEN 'number' ELSE 'not_available' END
    ) AS value_status
FROM parts
INNER JOIN stg_typed_cells AS cells USING (measure)
LEFT JOIN stg_typed_cells AS totals
    ON parts.total = totals.measure
    AND cells.source_id = totals.source_id
    AND cells.release = totals.release
    AND cells.geographic_level = totals.geographic_level
    AND cells.la_code = totals.la_code
    AND cells.time_period = totals.time_period
WHERE cells.source_id <> 'lait' AND totals.measure IS NULL
GROUP BY parts.total, cells.source_id, cells.release, cells.published, cells.rank, cells.file_id,
    cells.geographic_level, cells.la_code, cells.time_period
HAVING count(*) = any_value(parts.parts_count)
ORDER BY ALL
