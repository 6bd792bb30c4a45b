-- One row per question asked and authority that exists on its date, or had a figure of its year and is abolished since:
-- the grade for the area by the rule and the measure's figure of the year in the wanted vintage, joined by code.
-- `lost_because` says why a row cannot be used.
WITH questions AS (
    SELECT unnest($questions::STRUCT(
        question INTEGER, measure VARCHAR, year INTEGER, area VARCHAR, rule VARCHAR, as_at DATE, figure_day DATE,
        published_by DATE, vintage VARCHAR, joint VARCHAR
    ) []) AS asked
),

asked AS (
    SELECT unnest(asked)
    FROM questions
),

graded AS (
    SELECT
        inspections.inspection_id,
        inspections.la_code,
        inspections.published,
        inspections.framework,
        judgements.area,
        judgements.grade::VARCHAR AS grade,
        inspections.source_id || ' ' || inspections.release AS grade_source,
        coalesce(inspections.inspection_start, inspections.published) AS visited
    FROM inspections
    INNER JOIN judgements USING (inspection_id)
    WHERE inspections.framework IN ('sif', 'sif_reinspection', 'ilacs')
),

held AS (
    SELECT DISTINCT days.as_at, days.published_by, profile.la_code, profile.area, profile.inspection_id
    FROM
        (SELECT DISTINCT as_at, published_by FROM asked WHERE rule = 'held') AS days,
        as_at(days.as_at, published_by := days.published_by) AS profile
),

counted AS (
    SELECT asked.question, graded.*
    FROM asked
    INNER JOIN held USING (as_at, published_by, area)
    INNER JOIN graded ON held.inspection_id = graded.inspection_id AND held.area = graded.area
    WHERE asked.rule = 'held'
    UNION ALL
    SELECT *
    FROM (
        SELECT asked.question, graded.*
        FROM asked
        INNER JOIN graded USING (area)
        WHERE asked.rule = 'next' AND graded.visited > asked.as_at
        QUALIFY row_number() OVER (
            PARTITION BY asked.question, graded.la_code ORDER BY graded.visited, graded.published
        ) = 1
    )
    UNION ALL
    SELECT *
    FROM (
        SELECT asked.question, graded.*
        FROM asked
        INNER JOIN graded USING (area)
        WHERE asked.rule = 'last'
        QUALIFY row_number() OVER (
            PARTITION BY asked.question, graded.la_code ORDER BY graded.visited DESC, graded.published DESC
        ) = 1
    )
),

prints AS (
    SELECT
        measure,
        time_period AS year,
        la_code,
        value,
        value_status,
        is_current,
        is_joint,
        source_id || ' ' || release AS figure_source,
        published AS print_published,
        is_derived,
        source_id = 'lait' AS is_second_source
    FROM area_statistics
    WHERE
        measure IN (SELECT measure FROM asked)
        AND time_period IN (SELECT year FROM asked)
        AND geographic_level = 'Local authority'
        AND source_kind = 'statistics'
),

shared AS (
    SELECT * REPLACE (unnest(string_split(la_code, ' / ')) AS la_code)
    FROM prints
    WHERE la_code LIKE '% / %'
),

figures AS (
    SELECT asked.question, usable.*
    FROM asked
    INNER JOIN (
        SELECT *, false AS is_shared
        FROM prints
        WHERE NOT is_joint
        UNION ALL
        SELECT *, true AS is_shared
        FROM shared
    ) AS usable USING (measure, year)
    WHERE (asked.vintage <> 'current' OR usable.is_current) AND (asked.joint = 'both' OR NOT usable.is_shared)
    -- First published: of the prints of this cell the earliest with a number; a computed one only where none is printed,
    -- DfE's tool only where no publication prints the cell.
    QUALIFY row_number() OVER (
        PARTITION BY asked.question, usable.la_code
        ORDER BY usable.is_second_source, usable.value IS NULL, usable.is_derived, usable.print_published, usable.is_current DESC
    ) = 1
),

joint_codes AS (
    SELECT DISTINCT measure, year, la_code
    FROM shared
    WHERE is_joint
),

-- The children of the figure's year; where that is not printed, those of the grade's.
children AS (
    SELECT asked.question, found.la_code, found.value AS children
    FROM asked
    INNER JOIN (
        SELECT la_code, time_period, value
        FROM area_statistics
        WHERE
            measure = 'population_0_17'
            AND geographic_level = 'Local authority'
            AND source_kind = 'statistics'
            AND is_current
            AND value IS NOT NULL
    ) AS found ON found.time_period IN (asked.year, year(asked.as_at))
    QUALIFY row_number() OVER (
        PARTITION BY asked.question, found.la_code ORDER BY found.time_period <> asked.year
    ) = 1
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
        asked.question,
        asked.rule,
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
        coalesce(authorities.valid_to < asked.as_at, false) AS is_abolished,
        coalesce(authorities.valid_from > asked.figure_day, false) AS is_formed_later
    FROM asked
    INNER JOIN authorities ON coalesce(authorities.valid_from <= asked.as_at, true)
    LEFT JOIN counted ON asked.question = counted.question AND authorities.la_code = counted.la_code
    LEFT JOIN figures ON asked.question = figures.question AND authorities.la_code = figures.la_code
    LEFT JOIN children ON asked.question = children.question AND authorities.la_code = children.la_code
    LEFT JOIN deprivation ON authorities.la_code = deprivation.la_code
    LEFT JOIN joint_codes
        ON asked.measure = joint_codes.measure
        AND asked.year = joint_codes.year
        AND authorities.la_code = joint_codes.la_code
)

SELECT
    * EXCLUDE (rule),
    CASE
        WHEN is_abolished THEN 'abolished before the date of the grade'
        WHEN value IS NULL AND is_in_joint_row THEN 'only in a joint row of two authorities'
        WHEN value IS NULL AND is_formed_later THEN 'formed after the date of the figure'
        WHEN value IS NULL THEN 'figure ' || replace(value_status, '_', ' ')
        WHEN grade IS NULL AND rule = 'next' THEN 'not inspected again since'
        WHEN grade IS NULL THEN 'not inspected, or this area not judged, by then'
        WHEN grade = 'not_judged' THEN 'area not judged'
        ELSE ''
    END AS lost_because
FROM joined
WHERE NOT (is_abolished AND value IS NULL)
ORDER BY question, la_code
