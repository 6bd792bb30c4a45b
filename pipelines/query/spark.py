"""The example questions on Apache Spark, over the exported Parquet: the road beyond one machine (docs/scale.md).

Spark reads the tables. Views without macros are views there too, in its dialect. What a table macro gives, and the views
that call one, are small (a row per authority and day) and rest on rules that stay in one place: DuckDB computes them,
and they are Parquet beside the tables.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.query.dialect import Known, Translated, known_of, translate
from pipelines.query.export import copy_table
from pipelines.query.statement import quoted
from pipelines.query.vocabulary import about

if TYPE_CHECKING:
    import duckdb

DIALECT = "spark"


@dataclass(slots=True)
class OnSpark:
    """A Spark session with the database's tables and views."""

    session: Any
    con: "duckdb.DuckDBPyConnection"
    folder: Path
    known: Known
    # The relations made so far, each with how: table, view (computed by Spark), rows (computed by DuckDB).
    made: dict[str, str]


def open_spark(database: Path, folder: Path, session: Any) -> OnSpark:
    """The tables of a database in a Spark session, as Parquet in a folder that is new or empty."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    # Beside whatever else in this process has the file open; the one thing this connection writes is Parquet.
    con = duckdb.connect()
    con.execute(f"ATTACH {quoted(str(database))} AS councils (READ_ONLY)")
    con.execute("USE councils")
    return OnSpark(session, con, folder, known_of(con), {})


def local_session() -> Any:
    """Spark on this machine alone.

    Raises:
        CouncilsError: pyspark or Java is not here.
    """
    import shutil

    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise CouncilsError("Spark is not installed: pip install 'councils[spark]'.") from error
    if shutil.which("java") is None:
        raise CouncilsError("Spark needs Java 17, and there is no java on this machine's path.")
    return (
        SparkSession.builder.master("local[2]").appName("councils")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )  # fmt: skip


def ask(on: OnSpark, query: str) -> list[tuple[Any, ...]]:
    """The rows of a DuckDB query, computed by Spark.

    Raises:
        CouncilsError: the query asks what only DuckDB can do; the sentence says what.
    """
    translated = _with_relations(on, query)
    return [tuple(row) for row in on.session.sql(translated.sql).collect()]


def _with_relations(on: OnSpark, query: str) -> Translated:
    translated = translate(query, on.known, DIALECT, _name_of_call)
    for name in translated.relations:
        if name not in on.made:
            _make(on, name, translated.calls.get(name))
    return translated


def _name_of_call(call: str) -> str:
    return f"{call.partition('(')[0].lower()}_{sha256(call.encode()).hexdigest()[:8]}"


def _make(on: OnSpark, name: str, call: str | None) -> None:
    view = on.con.execute(
        "SELECT sql FROM duckdb_views() WHERE view_name = ? AND NOT internal", [name]
    ).fetchone()
    if view is not None and not _calls_a_macro(on, str(view[0])):
        made = _with_relations(on, str(view[0]))
        on.session.sql(made.sql).createOrReplaceTempView(name)
        on.made[name] = "view"
        return
    target = on.folder / f"{name}.parquet"
    if call is None:
        copy_table(on.con, about(on.con, name), target, "parquet")
    else:
        on.con.execute(f"COPY (FROM {call}) TO '{target}' (FORMAT parquet)")
    on.session.read.parquet(str(target)).createOrReplaceTempView(name)
    on.made[name] = "table" if view is None and call is None else "rows"


def _calls_a_macro(on: OnSpark, text: str) -> bool:
    try:
        return bool(translate(text, on.known, DIALECT, _name_of_call).calls)
    except CouncilsError:
        return True
