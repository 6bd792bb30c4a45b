"""The names and words of the database: its tables, columns, functions, grades, and the values a column may hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.query.statement import quoted

if TYPE_CHECKING:
    from pipelines.query.asks import Asks

# A column with more words than this has no list of words (a text as printed, an identifier of a row).
WORDS = 700
# The curated database alone: an analyst's own one may stand beside it.
_HERE = "database_name = current_database()"


def relations(con: "Asks") -> list[str]:
    """The names of every table and view of the database."""
    query = (
        f"SELECT table_name FROM duckdb_tables() WHERE NOT internal AND {_HERE} UNION ALL "
        f"SELECT view_name FROM duckdb_views() WHERE NOT internal AND {_HERE} ORDER BY 1"
    )
    return [str(r[0]) for r in con.execute(query).fetchall()]


def columns_of(con: "Asks", tables: Iterable[str]) -> list[str]:
    """The columns of some tables; of every table where none of them is known."""
    wanted = ", ".join(quoted(t) for t in tables) or "''"
    query = f"SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal AND {_HERE}"
    found = con.execute(f"{query} AND table_name IN ({wanted}) ORDER BY 1").fetchall()
    return [str(r[0]) for r in found or con.execute(f"{query} ORDER BY 1").fetchall()]


def column_types(con: "Asks", tables: Iterable[str]) -> dict[str, dict[str, str]]:
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


def about(con: "Asks", table: str) -> TableAbout:
    """Types and comments as this database file has them; the key by the table's description.

    The type of a grade is `grade`, as in the descriptions.
    """
    return about_each(con, [table])[table]


def about_each(con: "Asks", tables: Iterable[str]) -> dict[str, TableAbout]:
    """The same of several tables. The catalogue is read whole for each question asked of it, so it is asked once."""
    columns: dict[str, list[tuple[str, str, str]]] = {table: [] for table in tables}
    wanted = f"IN ({', '.join(quoted(table) for table in columns) or 'NULL'})"
    comments = dict(
        con.execute(
            f"SELECT table_name, comment FROM duckdb_tables() WHERE {_HERE} AND table_name {wanted} "
            f"UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE {_HERE} AND view_name {wanted}"
        ).fetchall()
    )
    rows = con.execute(
        "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        f"WHERE NOT internal AND {_HERE} AND table_name {wanted} ORDER BY table_name, column_index"
    ).fetchall()
    for table, name, kind, meaning in rows:
        columns[str(table)].append((str(name), type_word(str(kind)), str(meaning)))
    return {
        table: TableAbout(
            table, str(comments.get(table) or "").split(" Source: ")[0], _key(table, found), tuple(found)
        )
        for table, found in columns.items()
    }


def _key(table: str, columns: list[tuple[str, str, str]]) -> tuple[str, ...]:
    from pipelines.warehouse import describe

    try:
        key = describe(table).key
    except CouncilsError:
        # A table of another edition of the database, whose key is not known here.
        return ()
    return key if set(key) <= {name for name, _, _ in columns} else ()


def type_word(kind: str) -> str:
    """DuckDB's type as a short word: an ENUM of the grades is `grade`, another ENUM is text."""
    if kind.startswith("ENUM('not_judged'"):
        return "grade"
    return "VARCHAR" if kind.startswith("ENUM") else kind


def functions(con: "Asks") -> list[str]:
    """The functions and macros a query may call."""
    query = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE regexp_full_match(function_name, '[a-z_0-9]+')"
    return [str(r[0]) for r in con.execute(query).fetchall()]


def grade_scale(con: "Asks") -> list[str]:
    """The grades, lowest first."""
    found = con.execute("SELECT unnest(enum_range(NULL::grade))::VARCHAR").fetchall()
    return [str(r[0]) for r in found]


def holds(con: "Asks", table: str, column: str, value: str) -> bool:
    """Whether some row of the table has this value in this column."""
    query = f'SELECT 1 FROM "{table}" WHERE "{column}"::VARCHAR = {quoted(value)} LIMIT 1'
    return con.execute(query).fetchone() is not None


def spelling_of(con: "Asks", table: str, column: str, word: str) -> str | None:
    """The word as a column spells it, case aside; none where no row has it."""
    query = f'SELECT "{column}"::VARCHAR FROM "{table}" WHERE lower("{column}"::VARCHAR) = lower({quoted(word)}) LIMIT 1'
    row = con.execute(query).fetchone()
    return str(row[0]) if row else None


def words_of(con: "Asks", table: str, column: str) -> list[str]:
    """The words a column holds, where they are few enough to be a vocabulary; else none."""
    query = (
        f'SELECT DISTINCT "{column}"::VARCHAR FROM "{table}" WHERE "{column}" IS NOT NULL LIMIT {WORDS + 1}'
    )
    found = [str(r[0]) for r in con.execute(query).fetchall()]
    return sorted(found) if len(found) <= WORDS else []


def bounds_of(con: "Asks", table: str, column: str) -> tuple[str, str] | None:
    """The least and the greatest value of a column, as text; none for a column without values."""
    row = con.execute(f'SELECT min("{column}")::VARCHAR, max("{column}")::VARCHAR FROM "{table}"').fetchone()
    return (str(row[0]), str(row[1])) if row and row[0] is not None else None
