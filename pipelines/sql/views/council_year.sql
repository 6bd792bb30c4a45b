-- One line of the panel: an authority on 31 March, the overall grade it held by reports published by that day, and
-- its figures of that year. Years and measures are written out by the build: to find the years among the figures, every
-- figure would be read once more. The figures are grouped without the name, which costs as much as the code again.
CREATE OR REPLACE VIEW council_year AS
WITH existing AS (
    SELECT authorities.la_code, authorities.la_name, authorities.region, years.time_period, years.as_at
    FROM authorities
    CROSS JOIN (
        SELECT unnest([{years}]) AS time_period, make_date(time_period, 3, 31) AS as_at
    ) AS years
    WHERE
        coalesce(authorities.valid_from <= years.as_at, true)
        AND coalesce(authorities.valid_to >= years.as_at, true)
),

held AS (
    SELECT years.time_period, profile.la_code, profile.grade, profile.framework, profile.published
    FROM
        (SELECT unnest([{years}]) AS time_period, make_date(time_period, 3, 31) AS as_at) AS years,
        as_at(years.as_at) AS profile
    WHERE profile.area = 'overall'
),

figures AS (
    SELECT
        la_code,
        time_period,
        {measure_columns}
    FROM area_statistics
    WHERE
        geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND is_current
        AND measure IN (SELECT unnest(enum_range(NULL::measure_name))::VARCHAR)
    GROUP BY la_code, time_period
)

SELECT
    existing.la_code,
    existing.la_name,
    existing.region,
    existing.time_period,
    existing.as_at,
    held.grade,
    held.framework,
    held.published AS grade_published,
    datediff('month', held.published, existing.as_at) AS months_since_published,
    figures.* EXCLUDE (la_code, time_period)
FROM existing
LEFT JOIN held ON existing.la_code = held.la_code AND existing.time_period = held.time_period
LEFT JOIN figures ON existing.la_code = figures.la_code AND existing.time_period = figures.time_period
ORDER BY existing.la_code, existing.time_period;
