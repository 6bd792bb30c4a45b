-- Whether the database has a table of that name.
SELECT count(*) > 0 AS is_there
FROM information_schema.tables
WHERE table_catalog = current_database() AND table_name = $name
