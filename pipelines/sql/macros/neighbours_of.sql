-- The statistical neighbours of an authority, by its code or name, nearest first; the newest edition that has it
-- unless one is named. Columns have names of their own where arguments are used (see nearest_figure).
CREATE OR REPLACE MACRO neighbours_of(council, of_edition := NULL) AS TABLE
WITH every_pair AS (
    SELECT
        la_code AS pair_la_code,
        name_key(la_name) AS pair_name_key,
        edition AS pair_edition,
        max(edition) OVER (PARTITION BY la_code) AS pair_newest_edition,
        rank AS pair_rank,
        neighbour_la_code AS pair_neighbour_la_code,
        neighbour_la_name AS pair_neighbour_la_name,
        trim(closeness) AS pair_closeness
    FROM statistical_neighbours
),

wanted_pairs AS (
    SELECT *
    FROM every_pair
    WHERE
        (pair_la_code = council OR pair_name_key = name_key(council))
        AND pair_edition = coalesce(of_edition, pair_newest_edition)
)

SELECT
    pair_rank AS rank,
    pair_neighbour_la_code AS la_code,
    pair_neighbour_la_name AS la_name,
    pair_closeness AS closeness,
    pair_edition AS edition
FROM wanted_pairs
ORDER BY pair_rank;
