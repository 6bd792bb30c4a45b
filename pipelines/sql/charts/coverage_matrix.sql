-- One row per measure that answers questions and year to $as_at: how many of the authorities that existed have a
-- number, and how many have none for which reason.
WITH publications AS (
    SELECT
        measure,
        time_period,
        string_agg(DISTINCT source_id || ' ' || release, '; ' ORDER BY source_id || ' ' || release) AS sources
    FROM area_statistics
    WHERE geographic_level = 'Local authority' AND source_kind = 'statistics' AND is_current
    GROUP BY measure, time_period
)

SELECT
    coverage.measure,
    measures.title AS measure_title,
    coverage.time_period,
    coverage.authorities,
    coverage.numbers,
    coverage.joint,
    coverage.suppressed,
    coverage.not_applicable + coverage.not_available + coverage.low_reliability + coverage.rounds_to_zero
    + coverage.not_stated AS other_reasons,
    coverage.not_printed,
    publications.sources
FROM coverage
INNER JOIN measures USING (measure)
LEFT JOIN publications
    ON coverage.measure = publications.measure AND coverage.time_period = publications.time_period
WHERE
    coverage.role = 'measure'
    AND coverage.time_period BETWEEN $first_year::INTEGER AND year($as_at::DATE)
ORDER BY measures.title, coverage.time_period
