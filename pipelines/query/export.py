"""The whole database in another form: Parquet, CSV or SQLite, with descriptors other tools read."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths, warehouse
from pipelines.errors import CouncilsError
from pipelines.query.vocabulary import about

if TYPE_CHECKING:
    import duckdb

SUFFIX = {"parquet": ".parquet", "csv": ".csv"}
SQLITE = "councils.sqlite"
MARK = "datapackage.json"
_BATCH = 10_000


def export(folder: Path, form: str, database: Path | None = None) -> str:
    """Write every table of the database into a folder; gives back one line saying what was made.

    The files are made beside the folder and take its place together: an export is whole or not there.

    Raises:
        CouncilsError: there is no database, or the folder holds something that is not an earlier export.
    """
    import duckdb

    from pipelines.query.descriptors import write_descriptors

    path = database or paths.database()
    if not path.exists():
        raise CouncilsError(f"{path}: there is no database yet. Make it first: councils build.")
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).exists())):
        raise CouncilsError(f"{folder}: this is not empty and no earlier export. Name a new folder.")
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
        # Reading only: the file is opened read-only, and the one thing this connection writes is the export.
        with duckdb.connect(str(path), read_only=True) as con:
            rows = _write_tables(con, new, form)
            write_descriptors(con, new, form, rows)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError as error:
        raise CouncilsError(f"{folder}: the export cannot be written ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return f"exported {len(rows)} tables, {sum(rows.values()):,} rows as {form} in {folder}"


def _write_tables(con: "duckdb.DuckDBPyConnection", folder: Path, form: str) -> dict[str, int]:
    present = {
        str(r[0]) for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    }
    tables = [t for t in warehouse.tables() if t in present]
    if form == "sqlite":
        return _write_sqlite(con, folder / SQLITE, tables)
    if form not in SUFFIX:
        raise CouncilsError(f"There is no export as '{form}': parquet, csv or sqlite.")
    return {table: copy_table(con, table, folder / f"{table}{SUFFIX[form]}", form) for table in tables}


def copy_table(con: "duckdb.DuckDBPyConnection", table: str, target: Path, form: str) -> int:
    """Write one table as Parquet (its comments in the file) or CSV; gives back its rows.

    In CSV an empty text is `""` and a missing value is nothing, so that both come back as they were.
    """
    name = str(target).replace("'", "''")
    if form == "parquet":
        described = about(con, table)
        row = described.row.replace("'", "''")
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{description: '{row}'}}"
    else:
        options = "FORMAT csv, HEADER, DELIMITER ','"
    found = con.execute(f"COPY (FROM \"{table}\") TO '{name}' ({options})").fetchone()
    return int(found[0]) if found else 0


_SQLITE_TYPES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


def _write_sqlite(con: "duckdb.DuckDBPyConnection", target: Path, tables: list[str]) -> dict[str, int]:
    """Every table in one SQLite file: grades and dates as text, true and false as 1 and 0, comments as a table."""
    import sqlite3

    rows: dict[str, int] = {}
    out = sqlite3.connect(target)
    try:
        for table in tables:
            described = about(con, table)
            columns = ", ".join(f'"{n}" {_SQLITE_TYPES.get(t, "TEXT")}' for n, t, _ in described.columns)
            out.execute(f'CREATE TABLE "{table}" ({columns})')
            chosen = ", ".join(_for_sqlite(n, t) for n, t, _ in described.columns)
            cursor = con.execute(f'SELECT {chosen} FROM "{table}"')
            rows[table] = 0
            marks = ", ".join("?" for _ in described.columns)
            while batch := cursor.fetchmany(_BATCH):
                out.executemany(f'INSERT INTO "{table}" VALUES ({marks})', batch)
                rows[table] += len(batch)
        out.execute("CREATE TABLE comments (table_name TEXT, column_name TEXT, comment TEXT)")
        out.executemany("INSERT INTO comments VALUES (?, ?, ?)", list(_comments(con, tables)))
        out.commit()
    finally:
        out.close()
    return rows


def _for_sqlite(name: str, kind: str) -> str:
    return f'"{name}"' if kind in _SQLITE_TYPES or kind == "VARCHAR" else f'"{name}"::VARCHAR AS "{name}"'


def _comments(con: "duckdb.DuckDBPyConnection", tables: list[str]) -> list[tuple[str, str | None, str]]:
    found: list[tuple[str, str | None, str]] = []
    for table in tables:
        described = about(con, table)
        found.append((table, None, described.row))
        found += [(table, name, meaning) for name, _, meaning in described.columns]
    return found
