-- Where does a council's grade for leadership differ from its grade for help and protection today?
SELECT
    leadership.la_name,
    leadership.grade AS leadership,
    protection.grade AS help_and_protection,
    grade_rank(leadership.grade) - grade_rank(protection.grade) AS steps_apart
FROM latest_judgements AS leadership
INNER JOIN latest_judgements AS protection USING (inspection_id)
WHERE
    leadership.area = 'leadership'
    AND protection.area = 'help_and_protection'
    AND leadership.grade <> protection.grade
ORDER BY steps_apart, leadership.la_name
