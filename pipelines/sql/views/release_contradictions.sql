-- Cells that one release prints twice, in two of its tables, and not alike: both prints, with their places.
CREATE OR REPLACE VIEW release_contradictions AS
WITH prints AS (
    SELECT source_id, release, measure, geographic_level, la_code, la_name, time_period, published_text, file_id, row, rank
    FROM area_statistics
    WHERE NOT is_derived AND source_id <> 'lait' AND source_kind = 'statistics'
)

SELECT
    source_id,
    release,
    measure,
    geographic_level,
    la_code,
    any_value(la_name) AS la_name,
    time_period,
    first(published_text ORDER BY rank DESC, file_id) AS text_used,
    first(file_id ORDER BY rank DESC, file_id) AS file_used,
    first(row ORDER BY rank DESC, file_id) AS row_used,
    last(published_text ORDER BY rank DESC, file_id) AS other_text,
    last(file_id ORDER BY rank DESC, file_id) AS other_file,
    last(row ORDER BY rank DESC, file_id) AS other_row
FROM prints
GROUP BY source_id, release, measure, geographic_level, la_code, time_period
HAVING count(DISTINCT published_text) > 1;
