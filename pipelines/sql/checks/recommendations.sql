-- Each recommendation without its list of themes, which the suite does not look at.
SELECT recommendations.* EXCLUDE (themes), recommendations.rowid AS row_in_table
FROM recommendations
ORDER BY row_in_table
