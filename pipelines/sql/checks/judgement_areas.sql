-- Each area of the crosswalk beside the frameworks.
SELECT
    framework,
    area,
    framework IN (SELECT framework FROM frameworks) AS framework_is_known,
    judgement_areas.rowid AS row_in_table
FROM judgement_areas
ORDER BY row_in_table
