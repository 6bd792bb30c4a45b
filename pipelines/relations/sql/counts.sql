-- A measure of one year with the count and the base it is made of, for each authority that exists then: current figures,
-- or those first published.
WITH wanted AS (
    SELECT measure, kind, numerator, denominator, per
    FROM measures
    WHERE measure = $measure
),

figures AS (
    SELECT la_code, la_name, measure, value, value_status, source_id || ' ' || release AS figure_source
    FROM area_statistics
    WHERE
        time_period = $year
        AND measure IN (SELECT unnest([measure, numerator, denominator]) FROM wanted)
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND NOT is_joint
        AND ($vintage <> 'current' OR is_current)
    -- First published: as in pairs.sql.
    QUALIFY row_number() OVER (
        PARTITION BY la_code, measure
        ORDER BY source_id = 'lait', value IS NULL, is_derived, published, is_current DESC
    ) = 1
)

SELECT
    authorities.la_code,
    authorities.la_name,
    authorities.region,
    authorities.la_code IN ('201', '420') AS is_very_small,
    figures.value,
    coalesce(figures.value_status, 'not_printed') AS value_status,
    figures.figure_source,
    counts.value AS numerator,
    bases.value AS denominator,
    wanted.kind,
    wanted.per,
    deprivation.value AS deprivation
FROM authorities
CROSS JOIN wanted
LEFT JOIN figures ON authorities.la_code = figures.la_code AND figures.measure = wanted.measure
LEFT JOIN figures AS counts ON authorities.la_code = counts.la_code AND counts.measure = wanted.numerator
LEFT JOIN figures AS bases ON authorities.la_code = bases.la_code AND bases.measure = wanted.denominator
LEFT JOIN area_statistics AS deprivation
    ON authorities.la_code = deprivation.la_code
    AND deprivation.measure = 'imd_2019_average_score'
    AND deprivation.is_current
    AND deprivation.geographic_level = 'Local authority'
WHERE
    coalesce(authorities.valid_from <= $day::DATE, true)
    AND coalesce(authorities.valid_to >= $day::DATE, true)
ORDER BY authorities.la_code
