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
}


def all_statements() -> list[tuple[str, str]]:
    """(name, statement) of each, in order; a line's name is the line."""
    lines = [
        line.replace("\f", "\n") for block in (FILES, NETWORK, WRITES, SESSION) for line in block.split("\n")
    ]
    return [(line, line) for line in lines] + list(BOMBS.items())
