-- One row per series and year of $measure to the year of $as_at: the authority $council, each of its predecessors,
-- the median of its statistical neighbours (newest edition), and England. A year without a figure keeps its reason.
WITH edition AS (
    SELECT max(edition) AS edition
    FROM statistical_neighbours
    WHERE la_code = $council
),

neighbours AS (
    SELECT
        statistical_neighbours.neighbour_la_code AS la_code,
        statistical_neighbours.edition,
        statistical_neighbours.source_id || ' ' || statistical_neighbours.edition AS source
    FROM statistical_neighbours
    INNER JOIN edition USING (edition)
    WHERE statistical_neighbours.la_code = $council
),

-- A rate computed here stands on the count's publication and on the population's.
denominators AS (
    SELECT geographic_level, la_code, time_period, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE
        measure = (SELECT denominator FROM measures WHERE measure = $measure)
        AND source_kind = 'statistics'
        AND is_current
),

figures AS MATERIALIZED (
    SELECT
        printed.*,
        concat_ws(
            '; ',
            printed.source_id || ' ' || printed.release,
            CASE WHEN printed.is_derived THEN denominators.source END
        ) AS source
    FROM (
        SELECT *
        FROM area_statistics
        WHERE
            measure = $measure
            AND time_period <= year($as_at::DATE)
            AND source_kind = 'statistics'
            AND is_current
    ) AS printed
    LEFT JOIN denominators
        ON printed.geographic_level = denominators.geographic_level
        AND printed.la_code = denominators.la_code
        AND printed.time_period = denominators.time_period
),

years AS (
    SELECT DISTINCT time_period
    FROM figures
    WHERE geographic_level = 'National'
),

-- The authority in every year since it was formed, whether or not a figure is printed.
own AS (
    SELECT
        1 AS place,
        'council' AS series,
        authorities.la_code,
        authorities.la_name,
        years.time_period,
        figures.value,
        figures.published_text,
        CASE WHEN figures.la_code IS NULL THEN 'not_printed' ELSE figures.value_status END AS value_status,
        figures.lower_95,
        figures.upper_95,
        figures.is_derived,
        NULL::BIGINT AS authorities_counted,
        figures.source AS sources
    FROM authorities
    CROSS JOIN years
    LEFT JOIN figures ON authorities.la_code = figures.la_code AND years.time_period = figures.time_period
    WHERE
        authorities.la_code = $council
        AND coalesce(authorities.valid_from <= make_date(years.time_period, 3, 31), true)
),

predecessors AS (
    SELECT
        2 AS place,
        'predecessor' AS series,
        authorities.la_code,
        authorities.la_name,
        figures.time_period,
        figures.value,
        figures.published_text,
        figures.value_status,
        figures.lower_95,
        figures.upper_95,
        figures.is_derived,
        NULL::BIGINT AS authorities_counted,
        figures.source AS sources
    FROM authority_changes
    INNER JOIN authorities ON authority_changes.predecessor_la_code = authorities.la_code
    INNER JOIN figures ON authorities.la_code = figures.la_code
    WHERE
        authority_changes.successor_la_code = $council
        AND coalesce(make_date(figures.time_period, 3, 31) <= authorities.valid_to, true)
),

neighbour_median AS (
    SELECT
        3 AS place,
        'neighbours' AS series,
        NULL AS la_code,
        'Median of statistical neighbours' AS la_name,
        years.time_period,
        median(figures.value) AS value,
        NULL AS published_text,
        CASE WHEN count(figures.value) > 0 THEN 'number' ELSE 'not_printed' END AS value_status,
        NULL::DOUBLE AS lower_95,
        NULL::DOUBLE AS upper_95,
        bool_or(figures.is_derived) AS is_derived,
        count(figures.value) AS authorities_counted,
        concat_ws(
            '; ',
            string_agg(DISTINCT figures.source, '; ' ORDER BY figures.source) FILTER (figures.value IS NOT NULL),
            string_agg(DISTINCT neighbours.source, '; ' ORDER BY neighbours.source)
        ) AS sources
    FROM neighbours
    CROSS JOIN years
    LEFT JOIN figures ON neighbours.la_code = figures.la_code AND years.time_period = figures.time_period
    GROUP BY years.time_period
),

england AS (
    SELECT
        4 AS place,
        'england' AS series,
        la_code,
        'England' AS la_name,
        time_period,
        value,
        published_text,
        value_status,
        NULL::DOUBLE AS lower_95,
        NULL::DOUBLE AS upper_95,
        is_derived,
        NULL::BIGINT AS authorities_counted,
        source AS sources
    FROM figures
    WHERE geographic_level = 'National'
),

shown AS (
    SELECT * FROM own
    UNION ALL
    SELECT * FROM predecessors
    UNION ALL
    SELECT * FROM neighbour_median
    UNION ALL
    SELECT * FROM england
)

SELECT
    shown.* EXCLUDE (place, sources),
    (SELECT la_name FROM authorities WHERE la_code = $council) AS council_name,
    (SELECT valid_from FROM authorities WHERE la_code = $council) AS council_formed,
    edition.edition AS neighbours_edition,
    (SELECT count(*) FROM neighbours) AS neighbours_named,
    measures.measure,
    measures.title AS measure_title,
    measures.unit,
    measures.decimals,
    measures.polarity,
    measures.as_at AS measured_at,
    measures.breaks AS measure_breaks,
    shown.sources
FROM shown
CROSS JOIN edition
INNER JOIN measures ON measures.measure = $measure
ORDER BY shown.place, shown.la_code, shown.time_period
