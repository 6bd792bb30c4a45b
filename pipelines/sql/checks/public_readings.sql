-- Each public reading beside the report it is of.
SELECT
    readings.*,
    EXISTS (FROM reports WHERE reports.la_code = readings.la_code AND reports.published = readings.published)
        AS report_is_held,
    readings.rowid AS row_in_table
FROM public_readings AS readings
ORDER BY row_in_table
