CREATE OR REPLACE MACRO transition_matrix(
    from_date,
    to_date,
    area := 'overall',
    cut_off_months := 0,
    published_by_from := NULL,
    published_by_to := NULL,
    frameworks := NULL,
    abolished := 'leave',
    successors := 'begin_anew'
) AS TABLE
WITH counted AS (
    SELECT
        CASE WHEN status_from = 'graded' THEN grade_from::VARCHAR ELSE status_from END AS standing_from,
        CASE WHEN status_to = 'graded' THEN grade_to::VARCHAR ELSE status_to END AS standing_to,
        count(*) AS authorities
    FROM moves(
        from_date, to_date, area := area, cut_off_months := cut_off_months, published_by_from := published_by_from,
        published_by_to := published_by_to, frameworks := frameworks, abolished := abolished, successors := successors
    )
    GROUP BY ALL
)

SELECT
    standing_from,
    standing_to,
    authorities,
    sum(authorities) OVER (PARTITION BY standing_from)::BIGINT AS authorities_from,
    100 * authorities / sum(authorities) OVER (PARTITION BY standing_from) AS share_percent
FROM counted
ORDER BY ALL;

COMMENT ON MACRO TABLE transition_matrix IS
'One row per standing at the first date and standing at the second (grades, or why there is none), with the authorities that went from one to the other and their share of those at the first. The sum is every authority that exists on either date. Options as in moves.';
