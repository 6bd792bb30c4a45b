-- Which publications are in this database, which of their releases, and how many figures of each?
SELECT sources.title, sources.publisher, files.release, count(DISTINCT files.file_id) AS files, sum(files.rows) AS rows_read
FROM sources
INNER JOIN source_files AS files USING (source_id)
GROUP BY ALL
ORDER BY sources.publisher, sources.title, files.release
