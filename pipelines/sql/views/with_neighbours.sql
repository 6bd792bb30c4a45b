-- Each authority's figure beside the median of its statistical neighbours (newest edition) and England's. A neighbour
-- without a number does not count; how many did is said.
CREATE OR REPLACE VIEW with_neighbours AS
WITH figures AS (
    SELECT la_code, la_name, geographic_level, measure, time_period, value, value_status, unit
    FROM area_statistics
    WHERE source_kind = 'statistics' AND is_current
),

own AS (
    SELECT la_code, la_name, measure, time_period, value, value_status, unit
    FROM figures
    WHERE geographic_level = 'Local authority'
),

newest AS (
    SELECT la_code, neighbour_la_code, edition
    FROM statistical_neighbours
    QUALIFY edition = max(edition) OVER (PARTITION BY la_code)
),

medians AS (
    SELECT
        newest.la_code,
        newest.edition,
        own.measure,
        own.time_period,
        median(own.value) AS neighbours_median,
        min(own.value) AS neighbours_min,
        max(own.value) AS neighbours_max,
        count(own.value) AS neighbours_counted
    FROM newest
    INNER JOIN own ON newest.neighbour_la_code = own.la_code
    GROUP BY newest.la_code, newest.edition, own.measure, own.time_period
),

england AS (
    SELECT measure, time_period, value
    FROM figures
    WHERE geographic_level = 'National'
)

SELECT
    own.la_code,
    own.la_name,
    own.measure,
    own.time_period,
    own.value,
    own.value_status,
    own.unit,
    medians.neighbours_median,
    medians.neighbours_min,
    medians.neighbours_max,
    medians.neighbours_counted,
    medians.edition AS neighbours_edition,
    england.value AS england
FROM own
LEFT JOIN medians
    ON own.la_code = medians.la_code
    AND own.measure = medians.measure
    AND own.time_period = medians.time_period
LEFT JOIN england ON own.measure = england.measure AND own.time_period = england.time_period;
