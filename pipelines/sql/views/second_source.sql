-- DfE's interactive tool beside the publications, cell by cell, for the measures that both have.
CREATE OR REPLACE VIEW second_source AS
WITH tool AS (
    SELECT measure, geographic_level, la_code, la_name, time_period, published_text, value, is_joint, is_current
    FROM area_statistics
    WHERE source_id = 'lait' AND measure NOT LIKE 'lait\_%' ESCAPE '\'
),

shared AS (
    SELECT measure, min(time_period) AS from_period, max(time_period) AS to_period
    FROM tool
    GROUP BY measure
),

official AS (
    -- The figure that stands where the tool's would not: the best of what is not the tool's.
    SELECT
        figures.measure,
        figures.geographic_level,
        figures.la_code,
        figures.la_name,
        figures.time_period,
        figures.value,
        figures.value_status,
        figures.is_derived,
        figures.rounded_to,
        figures.release
    FROM area_statistics AS figures
    INNER JOIN shared
        ON figures.measure = shared.measure
        AND figures.time_period BETWEEN shared.from_period AND shared.to_period
    WHERE figures.source_id <> 'lait' AND figures.source_kind = 'statistics' AND NOT figures.is_joint
    QUALIFY row_number() OVER (
        PARTITION BY figures.measure, figures.geographic_level, figures.la_code, figures.time_period
        ORDER BY figures.is_current DESC, figures.value IS NULL, figures.published DESC
    ) = 1
),

beside AS (
    SELECT
        measure,
        geographic_level,
        la_code,
        coalesce(official.la_name, tool.la_name) AS la_name,
        time_period,
        official.value AS official_value,
        official.value_status AS official_status,
        official.release AS official_release,
        official.is_derived AS official_is_derived,
        official.rounded_to AS official_rounded_to,
        tool.value AS lait_value,
        tool.published_text AS lait_text,
        tool.is_joint AS lait_is_joint,
        tool.is_current AS lait_is_current,
        measures.decimals
    FROM official
    FULL JOIN tool USING (measure, geographic_level, la_code, time_period)
    INNER JOIN measures USING (measure)
)

SELECT
    * EXCLUDE (decimals, official_rounded_to),
    lait_value - official_value AS difference,
    CASE
        WHEN lait_value IS NOT NULL AND official_value IS NOT NULL THEN
            CASE
                -- A rate computed here has all its places; the tool shows the measure's.
                WHEN abs(lait_value - official_value)
                    <= CASE WHEN official_is_derived THEN 0.5 * pow(10, -decimals) ELSE 0 END + 1e-6 THEN 'equal'
                ELSE 'differs'
            END
        WHEN lait_value IS NOT NULL THEN 'only lait'
        WHEN official_value IS NOT NULL THEN 'only official'
        ELSE 'neither'
    END AS comparison
FROM beside;
