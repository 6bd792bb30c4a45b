-- Each plan beside its pack, its actions and its milestones.
SELECT
    plans.*,
    plans.actions = (SELECT count(*) FROM plan_actions AS a WHERE a.file_id = plans.file_id AND a.plan = plans.plan)
        AS actions_are_all_there,
    plans.milestones
    = (SELECT count(*) FROM plan_milestones AS m WHERE m.file_id = plans.file_id AND m.plan = plans.plan)
        AS milestones_are_all_there,
    plans.inspection_id IS NOT DISTINCT FROM reports.inspection_id AS inspection_is_the_packs,
    plans.rowid AS row_in_table
FROM plans
LEFT JOIN reports USING (file_id)
ORDER BY row_in_table
