-- One row per authority formed from a single predecessor after a figure of a fixed year (IMD 2019): the predecessor's.
SELECT
    cells.measure,
    'as of ' || predecessors.la_name || ' (' || predecessors.la_code || ')' AS inputs,
    cells.source_id,
    cells.release,
    cells.published,
    cells.rank,
    cells.file_id,
    cells.row,
    cells.geographic_level,
    changes.successor_la_code AS la_code,
    cells.time_period,
    cells.area_name,
    cells.new_la_code,
    false AS is_joint,
    cells.value,
    cells.value_status
FROM stg_typed_cells AS cells
INNER JOIN measures ON cells.measure = measures.measure AND measures.is_inherited
INNER JOIN authority_changes AS changes ON cells.la_code = changes.predecessor_la_code
INNER JOIN authorities AS predecessors ON cells.la_code = predecessors.la_code
WHERE changes.vesting_date >= make_date(cells.time_period, 4, 2)
    AND (SELECT count(*) FROM authority_changes AS others WHERE others.successor_la_code = changes.successor_la_code) = 1
ORDER BY ALL
