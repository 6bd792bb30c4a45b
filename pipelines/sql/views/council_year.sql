-- One line of the panel: an authority on 31 March, the overall grade it held by reports published by that day, and
-- its figures of that year. The years are asked for twice and not named once in a WITH: beside a WITH that is used twice
-- every column is computed, wanted or not.
CREATE OR REPLACE VIEW council_year AS
WITH existing AS (
    SELECT authorities.la_code, authorities.la_name, authorities.region, years.time_period, years.as_at
    FROM authorities
    CROSS JOIN (
        SELECT DISTINCT time_period, make_date(time_period, 3, 31) AS as_at
        FROM area_statistics
        WHERE
            geographic_level = 'Local authority'
            AND is_current
            AND measure IN (SELECT unnest(enum_range(NULL::measure_name))::VARCHAR)
    ) AS years
    WHERE
        coalesce(authorities.valid_from <= years.as_at, true)
        AND coalesce(authorities.valid_to >= years.as_at, true)
),

held AS (
    SELECT years.time_period, profile.la_code, profile.grade, profile.framework, profile.published
    FROM
    (
        SELECT DISTINCT time_period, make_date(time_period, 3, 31) AS as_at
        FROM area_statistics
        WHERE
            geographic_level = 'Local authority'
            AND is_current
            AND measure IN (SELECT unnest(enum_range(NULL::measure_name))::VARCHAR)
    ) AS years,
        as_at(years.as_at) AS profile
    WHERE profile.area = 'overall'
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
    figures_wide.* EXCLUDE (la_code, la_name, time_period)
FROM existing
LEFT JOIN held ON existing.la_code = held.la_code AND existing.time_period = held.time_period
LEFT JOIN figures_wide ON existing.la_code = figures_wide.la_code AND existing.time_period = figures_wide.time_period
ORDER BY existing.la_code, existing.time_period;
