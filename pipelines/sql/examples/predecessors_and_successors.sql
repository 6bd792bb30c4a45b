-- Which authorities were abolished or formed since 2009, and what did they become?
SELECT
    changes.vesting_date,
    before.la_name AS predecessor,
    after.la_name AS successor,
    changes.part_printed
FROM authority_changes AS changes
INNER JOIN authorities AS before ON changes.predecessor_la_code = before.la_code
INNER JOIN authorities AS after ON changes.successor_la_code = after.la_code
ORDER BY changes.vesting_date, predecessor, successor
