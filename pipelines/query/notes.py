"""The notes beside an exported result: what was asked, which publications answer, what symbols mean, the licence."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipelines.query.complaints import tables_named
from pipelines.query.statement import quoted
from pipelines.query.vocabulary import column_types

if TYPE_CHECKING:
    import duckdb

    from pipelines.query.engine import Result
    from pipelines.query.statement import Statement

_ATTRIBUTION = "Contains public sector information licensed under the {}."
_FORMULAS = (
    "Cells are stored as texts, numbers and dates, never as formulas: a text that begins with =, +, - or @ is marked as "
    "text. An empty cell is a missing value, not a zero."
)


def notes(
    con: "duckdb.DuckDBPyConnection", statement: "Statement", result: "Result", parameters: Mapping[str, str]
) -> list[list[Any]]:
    """Rows (topic, text) for a sheet of notes."""
    rows: list[list[Any]] = [["note", "text"], ["Query", statement.text]]
    rows += [["Parameter", f"{name} = {value}"] for name, value in parameters.items()]
    rows.append(["Rows", f"{len(result.rows):,}" + (" (cut: there are more)" if result.is_cut else "")])
    types = column_types(con, tables_named(statement))
    rows += _columns(con, result, list(types))
    used = sources_used(con, types)
    rows += [["Source", f"{title} ({citation}). {licence}."] for title, citation, licence, _ in used]
    rows += [["Release", f"{title}: {', '.join(releases)}"] for title, _, _, releases in used if releases]
    rows += _symbols(con, types)
    rows += [["Licence", _ATTRIBUTION.format(licence)] for licence in dict.fromkeys(u[2] for u in used)]
    rows.append(["Cells", _FORMULAS])
    return rows


def _columns(con: "duckdb.DuckDBPyConnection", result: "Result", tables: list[str]) -> list[list[Any]]:
    if not tables:
        return []
    listed = ", ".join(quoted(t) for t in tables)
    comments = dict(
        con.execute(
            "SELECT column_name, any_value(comment) FROM duckdb_columns() "
            f"WHERE NOT internal AND database_name = current_database() AND table_name IN ({listed}) GROUP BY 1"
        ).fetchall()
    )
    return [["Column", f"{c}: {comments[c]}"] for c in result.columns if comments.get(c)]


def sources_used(
    con: "duckdb.DuckDBPyConnection", types: dict[str, dict[str, str]]
) -> list[tuple[str, str, str, list[str]]]:
    """(title, citation, licence, releases) of the publications that the rows of some tables were read from.

    A view made of other tables has no source column of its own: all publications are named for it.
    """
    parts = [
        f'SELECT source_id, {"release" if "release" in columns else "NULL"} AS release FROM "{table}"'
        for table, columns in types.items()
        if "source_id" in columns
    ]
    if not parts:
        parts = ["SELECT source_id, release FROM source_files"]
    rows = con.execute(
        "SELECT sources.title, sources.citation, sources.licence, "
        "list(DISTINCT used.release ORDER BY used.release) FILTER (used.release IS NOT NULL) "
        f"FROM ({' UNION '.join(parts)}) AS used INNER JOIN sources USING (source_id) GROUP BY ALL ORDER BY 1"
    ).fetchall()
    return [(str(t), str(c), str(li), [str(r) for r in releases or []]) for t, c, li, releases in rows]


def _symbols(con: "duckdb.DuckDBPyConnection", types: dict[str, dict[str, str]]) -> list[list[Any]]:
    if not any("value_status" in columns for columns in types.values()):
        return []
    rows = con.execute(
        "SELECT DISTINCT symbol, value_status, meaning FROM symbols ORDER BY value_status, symbol, meaning"
    ).fetchall()
    return [
        ["Symbol", f"{'an empty cell' if s == '' else s}: {status} — {meaning}"]
        for s, status, meaning in rows
    ]
