-- Whether the database has a table of that name.
SELECT count(*) > 0 AS is_there
FROM information_schema.tables
WHERE table_name = $name
