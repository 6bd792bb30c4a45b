CREATE VIEW disagreements AS
SELECT * EXCLUDE (row_order)
FROM (
    SELECT *, list_position(['open', 'explained'], outcome) AS row_order
    FROM checked_pairs
    WHERE outcome <> 'agree'
)
ORDER BY row_order, field, subject, item
