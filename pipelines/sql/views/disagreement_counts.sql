CREATE VIEW disagreement_counts AS
SELECT
    field,
    count(*) AS pairs,
    count(*) FILTER (outcome = 'agree') AS agreed,
    count(*) FILTER (outcome = 'explained') AS explained,
    count(*) FILTER (outcome = 'open') AS open
FROM checked_pairs
GROUP BY field
ORDER BY field
