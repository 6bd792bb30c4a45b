-- One row per authority that exists on $as_at, or had a figure of $year and is abolished since: its grade for $area by
-- $rule and its $measure of $year in the wanted $vintage, joined by code. `lost_because` says why a row cannot be used.
WITH graded AS (
    SELECT
        inspections.inspection_id,
        inspections.la_code,
        inspections.published,
        inspections.framework,
        judgements.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS grade_source,
        coalesce(inspections.inspection_start, inspections.published) AS visited
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    WHERE inspections.framework IN ('sif', 'sif_reinspection', 'ilacs') AND judgements.area = $area
),

counted AS (
    SELECT graded.*
    FROM as_at($as_at::DATE, published_by := $published_by::DATE) AS profile
    INNER JOIN graded USING (inspection_id)
    WHERE $rule = 'held' AND profile.area = $area
    UNION ALL
    SELECT *
    FROM (
        SELECT *
        FROM graded
        WHERE $rule = 'next' AND visited > $as_at::DATE
        QUALIFY row_number() OVER (PARTITION BY la_code ORDER BY visited, published) = 1
    )
    UNION ALL
    SELECT *
    FROM (
        SELECT *
        FROM graded
        WHERE $rule = 'last'
        QUALIFY row_number() OVER (PARTITION BY la_code ORDER BY visited DESC, published DESC) = 1
    )
),

prints AS (
    SELECT
        la_code,
        value,
        value_status,
        is_current,
        numerator,
        source_id || ' ' || release AS figure_source,
        published AS print_published,
        is_derived
    FROM area_statistics
    WHERE
        measure = $measure
        AND time_period = $year
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND NOT is_joint
    UNION ALL
    SELECT
        unnest(string_split(la_code, ' / ')) AS la_code,
        value,
        value_status,
        is_current,
        numerator,
        source_id || ' ' || release AS figure_source,
        published AS print_published,
        is_derived
    FROM area_statistics
    WHERE
        $joint = 'both'
        AND measure = $measure
        AND time_period = $year
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND la_code LIKE '% / %'
),

figures AS (
    SELECT *
    FROM prints
    WHERE $vintage <> 'current' OR is_current
    -- First published: of the prints of this cell the earliest with a number; a computed one only where none is printed.
    QUALIFY row_number() OVER (
        PARTITION BY la_code
        ORDER BY value IS NULL, is_derived, print_published, is_current DESC
    ) = 1
),

joint_codes AS (
    SELECT DISTINCT unnest(string_split(la_code, ' / ')) AS la_code
    FROM area_statistics
    WHERE
        measure = $measure
        AND time_period = $year
        AND is_joint
        AND la_code LIKE '% / %'
        AND geographic_level = 'Local authority'
),

-- The children of the figure's year; where that is not printed, those of the grade's.
children AS (
    SELECT la_code, value AS children
    FROM area_statistics
    WHERE
        measure = 'population_0_17'
        AND time_period IN ($year, year($as_at::DATE))
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND is_current
        AND value IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY la_code ORDER BY time_period <> $year) = 1
),

-- One edition of the index is kept, so it stands beside figures of every year.
deprivation AS (
    SELECT la_code, value AS deprivation
    FROM area_statistics
    WHERE
        measure = 'imd_2019_average_score'
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND is_current
),

joined AS (
    SELECT
        authorities.la_code,
        authorities.la_name,
        authorities.region,
        authorities.la_code IN ('201', '420') AS is_very_small,
        counted.grade,
        counted.inspection_id,
        counted.framework,
        counted.published AS grade_published,
        counted.grade_source,
        figures.value,
        CASE WHEN figures.la_code IS NULL THEN 'not_printed' ELSE figures.value_status END AS value_status,
        figures.figure_source,
        children.children,
        deprivation.deprivation,
        joint_codes.la_code IS NOT NULL AS is_in_joint_row,
        coalesce(authorities.valid_to < $as_at::DATE, false) AS is_abolished,
        coalesce(authorities.valid_from > $figure_day::DATE, false) AS is_formed_later
    FROM authorities
    LEFT JOIN counted USING (la_code)
    LEFT JOIN figures USING (la_code)
    LEFT JOIN children USING (la_code)
    LEFT JOIN deprivation USING (la_code)
    LEFT JOIN joint_codes USING (la_code)
    WHERE coalesce(authorities.valid_from <= $as_at::DATE, true)
)

SELECT
    *,
    CASE
        WHEN is_abolished THEN 'abolished before the date of the grade'
        WHEN value IS NULL AND is_in_joint_row THEN 'only in a joint row of two authorities'
        WHEN value IS NULL AND is_formed_later THEN 'formed after the date of the figure'
        WHEN value IS NULL THEN 'figure ' || replace(value_status, '_', ' ')
        WHEN grade IS NULL AND $rule = 'next' THEN 'not inspected again since'
        WHEN grade IS NULL THEN 'not inspected, or this area not judged, by then'
        WHEN grade = 'not_judged' THEN 'area not judged'
        ELSE ''
    END AS lost_because
FROM joined
WHERE NOT (is_abolished AND value IS NULL)
ORDER BY la_code
