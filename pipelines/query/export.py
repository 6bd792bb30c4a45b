"""The whole database in another form: Parquet, CSV or SQLite, with descriptors other tools read."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths, warehouse
from pipelines.errors import CouncilsError
from pipelines.query.vocabulary import TableAbout, about_each

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
            tables = _tables(con)
            rows = _write_tables(con, tables, new, form)
            write_descriptors(con, new, form, [(table, rows[table.name]) for table in tables])
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError as error:
        raise CouncilsError(f"{folder}: the export cannot be written ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return f"exported {len(rows)} tables, {sum(rows.values()):,} rows as {form} in {folder}"


def _tables(con: "duckdb.DuckDBPyConnection") -> list[TableAbout]:
    """The tables of this file in the order of the build, each as the file describes it."""
    present = {
        str(r[0]) for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    }
    return list(about_each(con, [t for t in warehouse.tables() if t in present]).values())


def _write_tables(
    con: "duckdb.DuckDBPyConnection", tables: list[TableAbout], folder: Path, form: str
) -> dict[str, int]:
    if form == "sqlite":
        return _write_sqlite(con, folder / SQLITE, tables)
    if form not in SUFFIX:
        raise CouncilsError(f"There is no export as '{form}': parquet, csv or sqlite.")
    return {t.name: copy_table(con, t, folder / f"{t.name}{SUFFIX[form]}", form) for t in tables}


def copy_table(con: "duckdb.DuckDBPyConnection", table: TableAbout, target: Path, form: str) -> int:
    """Write one table as Parquet (its comments in the file) or CSV; gives back its rows.

    In CSV an empty text is `""` and a missing value is nothing, so that both come back as they were.
    """
    name = str(target).replace("'", "''")
    if form == "parquet":
        row = table.row.replace("'", "''")
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{description: '{row}'}}"
    else:
        options = "FORMAT csv, HEADER, DELIMITER ','"
    found = con.execute(f"COPY (FROM \"{table.name}\") TO '{name}' ({options})").fetchone()
    return int(found[0]) if found else 0


_SQLITE_TYPES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


def _write_sqlite(con: "duckdb.DuckDBPyConnection", target: Path, tables: list[TableAbout]) -> dict[str, int]:
    """Every table in one SQLite file: grades and dates as text, true and false as 1 and 0, comments as a table."""
    import sqlite3

    rows: dict[str, int] = {}
    out = sqlite3.connect(target)
    try:
        for table in tables:
            columns = ", ".join(f'"{n}" {_SQLITE_TYPES.get(t, "TEXT")}' for n, t, _ in table.columns)
            out.execute(f'CREATE TABLE "{table.name}" ({columns})')
            chosen = ", ".join(_for_sqlite(n, t) for n, t, _ in table.columns)
            cursor = con.execute(f'SELECT {chosen} FROM "{table.name}"')
            rows[table.name] = 0
            marks = ", ".join("?" for _ in table.columns)
            while batch := cursor.fetchmany(_BATCH):
                out.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', batch)
                rows[table.name] += len(batch)
        out.execute("CREATE TABLE comments (table_name TEXT, column_name TEXT, comment TEXT)")
        out.executemany("INSERT INTO comments VALUES (?, ?, ?)", _comments(tables))
        out.commit()
    finally:
        out.close()
    return rows


def _for_sqlite(name: str, kind: str) -> str:
    return f'"{name}"' if kind in _SQLITE_TYPES or kind == "VARCHAR" else f'"{name}"::VARCHAR AS "{name}"'


def _comments(tables: list[TableAbout]) -> list[tuple[str, str | None, str]]:
    found: list[tuple[str, str | None, str]] = []
    for table in tables:
        found.append((table.name, None, table.row))
        found += [(table.name, name, meaning) for name, _, meaning in table.columns]
    return found
