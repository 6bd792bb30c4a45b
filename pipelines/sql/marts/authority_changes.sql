-- Both columns of the register name the change; a pair printed in either is one row.
WITH pairs AS (
    SELECT predecessor AS predecessor_printed, la_code AS successor_la_code, la_code AS printed_for
    FROM (SELECT la_code, unnest(string_split(predecessors, ';')) AS predecessor FROM stg_authorities)

    UNION ALL

    SELECT la_code AS predecessor_printed, regexp_extract(successor, '[0-9]{3}') AS successor_la_code, la_code
    FROM (SELECT la_code, unnest(string_split(successors, ';')) AS successor FROM stg_authorities)
)

SELECT
    regexp_extract(pairs.predecessor_printed, '[0-9]{3}') AS predecessor_la_code,
    pairs.successor_la_code,
    any_value(successor.valid_from) AS vesting_date,
    max(nullif(regexp_extract(pairs.predecessor_printed, '\((.*)\)', 1), '')) AS part_printed
FROM pairs
INNER JOIN stg_authorities AS successor ON pairs.successor_la_code = successor.la_code
GROUP BY ALL
ORDER BY ALL
