-- Each action with what must hold of its date and its link.
SELECT
    plan_actions.*,
    (due IS NULL) <> (due_problem IS NULL) AS date_or_reason,
    coalesce(link_score BETWEEN 0 AND 1, true) AS score_is_a_share,
    rowid AS row_in_table
FROM plan_actions
ORDER BY row_in_table
