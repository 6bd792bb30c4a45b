-- Each range of releases with its ends compared.
SELECT
    joint_areas.*,
    joint_areas.from_rank <= joint_areas.to_rank AS range_is_forward,
    joint_areas.rowid AS row_in_table
FROM joint_areas
ORDER BY row_in_table
