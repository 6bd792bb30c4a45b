-- The numbers of one measure for authorities over years, no gaps filled: current or first published ones, those of two
-- authorities together left out or given to both.
WITH prints AS (
    SELECT
        la_code,
        la_name,
        time_period,
        value,
        is_current,
        is_derived,
        published,
        source_id || ' ' || release AS figure_source,
        source_id = 'lait' AS is_second_source,
        false AS is_shared
    FROM area_statistics
    WHERE
        measure = $measure
        AND time_period BETWEEN $first_year AND $last_year
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND NOT is_joint
    UNION ALL
    SELECT
        authorities.la_code,
        authorities.la_name,
        together.time_period,
        together.value,
        together.is_current,
        together.is_derived,
        together.published,
        together.source_id || ' ' || together.release AS figure_source,
        together.source_id = 'lait' AS is_second_source,
        true AS is_shared
    FROM area_statistics AS together
    INNER JOIN authorities ON list_contains(string_split(together.la_code, ' / '), authorities.la_code)
    WHERE
        $joint = 'both'
        AND together.measure = $measure
        AND together.time_period BETWEEN $first_year AND $last_year
        AND together.geographic_level = 'Local authority'
        AND together.source_kind = 'statistics'
        AND together.la_code LIKE '% / %'
),

-- First published: as in pairs.sql.
chosen AS (
    SELECT la_code, la_name, time_period, value, figure_source
    FROM prints
    WHERE $vintage <> 'current' OR is_current
    QUALIFY row_number() OVER (
        PARTITION BY la_code, time_period
        ORDER BY is_second_source, value IS NULL, is_shared, is_derived, published, is_current DESC
    ) = 1
)

FROM chosen
WHERE value IS NOT NULL
ORDER BY la_code, time_period
