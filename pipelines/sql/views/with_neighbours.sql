-- Each authority's figure beside the median of its statistical neighbours (newest edition) and England's. A neighbour
-- without a number does not count; how many did is said. The table stands here three times and not once in a WITH: what
-- a WITH names twice is computed whole, whatever council or year is asked for.
CREATE OR REPLACE VIEW with_neighbours AS
WITH newest AS (
    SELECT la_code, neighbour_la_code, edition
    FROM statistical_neighbours
    QUALIFY edition = max(edition) OVER (PARTITION BY la_code)
),

beside AS (
    SELECT
        own.la_code,
        own.la_name,
        own.measure,
        own.time_period,
        own.value,
        own.value_status,
        own.unit,
        newest.edition,
        median(other.value) AS neighbours_median,
        min(other.value) AS neighbours_min,
        max(other.value) AS neighbours_max,
        count(other.value) AS neighbours_counted,
        count(other.la_code) AS neighbours_printed
    FROM area_statistics AS own
    LEFT JOIN newest ON own.la_code = newest.la_code
    LEFT JOIN area_statistics AS other
        ON
            newest.neighbour_la_code = other.la_code
            AND own.measure = other.measure
            AND own.time_period = other.time_period
            AND other.geographic_level = 'Local authority'
            AND other.source_kind = 'statistics'
            AND other.is_current
    WHERE own.geographic_level = 'Local authority' AND own.source_kind = 'statistics' AND own.is_current
    GROUP BY ALL
)

SELECT
    beside.la_code,
    beside.la_name,
    beside.measure,
    beside.time_period,
    beside.value,
    beside.value_status,
    beside.unit,
    beside.neighbours_median,
    beside.neighbours_min,
    beside.neighbours_max,
    CASE WHEN beside.neighbours_printed > 0 THEN beside.neighbours_counted END AS neighbours_counted,
    CASE WHEN beside.neighbours_printed > 0 THEN beside.edition END AS neighbours_edition,
    england.value AS england
FROM beside
LEFT JOIN area_statistics AS england
    ON
        beside.measure = england.measure
        AND beside.time_period = england.time_period
        AND england.geographic_level = 'National'
        AND england.source_kind = 'statistics'
        AND england.is_current;
