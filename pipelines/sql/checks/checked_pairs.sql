-- Each pair with what its outcome must keep to.
SELECT
    checked_pairs.*,
    (outcome = 'agree') = (value_a = value_b) AS outcome_agrees,
    (outcome = 'explained') = (category IS NOT NULL AND explanation IS NOT NULL) AS explained_says_why,
    rowid AS row_in_table
FROM checked_pairs
ORDER BY row_in_table
