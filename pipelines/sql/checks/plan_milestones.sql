-- Each milestone beside the action it belongs to.
SELECT
    milestones.*,
    (milestones.due IS NULL) <> (milestones.due_problem IS NULL) AS date_or_reason,
    EXISTS (
        FROM plan_actions AS actions
        WHERE
            actions.file_id = milestones.file_id
            AND actions.plan = milestones.plan
            AND actions.reference = milestones.action
    ) AS action_is_known,
    milestones.rowid AS row_in_table
FROM plan_milestones AS milestones
ORDER BY row_in_table
