-- The ten statistical neighbours of each authority in one edition.
SELECT la_code, la_name, rank, neighbour_la_code
FROM statistical_neighbours
WHERE edition = $edition
ORDER BY la_code, rank
