-- The measures as columns. The list is a type of the database, so that a measure added to measures.yml is a column here.
CREATE TYPE measure_name AS ENUM (
    SELECT measure
    FROM measures
    WHERE
        role = 'measure'
        AND measure IN (
            SELECT measure
            FROM area_statistics
            WHERE geographic_level = 'Local authority' AND source_kind = 'statistics'
        )
    ORDER BY measures.rowid
);

CREATE OR REPLACE VIEW figures_wide AS
WITH figures AS (
    SELECT la_code, la_name, time_period, measure, value
    FROM area_statistics
    WHERE
        geographic_level = 'Local authority'
        AND source_kind = 'statistics'
        AND is_current
        -- The hundreds of measures that are no column here would be pivoted for nothing.
        AND measure IN (SELECT unnest(enum_range(NULL::measure_name))::VARCHAR)
)

PIVOT figures ON measure IN measure_name USING first(value) GROUP BY la_code, la_name, time_period
ORDER BY la_code, time_period;
