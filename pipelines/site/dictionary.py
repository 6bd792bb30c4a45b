"""The data dictionary, read from the database's own COMMENTs: tables, columns, types, meanings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.charts.rows import fetch

if TYPE_CHECKING:
    import duckdb

_COLUMNS = """
SELECT
    'table' AS kind, tables.table_name AS name, tables.comment AS about, tables.estimated_size AS rows,
    columns.column_name AS column, columns.data_type AS type, columns.comment AS meaning
FROM duckdb_tables() AS tables
INNER JOIN duckdb_columns() AS columns USING (database_oid, table_oid)
WHERE NOT tables.internal AND tables.database_name = current_database()
UNION ALL
SELECT
    'view', views.view_name, views.comment, NULL,
    columns.column_name, columns.data_type, columns.comment
FROM duckdb_views() AS views
INNER JOIN duckdb_columns() AS columns ON views.database_oid = columns.database_oid AND views.view_oid = columns.table_oid
WHERE NOT views.internal AND views.database_name = current_database()
"""
_ORDERED = f"""
SELECT * FROM ({_COLUMNS}) AS found
INNER JOIN (
    SELECT table_name AS name, column_name AS column, column_index FROM duckdb_columns()
    WHERE NOT internal AND database_name = current_database()
) AS places USING (name, "column")
ORDER BY kind, name, column_index
"""
_MACROS = """
SELECT DISTINCT function_name AS name, array_to_string(parameters, ', ') AS parameters, comment AS about
FROM duckdb_functions()
WHERE NOT internal AND function_type IN ('macro', 'table_macro')
ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, and what it holds with unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table or view: what a row is and where it comes from, how many rows, and its columns."""

    kind: str
    name: str
    about: str
    rows: int | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """One macro that SQL may call, with its parameters and what it gives."""

    name: str
    parameters: str
    about: str


def read_tables(connection: "duckdb.DuckDBPyConnection") -> list[Table]:
    """Every table and view, by name."""
    found: dict[str, tuple[str, str, list[Column]]] = {}
    for row in fetch(connection, _ORDERED):
        entry = found.setdefault(row["name"], (row["kind"], row["about"] or "", []))
        entry[2].append(Column(row["column"], _short_type(row["type"]), row["meaning"] or ""))
    return [
        Table(kind, name, about, _count(connection, name) if kind == "table" else None, tuple(columns))
        for name, (kind, about, columns) in found.items()
    ]


def read_macros(connection: "duckdb.DuckDBPyConnection") -> list[Macro]:
    """Every macro, by name."""
    return [Macro(row["name"], row["parameters"], row["about"] or "") for row in fetch(connection, _MACROS)]


def _count(connection: "duckdb.DuckDBPyConnection", table: str) -> int:
    return int(fetch(connection, f'SELECT count(*) AS n FROM "{table}"')[0]["n"])


def _short_type(kind: str) -> str:
    """An ENUM's type lists its words; the list stands in the column's meaning already."""
    return "ENUM" if kind.startswith("ENUM") else kind


def markdown(tables: Sequence[Table], macros: Sequence[Macro]) -> str:
    """The dictionary as Markdown. It holds no row counts: those change with the data, this with its shape."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from the COMMENTs of the database (`councils build`); a test keeps this page equal to them. Every",
        "table and column has one: `SELECT comment FROM duckdb_columns() WHERE table_name = 'judgements'`.",
        "",
    ]
    lines += [f"- [`{table.name}`](#{table.name}): {_first_sentence(table.about)}" for table in tables]
    for table in tables:
        lines += ["", f"## {table.name}", "", table.about, "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type} | {_cell(c.meaning)} |" for c in table.columns]
    lines += ["", "## Macros", ""]
    lines += [
        f"- `{macro.name}({macro.parameters})`{': ' if macro.about else ''}{macro.about}" for macro in macros
    ]
    return "\n".join(lines) + "\n"


def write_markdown(database: Path, path: Path) -> None:
    """Write the dictionary of `database` to `path`."""
    from pipelines.open import open_database

    with open_database(database) as connection:
        text = markdown(read_tables(connection), read_macros(connection))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
