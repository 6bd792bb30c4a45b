"""What the tables say of themselves: row, key, columns with their meaning and words, source, coverage, sample rows."""

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from pipelines import paths, warehouse
from pipelines.errors import CouncilsError
from pipelines.query.engine import Result
from pipelines.query.formats import as_table, as_text
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import quoted
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
    comment = _macro_comment(name.split("(", maxsplit=1)[0])
    return comment.split(". ")[0].rstrip(".") + "." if comment else ""


def _macro_comment(name: str) -> str:
    """The comment that the file of a macro begins with; one file may hold two that belong together."""
    folder = paths.package() / "sql" / "macros"
    path = folder / f"{name}.sql"
    if not path.exists():
        made = re.compile(rf"MACRO {re.escape(name)}\(")
        files = [p for p in sorted(folder.glob("*.sql")) if made.search(p.read_text(encoding="utf-8"))]
        if not files:
            return ""
        path = files[0]
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)


def describe(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    """A page about one table, view or macro.

    Raises:
        CouncilsError: there is none of that name.
    """
    if table not in relations(con):
        macros = _macros(con)
        if table in macros:
            return _describe_macro(table, macros[table])
        if table.startswith("own."):
            return _describe_own(con, table.removeprefix("own."))
        hint = did_you_mean(table, [*relations(con), *macros]) or " See: councils tables."
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


def _macros(con: "duckdb.DuckDBPyConnection") -> dict[str, list[str]]:
    """The database's macros with the names of their arguments."""
    rows = con.execute(
        "SELECT function_name, parameters FROM duckdb_functions() "
        "WHERE NOT internal AND function_type IN ('macro', 'table_macro')"
    ).fetchall()
    return {str(name): [str(p) for p in parameters] for name, parameters in rows}


def _describe_macro(name: str, arguments: list[str]) -> str:
    """What a macro gives and takes, by the comment of its file, with the example questions that call it."""
    from pipelines.query.examples import all_examples

    lines = [
        f"{name}({', '.join(arguments)}): a macro, called with its arguments in this order or by name (name := …)"
    ]
    if comment := _macro_comment(name):
        lines += ["", *wrap(comment, WIDTH)]
    if used := [e.name for e in all_examples() if f"{name}(" in e.sql]:
        lines += ["", f"examples {', '.join(used)} (councils sql --example {used[0]})"]
    return "\n".join(lines)


def _describe_own(con: "duckdb.DuckDBPyConnection", table: str) -> str:
    """A table of the reports the analyst added: its columns are those of the shipped one."""
    found = con.execute(
        "SELECT estimated_size FROM duckdb_tables() WHERE database_name = 'own' "
        f"AND table_name = {quoted(table)}"
    ).fetchone()
    if found is None:
        raise CouncilsError(
            f"There is no table 'own.{table}': you have no reports of your own there. See: councils add --help."
        )
    shown = as_table(_columns(con, table), WIDTH * 2)
    return f"own.{table}: {_own_sentence(f'own.{table}')}\nrows     {int(found[0]):,}\n\n{shown}"


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
            return ", ".join(str(w[0]) or "''" for w in words) or "empty"
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
