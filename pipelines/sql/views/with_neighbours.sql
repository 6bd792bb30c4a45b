-- Each authority's figure beside the median of its statistical neighbours (newest edition) and England's. A neighbour
-- without a number does not count; how many did is said. The table stands here three times and not once in a WITH: what
-- a WITH names twice is computed whole, whatever council or year is asked for.
CREATE OR REPLACE VIEW with_neighbours AS
WITH newest AS (
    SELECT la_code, neighbour_la_code, edition
    FROM statistical_neighbours
    QUALIFY edition = max(edition) OVER (PARTITION BY la_code)
),

-- Grouped before they come beside the authority's own figure: then only its code, measure and year are compared.
beside AS (
    SELECT
        newest.la_code,
        newest.edition,
        other.measure,
        other.time_period,
        median(other.value) AS neighbours_median,
        min(other.value) AS neighbours_min,
        max(other.value) AS neighbours_max,
        count(other.value) AS neighbours_counted
    FROM newest
    INNER JOIN area_statistics AS other ON newest.neighbour_la_code = other.la_code
    WHERE other.geographic_level = 'Local authority' AND other.source_kind = 'statistics' AND other.is_current
    GROUP BY newest.la_code, newest.edition, other.measure, other.time_period
)

SELECT
    own.la_code,
    own.la_name,
    own.measure,
    own.time_period,
    own.value,
    own.value_status,
    own.unit,
    beside.neighbours_median,
    beside.neighbours_min,
    beside.neighbours_max,
    beside.neighbours_counted,
    beside.edition AS neighbours_edition,
    england.value AS england
FROM area_statistics AS own
LEFT JOIN beside
    ON own.la_code = beside.la_code AND own.measure = beside.measure AND own.time_period = beside.time_period
LEFT JOIN area_statistics AS england
    ON
        own.measure = england.measure
        AND own.time_period = england.time_period
        AND england.geographic_level = 'National'
        AND england.source_kind = 'statistics'
        AND england.is_current
WHERE own.geographic_level = 'Local authority' AND own.source_kind = 'statistics' AND own.is_current;
