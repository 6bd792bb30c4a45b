-- The measures as columns, one for each of the type measure_name, written out by the build: so a query that wants two of
-- them computes two. A PIVOT computes all of them, and lets no condition on a council or year through to the table.
CREATE OR REPLACE VIEW figures_wide AS
SELECT
    la_code,
    la_name,
    time_period,
    {measure_columns}
FROM area_statistics
WHERE
    geographic_level = 'Local authority'
    AND source_kind = 'statistics'
    AND is_current
    AND measure IN (SELECT unnest(enum_range(NULL::measure_name))::VARCHAR)
GROUP BY la_code, la_name, time_period
ORDER BY la_code, time_period;
