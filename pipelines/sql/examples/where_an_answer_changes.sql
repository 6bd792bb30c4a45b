-- Under which other choices does the answer on the looked-after rate and the grade change?
SELECT kind, choice, n, round(value, 2) AS value, round(lower_95, 2) AS lower_95, round(upper_95, 2) AS upper_95, no_link
FROM relation_sensitivity
WHERE answer_id = 'grade and figure:looked_after_rate' AND answer_changes
ORDER BY kind, choice
