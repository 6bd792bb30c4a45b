-- One row per authority and year whose $measure was printed first with one number and later with another: both, with
-- their releases, and how many figures printed more than once there are to compare.
WITH compared AS (
    SELECT *
    FROM revisions
    WHERE measure = $measure AND geographic_level = 'Local authority' AND prints > 1
),

publications AS (
    SELECT DISTINCT la_code, time_period, release, source_id || ' ' || release AS source
    FROM area_statistics
    WHERE measure = $measure AND geographic_level = 'Local authority' AND source_kind = 'statistics' AND NOT is_derived
)

SELECT
    measures.measure,
    measures.title AS measure_title,
    measures.decimals,
    measures.as_at AS measured_at,
    compared.la_code,
    (
        -- A figure of two authorities together has both codes.
        SELECT string_agg(authorities.la_name, ' / ' ORDER BY authorities.la_code)
        FROM authorities
        WHERE list_contains(string_split(compared.la_code, ' / '), authorities.la_code)
    ) AS la_name,
    compared.time_period,
    compared.prints,
    compared.first_release,
    compared.first_value,
    compared.latest_release,
    compared.latest_value,
    compared.difference,
    (SELECT count(*) FROM compared AS every_one) AS figures_compared,
    (SELECT min(time_period) FROM compared AS every_one) AS first_year,
    (SELECT max(time_period) FROM compared AS every_one) AS last_year,
    (
        SELECT string_agg(DISTINCT publications.source, '; ' ORDER BY publications.source)
        FROM publications
        WHERE
            publications.la_code = compared.la_code
            AND publications.time_period = compared.time_period
            AND publications.release IN (compared.first_release, compared.latest_release)
    ) AS sources
FROM compared
INNER JOIN measures USING (measure)
WHERE compared.is_revised AND compared.difference IS NOT NULL
ORDER BY abs(compared.difference) DESC, compared.la_code, compared.time_period
