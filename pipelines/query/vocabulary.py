"""The names and words of the database: its tables, columns, functions, grades, and the values a column may hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.query.statement import quoted
from pipelines.warehouse import describe

if TYPE_CHECKING:
    import duckdb

# A column with more words than this has no list of words (a text as printed, an identifier of a row).
WORDS = 700
# The curated database alone: an analyst's own one may stand beside it.
_HERE = "database_name = current_database()"


def relations(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """The names of every table and view of the database."""
    query = (
        f"SELECT table_name FROM duckdb_tables() WHERE NOT internal AND {_HERE} UNION ALL "
        f"SELECT view_name FROM duckdb_views() WHERE NOT internal AND {_HERE} ORDER BY 1"
    )
    return [str(r[0]) for r in con.execute(query).fetchall()]


def columns_of(con: "duckdb.DuckDBPyConnection", tables: Iterable[str]) -> list[str]:
    """The columns of some tables; of every table where none of them is known."""
    wanted = ", ".join(quoted(t) for t in tables) or "''"
    query = f"SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal AND {_HERE}"
    found = con.execute(f"{query} AND table_name IN ({wanted}) ORDER BY 1").fetchall()
    return [str(r[0]) for r in found or con.execute(f"{query} ORDER BY 1").fetchall()]


def column_types(con: "duckdb.DuckDBPyConnection", tables: Iterable[str]) -> dict[str, dict[str, str]]:
    """The columns of some tables with their types, by table."""
    wanted = ", ".join(quoted(t) for t in tables) or "''"
    rows = con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        f"WHERE NOT internal AND {_HERE} AND table_name IN ({wanted})"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(str(table), {})[str(column)] = str(kind)
    return found


@dataclass(frozen=True, slots=True)
class TableAbout:
    """What the database itself says of a table: a row, its key, and each column's name, type and meaning."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]


def about(con: "duckdb.DuckDBPyConnection", table: str) -> TableAbout:
    """Types and comments as this database file has them; the key by the table's description.

    The type of a grade is `grade`, as in the descriptions.
    """
    comment = con.execute(
        f"SELECT comment FROM duckdb_tables() WHERE {_HERE} AND table_name = {quoted(table)} "
        f"UNION ALL SELECT comment FROM duckdb_views() WHERE {_HERE} AND view_name = {quoted(table)}"
    ).fetchone()
    rows = con.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        f"WHERE NOT internal AND {_HERE} AND table_name = {quoted(table)} ORDER BY column_index"
    ).fetchall()
    columns = tuple((str(n), type_word(str(t)), str(c)) for n, t, c in rows)
    names = {n for n, _, _ in columns}
    try:
        key = describe(table).key
    except CouncilsError:
        # A table of another edition of the database, whose key is not known here.
        key = ()
    row = str(comment[0] or "") if comment else ""
    return TableAbout(table, row.split(" Source: ")[0], key if set(key) <= names else (), columns)


def type_word(kind: str) -> str:
    """DuckDB's type as a short word: an ENUM of the grades is `grade`, another ENUM is text."""
    if kind.startswith("ENUM('not_judged'"):
        return "grade"
    return "VARCHAR" if kind.startswith("ENUM") else kind


def functions(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """The functions and macros a query may call."""
    query = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_full_match(function_name, '[a-z_0-9]+')"
    return [str(r[0]) for r in con.execute(query).fetchall()]


def grade_scale(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """The grades, lowest first."""
    found = con.execute("SELECT unnest(enum_range(NULL::grade))::VARCHAR").fetchall()
    return [str(r[0]) for r in found]


def holds(con: "duckdb.DuckDBPyConnection", table: str, column: str, value: str) -> bool:
    """Whether some row of the table has this value in this column."""
    query = f'SELECT 1 FROM "{table}" WHERE "{column}"::VARCHAR = {quoted(value)} LIMIT 1'
    return con.execute(query).fetchone() is not None


def spelling_of(con: "duckdb.DuckDBPyConnection", table: str, column: str, word: str) -> str | None:
    """The word as a column spells it, case aside; none where no row has it."""
    query = f'SELECT "{column}"::VARCHAR FROM "{table}" WHERE lower("{column}"::VARCHAR) = lower({quoted(word)}) LIMIT 1'
    row = con.execute(query).fetchone()
    return str(row[0]) if row else None


def words_of(con: "duckdb.DuckDBPyConnection", table: str, column: str) -> list[str]:
    """The words a column holds, where they are few enough to be a vocabulary; else none."""
    query = (
        f'SELECT DISTINCT "{column}"::VARCHAR FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT {WORDS + 1}'
    )
    found = [str(r[0]) for r in con.execute(query).fetchall()]
    return sorted(found) if len(found) <= WORDS else []


def bounds_of(con: "duckdb.DuckDBPyConnection", table: str, column: str) -> tuple[str, str] | None:
    """The least and the greatest value of a column, as text; none for a column without values."""
    row = con.execute(f'SELECT min("{column}")::VARCHAR, max("{column}")::VARCHAR FROM "{table}"').fetchone()
    return (str(row[0]), str(row[1])) if row and row[0] is not None else None
