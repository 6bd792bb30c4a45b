"""The tables of answers: asked of the finished database, before it takes the old one's place.

The questions are put to the new file itself, with its views and macros, so they stand on the accepted rows alone and are
those a reader would get. The suites see their rows as they see any other table's; a broken rule stops the build, since
an answer that breaks one is a fault of the code and not of a publisher's row.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.contents import ANSWERS
from pipelines.warehouse import describe

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_ARROW = {"BIGINT": "int64", "DOUBLE": "float64", "BOOLEAN": "bool_", "DATE": "date32"}


def make_answers(con: "duckdb.DuckDBPyConnection", database: Path) -> None:
    """Ask every headline of the database and keep its rows as candidate tables in `con`.

    Raises:
        CouncilsError: the database lacks what a question stands on.
    """
    import duckdb

    from pipelines.relations.headlines import headline_rows

    with duckdb.connect(str(database), read_only=True) as built:
        built.execute("SET enable_progress_bar = false")
        # Three hundred small questions: sharing each between threads costs more than it saves.
        built.execute("SET threads = 1")
        rows = headline_rows(built)
    for table in ANSWERS:
        _keep(con, table, rows[table])


def _keep(con: "duckdb.DuckDBPyConnection", table: str, rows: list[dict[str, Any]]) -> None:
    columns = describe(table).columns
    con.register("answers", _arrow(columns, rows))
    typed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind, _ in columns)
    con.execute(f'CREATE TABLE "{table}" AS SELECT {typed} FROM answers')
    con.unregister("answers")


def _arrow(columns: tuple[tuple[str, str, str], ...], rows: list[dict[str, Any]]) -> "pa.Table":
    """The rows as a table DuckDB reads at once; one by one ten thousand rows would take longer than asking them."""
    import pyarrow as pa

    return pa.table(
        {
            name: pa.array([row[name] for row in rows], getattr(pa, _ARROW.get(kind, "string"))())
            for name, kind, _ in columns
        }
    )
