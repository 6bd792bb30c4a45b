"""What the tables say of themselves: row, key, columns with their meaning and words, source, coverage, sample rows."""

from typing import TYPE_CHECKING

from pipelines import paths, warehouse
from pipelines.errors import CouncilsError
from pipelines.query.engine import Result
from pipelines.query.formats import as_table, as_text
from pipelines.query.nearest import did_you_mean
from pipelines.query.vocabulary import about, relations, type_word

if TYPE_CHECKING:
    import duckdb

WORDS_SHOWN = 14
WIDTH = 110


def list_tables(con: "duckdb.DuckDBPyConnection") -> Result:
    """Every table, view and macro with what a row of it is: name, kind, rows, columns, one row per."""
    query = """
        FROM (SELECT table_name AS name, 'table' AS kind, estimated_size AS rows, column_count AS columns, comment
        FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()
        UNION ALL
        SELECT database_name || '.' || table_name, 'own table', estimated_size, column_count, NULL
        FROM duckdb_tables() WHERE NOT internal AND database_name = 'own'
        UNION ALL
        SELECT view_name, 'view', NULL, column_count, comment FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
        UNION ALL
        SELECT DISTINCT function_name || '(' || array_to_string(parameters, ', ') || ')',
            CASE function_type WHEN 'table_macro' THEN 'table macro' ELSE 'macro' END, NULL, NULL, comment
        FROM duckdb_functions() WHERE NOT internal AND function_type IN ('macro', 'table_macro')
) ORDER BY CASE kind WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'own table' THEN 4 ELSE 3 END, name
    """
    rows = [
        (
            name,
            kind,
            size,
            columns,
            _row_sentence(comment) or _own_sentence(str(name)) or _macro_sentence(str(name)),
        )
        for name, kind, size, columns, comment in con.execute(query).fetchall()
    ]
    return Result(
        ("name", "kind", "rows", "columns", "what"),
        ("VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR"),
        rows,
        False,
    )


def _row_sentence(comment: str | None) -> str:
    return (comment or "").split(" Source: ")[0].split(". ")[0].rstrip(".") + "." if comment else ""


def _own_sentence(name: str) -> str:
    """What a table of the analyst's own reports is; nothing for any other."""
    table = name.removeprefix("own.")
    return f"Of the reports you added (councils add); columns as in {table}." if table != name else ""


def _macro_sentence(name: str) -> str:
    """The first sentence of the comment that a macro's file begins with."""
    path = paths.package() / "sql" / "macros" / f"{name.split('(', maxsplit=1)[0]}.sql"
    if not path.exists():
        return ""
    lines = [
        s.removeprefix("--").strip()
        for s in path.read_text(encoding="utf-8").splitlines()
        if s.startswith("--")
    ]
    return " ".join(lines).split(". ")[0].rstrip(".") + "." if lines else ""


def describe(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    """A page about one table or view.

    Raises:
        CouncilsError: there is none of that name.
    """
    if table not in relations(con):
        hint = did_you_mean(table, relations(con)) or " See: councils tables."
        raise CouncilsError(f"There is no table '{table}'.{hint}")
    described = about(con, table)
    found = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    assert found is not None
    lines = [
        f"{table}: {described.row}",
        f"key      {', '.join(described.key)}",
        f"source   {warehouse.describe(table).source}",
        f"rows     {int(found[0]):,}",
        *[f"covers   {sentence}" for sentence in _coverage(con, table)],
        "",
        as_table(_columns(con, table), WIDTH * 2),
        "",
        "three rows:",
        *_samples(con, table),
    ]
    return "\n".join(lines)


def column_rows(con: "duckdb.DuckDBPyConnection", table: str) -> list[tuple[str, str, str, str]]:
    """(column, type, meaning, words it holds or its range) of one table, in order."""
    query = (
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal "
        f"AND database_name = current_database() AND table_name = '{table}' ORDER BY column_index"
    )
    rows = con.execute(query).fetchall()
    return [
        (str(n), type_word(str(t)), str(c or ""), _values(con, table, str(n), str(t))) for n, t, c in rows
    ]


def _columns(con: "duckdb.DuckDBPyConnection", table: str) -> Result:
    return Result(("column", "type", "holds", "meaning"), ("VARCHAR",) * 4,
                  [(n, t, v, m) for n, t, m, v in column_rows(con, table)], False)  # fmt: skip


def _values(con: "duckdb.DuckDBPyConnection", table: str, column: str, kind: str) -> str:
    """The words of a column where they are few, its range for numbers and dates, else how many there are."""
    name = f'"{column}"'
    if kind == "BOOLEAN":
        return "true, false"
    if kind.startswith("ENUM"):
        words = con.execute(
            f'SELECT DISTINCT {name} FROM "{table}" WHERE {name} IS NOT NULL ORDER BY 1'
        ).fetchall()
        return " < ".join(str(w[0]) for w in words)
    if kind == "VARCHAR":
        words = con.execute(
            f'SELECT DISTINCT {name} FROM "{table}" WHERE {name} IS NOT NULL ORDER BY 1 LIMIT {WORDS_SHOWN + 1}'
        ).fetchall()
        if len(words) <= WORDS_SHOWN and all(len(str(w[0])) <= 32 for w in words):
            return ", ".join(str(w[0]) or "''" for w in words)
        found = con.execute(f'SELECT count(DISTINCT {name}) FROM "{table}"').fetchone()
        return f"{int(found[0]) if found else 0:,} words"
    found = con.execute(f'SELECT min({name}), max({name}) FROM "{table}"').fetchone()
    if not found or found[0] is None:
        return "empty"
    return f"{as_text(found[0])} to {as_text(found[1])}"


def _coverage(con: "duckdb.DuckDBPyConnection", table: str) -> list[str]:
    """How many authorities and which years or days a table covers, where it has such columns."""
    columns = dict(con.execute(
        f"SELECT column_name, data_type FROM duckdb_columns() "
        f"WHERE NOT internal AND database_name = current_database() AND table_name = '{table}'"
    ).fetchall())  # fmt: skip
    parts = []
    if "la_code" in columns:
        query = (
            f"SELECT count(DISTINCT la_code) FROM \"{table}\" WHERE regexp_full_match(la_code, '[0-9]{{3}}')"
        )
        found = con.execute(query).fetchone()
        parts.append(f"{int(found[0]) if found else 0} authorities")
    for column in ("time_period", "published", "edition"):
        if column in columns:
            low, high = con.execute(f'SELECT min("{column}"), max("{column}") FROM "{table}"').fetchone() or (
                None,
                None,
            )
            if low is not None:
                parts.append(f"{column} {low} to {high}")
    return ["; ".join(parts)] if parts else []


def _samples(con: "duckdb.DuckDBPyConnection", table: str) -> list[str]:
    """Three rows from the start, the middle and the end, each on lines of name and value."""
    found = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    count = int(found[0]) if found else 0
    lines: list[str] = []
    for place in dict.fromkeys(p for p in (0, count // 2, count - 1) if 0 <= p < count):
        cursor = con.execute(f'SELECT * FROM "{table}" LIMIT 1 OFFSET {place}')
        names = [str(c[0]) for c in cursor.description or []]
        row = cursor.fetchone() or ()
        shown = [f"{n}={as_text(v)}" for n, v in zip(names, row, strict=True) if v is not None]
        lines.append("  " + ", ".join(shown))
    return lines or ["  (there are no rows)"]
