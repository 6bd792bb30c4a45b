-- What there is and what is missing: each measure and year, over the authorities that existed on its day.
CREATE OR REPLACE VIEW coverage AS
WITH figures AS (
    SELECT measure, la_code, time_period, value, value_status, is_current, is_joint
    FROM area_statistics
    WHERE geographic_level = 'Local authority' AND source_kind = 'statistics'
),

years AS (
    SELECT
        figures.measure,
        figures.time_period,
        measures.role,
        -- The day an authority must exist on: 31 March, or 30 September for the workforce.
        make_date(figures.time_period, CASE WHEN any_value(measures.as_at) LIKE '%September%' THEN 9 ELSE 3 END, 30) AS day
    FROM figures
    INNER JOIN measures USING (measure)
    GROUP BY figures.measure, figures.time_period, measures.role
    HAVING count(figures.value) > 0
),

existing AS (
    SELECT years.measure, years.time_period, years.role, authorities.la_code, authorities.la_name
    FROM years
    CROSS JOIN authorities
    WHERE coalesce(authorities.valid_from <= years.day, true) AND coalesce(authorities.valid_to >= years.day, true)
),

joint_figures AS (
    SELECT measure, time_period, unnest(string_split(la_code, ' / ')) AS la_code
    FROM figures
    WHERE la_code LIKE '% / %' AND is_current
),

states AS (
    SELECT
        existing.measure,
        existing.time_period,
        existing.role,
        existing.la_name,
        CASE
            WHEN figures.value IS NOT NULL THEN 'number'
            WHEN joint_figures.la_code IS NOT NULL THEN 'joint'
            WHEN figures.value_status IS NOT NULL THEN figures.value_status
            ELSE 'not_printed'
        END AS state
    FROM existing
    LEFT JOIN figures
        ON existing.measure = figures.measure
        AND existing.time_period = figures.time_period
        AND existing.la_code = figures.la_code
        AND figures.is_current
    LEFT JOIN joint_figures
        ON existing.measure = joint_figures.measure
        AND existing.time_period = joint_figures.time_period
        AND existing.la_code = joint_figures.la_code
)

SELECT
    measure,
    time_period,
    any_value(role) AS role,
    count(*) AS authorities,
    count(*) FILTER (state = 'number') AS numbers,
    count(*) FILTER (state = 'joint') AS joint,
    count(*) FILTER (state = 'suppressed') AS suppressed,
    count(*) FILTER (state = 'not_applicable') AS not_applicable,
    count(*) FILTER (state = 'not_available') AS not_available,
    count(*) FILTER (state = 'low_reliability') AS low_reliability,
    count(*) FILTER (state IN ('rounds_to_zero', 'negligible')) AS rounds_to_zero,
    count(*) FILTER (state = 'not_stated') AS not_stated,
    count(*) FILTER (state = 'not_printed') AS not_printed,
    string_agg(la_name, '; ' ORDER BY la_name) FILTER (state IN ('not_available', 'low_reliability', 'not_printed'))
        AS missing_names
FROM states
GROUP BY measure, time_period;
