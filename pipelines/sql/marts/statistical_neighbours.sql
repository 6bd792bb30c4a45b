WITH printed AS (
    SELECT
        *,
        replace(replace(replace(filename, '\', '/'), getvariable('raw') || '/', ''), '.csv', '') AS file_id
    FROM read_csv(
        getvariable('raw') || '/statistical_neighbours/*/*.csv',
        all_varchar = true, header = true, union_by_name = true, filename = true
    )
)

SELECT
    printed.old_la_code AS la_code,
    authorities.la_name,
    files.release::INTEGER AS edition,
    printed.rank::INTEGER AS rank,
    printed.neighbour_code AS neighbour_la_code,
    neighbours.la_name AS neighbour_la_name,
    trim(printed.closeness) AS closeness,
    files.source_id,
    printed.file_id,
    printed.row::BIGINT AS row
FROM printed
INNER JOIN source_files AS files USING (file_id)
LEFT JOIN authorities ON printed.old_la_code = authorities.la_code
LEFT JOIN authorities AS neighbours ON printed.neighbour_code = neighbours.la_code
ORDER BY edition, printed.old_la_code, printed.rank::INTEGER
