-- The measures that figures_wide has as columns, as a type, so that a measure added to measures.yml is a column there.
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
