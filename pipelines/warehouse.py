"""Stations three and four: `data/raw` to the curated database, atomically.

The road of a build, in order: registries and SQL files make candidate tables in memory; the suites part good rows
from rejected ones; the good rows go into a new database file with types, comments, views and macros; the file takes
the old one's place only when it is whole.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import judgement_areas, paths
from pipelines.contents import (
    ANSWERS,
    CANDIDATES,
    GRADE_SCALE,
    MACROS,
    MACROS_BEFORE,
    READ_ONCE,
    REGISTRIES,
    TYPES,
    VIEWS,
    VIEWS_BEFORE,
)
from pipelines.corrections import check_corrections, correction_rows
from pipelines.errors import CouncilsError
from pipelines.progress import progress
from pipelines.registry import load_yaml, measures, sources

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class TableDescription:
    """What a table's `.yml` says: what a row is, its key, where it comes from, and each column's type and meaning."""

    table: str
    row: str
    key: tuple[str, ...]
    source: str
    columns: tuple[tuple[str, str, str], ...]


@cache
def describe(table: str) -> TableDescription:
    """The description of a table (`pipelines/sql/{marts,registries,views,answers}/<table>.yml`)."""
    for folder in ("marts", "registries", "views", "answers"):
        path = paths.package() / "sql" / folder / f"{table}.yml"
        if path.exists():
            entry = load_yaml(path)
            columns = tuple((c["name"], c["type"], c["description"]) for c in entry["columns"])
            return TableDescription(table, entry["row"], tuple(entry["key"]), entry["source"], columns)
    raise CouncilsError(f"The table '{table}' has no description: write pipelines/sql/marts/{table}.yml.")


def tables() -> tuple[str, ...]:
    """Every table of the curated database, in the order they are made."""
    return (*facts(), *ANSWERS)


def facts() -> tuple[str, ...]:
    """The tables of facts and registries: all but the answers that stand on them."""
    marts = tuple(name.split("/")[1] for name in CANDIDATES if name.startswith("marts/"))
    return (*marts, *REGISTRIES, "rejected")


def sql_text(name: str) -> str:
    """The text of one SQL file, by its folder and name."""
    return (paths.package() / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def make_candidates(con: "duckdb.DuckDBPyConnection", raw: Path) -> None:
    """Make every candidate table in `con` from the files of `raw`.

    Raises:
        CouncilsError: a raw file is missing or is not as the register of files says.
    """
    con.execute(f"CREATE TYPE grade AS ENUM ({', '.join(repr(g) for g in GRADE_SCALE)})")
    _set_variables(con, raw)
    _load_registries(con, raw)
    for name in MACROS_BEFORE:
        con.execute(sql_text(f"macros/{name}"))
    for name in progress(CANDIDATES, "tables"):
        _make_candidate(con, name)


def _make_candidate(con: "duckdb.DuckDBPyConnection", name: str) -> None:
    import duckdb

    table = name.split("/")[1]
    try:
        con.execute(f'CREATE {"VIEW" if name in READ_ONCE else "TABLE"} "{table}" AS {sql_text(name)}')
    except duckdb.IOException as error:
        raise CouncilsError(
            f"{table}: a file of data/raw cannot be read ({_first_line(error)}). "
            "Bring data/raw back as the repository ships it (git checkout data/raw)."
        ) from error
    except duckdb.InvalidInputException as error:
        raise CouncilsError(
            f"{table}: a file of data/raw is damaged ({_first_line(error)}). "
            "Bring data/raw back as the repository ships it (git checkout data/raw)."
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _set_variables(con: "duckdb.DuckDBPyConnection", raw: Path) -> None:
    """Tell the SQL files where the raw tables stand: the folder, and the lists of files of each kind."""
    con.execute("SET VARIABLE raw = ?", [str(raw).replace("\\", "/")])
    con.execute("SET VARIABLE package = ?", [str(paths.package()).replace("\\", "/")])
    for kind in ("statistics", "inspections"):
        files = [file for source in sources().values() if source.kind == kind for file in source.files]
        for suffix, variable in (("csv", f"{kind}_files"), ("parquet", f"{kind}_parquet")):
            found = [
                str(raw / f"{file.file_id}.{suffix}").replace("\\", "/")
                for file in files
                if bool(file.options.get("parquet")) == (suffix == "parquet")
            ]
            lost = [name for name in found if not Path(name).exists()]
            if lost:
                raise CouncilsError(
                    f"{lost[0]}: the raw table is missing. Bring data/raw back as the repository ships it "
                    "(git checkout data/raw), or read the publishers' files anew (councils extract)."
                )
            con.execute(f"SET VARIABLE {variable} = ?", [found])


def _load_registries(con: "duckdb.DuckDBPyConnection", raw: Path) -> None:
    package = paths.package()
    for table, path in (
        ("source_files", raw / "source_files.csv"),
        ("symbols", package / "symbols.csv"),
        ("regions", package / "regions.csv"),
        ("joint_areas", package / "joint_areas.csv"),
        ("rounding", package / "rounding.csv"),
        ("explanations", package / "explanations.csv"),
        ("public_readings", package / "public_readings.csv"),
        ("first_releases", package / "first_releases.csv"),
        ("area_notes", package / "area_notes.csv"),
        ("frameworks", package / "frameworks.csv"),
        ("grades", package / "grades.csv"),
    ):
        _typed_csv(con, table, path)
    _insert(con, "sources", ({**vars_of(s), "files_count": len(s.files)} for s in sources().values()))
    _insert(con, "measures", (_measure_row(entry) for entry in measures().values()))
    _insert(con, "judgement_areas", judgement_areas.rows())
    con.execute(sql_text("registries/lait_measures"))
    _insert(con, "corrections", correction_rows())
    check_corrections(con, raw)


def vars_of(source: Any) -> dict[str, Any]:
    """A registry entry as a row: its fields by name."""
    return {name: getattr(source, name) for name in source.__slots__}


def _measure_row(entry: dict[str, Any]) -> dict[str, Any]:
    breaks = entry.get("breaks")
    return {
        **entry,
        "is_derived": entry.get("is_derived", False),
        "has_limits": entry.get("has_limits", False),
        "is_inherited": entry.get("is_inherited", False),
        "sum_of": " ".join(entry["sum_of"]) if "sum_of" in entry else None,
        "breaks": json.dumps(breaks, ensure_ascii=False) if breaks else None,
    }


def _typed_csv(con: "duckdb.DuckDBPyConnection", table: str, path: Path) -> None:
    """Load a CSV registry with the types its description gives."""
    columns = ", ".join(
        f'nullif("{name}", \'\')::{kind} AS "{name}"'
        if kind != "VARCHAR"
        else f'coalesce("{name}", \'\') AS "{name}"'
        for name, kind, _ in describe(table).columns
    )
    name = str(path).replace("'", "''")
    con.execute(
        f"CREATE TABLE \"{table}\" AS SELECT {columns} FROM read_csv('{name}', all_varchar = true, header = true)"
    )


def _insert(con: "duckdb.DuckDBPyConnection", table: str, rows: Iterable[dict[str, Any]]) -> None:
    columns = describe(table).columns
    con.execute(f'CREATE TABLE "{table}" ({", ".join(f"{chr(34)}{n}{chr(34)} {t}" for n, t, _ in columns)})')
    con.executemany(
        f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in columns)})',
        [[row.get(name) for name, _, _ in columns] for row in rows],
    )


def write_database(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Write the accepted rows of every table, with types and comments, and the views and macros, into a new file."""
    with _attached(con, path):
        # One transaction: two hundred comments would otherwise be two hundred writes.
        con.execute("BEGIN")
        con.execute(f"CREATE TYPE curated.grade AS ENUM ({', '.join(repr(g) for g in GRADE_SCALE)})")
        for table in facts():
            _write_table(con, table)
        con.execute("COMMIT")
        con.execute("USE curated")
        for name in VIEWS_BEFORE:
            _write_view(con, name)
        for name in MACROS:
            con.execute(sql_text(f"macros/{name}"))
        con.execute("BEGIN")
        for name in TYPES:
            con.execute(sql_text(f"types/{name}"))
        for name in VIEWS:
            _write_view(con, name)
        con.execute("COMMIT")


def write_answers(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Add the tables of answers to the database file at `path`."""
    with _attached(con, path):
        con.execute("BEGIN")
        for table in ANSWERS:
            _write_table(con, table)
        con.execute("COMMIT")


@contextmanager
def _attached(con: "duckdb.DuckDBPyConnection", path: Path) -> Iterator[None]:
    """The file at `path` as the database `curated`, let go of at the end whatever became of it."""
    import duckdb

    con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS curated")
    try:
        yield
    finally:
        # A write that failed (a full disk) leaves its transaction open, and the next statement would hide why.
        with suppress(duckdb.TransactionException):
            con.execute("ROLLBACK")
        con.execute("USE memory")
        con.execute("DETACH curated")


def _write_table(con: "duckdb.DuckDBPyConnection", table: str) -> None:
    about = describe(table)
    made = [r[0] for r in con.execute(f'DESCRIBE "{table}"').fetchall()]
    described = [name for name, _, _ in about.columns]
    lost, unknown = set(described) - set(made), set(made) - set(described) - NESTED.get(table, set())
    if lost or unknown:
        raise CouncilsError(
            f"{table}: its description and its SQL do not name the same columns "
            f"(described only: {', '.join(sorted(lost)) or 'none'}; made only: {', '.join(sorted(unknown)) or 'none'})."
        )
    quoted = table_name(table)
    columns = ", ".join(
        f'"{name}" {kind if kind != "grade" else "curated.grade"}' for name, kind, _ in about.columns
    )
    con.execute(f"CREATE TABLE curated.{quoted} ({columns})")
    chosen = ", ".join(
        f'"{name}"' if kind != "grade" else f'"{name}"::VARCHAR' for name, kind, _ in about.columns
    )
    rejected = con.execute("SELECT count(*) FROM rejected_rows WHERE table_name = ?", [table]).fetchone()
    # Rows go over in the candidate's own order; sorting a large table again would cost as much as making it.
    only_good = (
        f"WHERE NOT EXISTS (FROM rejected_rows WHERE table_name = '{table}' AND row_number = candidate.rowid) "
        "ORDER BY candidate.rowid"
        if rejected and rejected[0]
        else ""
    )
    con.execute(f"INSERT INTO curated.{quoted} SELECT {chosen} FROM {quoted} AS candidate {only_good}")
    con.execute(
        f"COMMENT ON TABLE curated.{quoted} IS ?".replace(
            "?", _literal(f"{about.row} Source: {about.source}.")
        )
    )
    for name, _, meaning in about.columns:
        con.execute(f'COMMENT ON COLUMN curated.{quoted}."{name}" IS {_literal(meaning)}')


def _write_view(con: "duckdb.DuckDBPyConnection", view: str) -> None:
    """Create a view in the database in use, with its comments; a column that is a measure says its title and unit."""
    about = describe(view)
    con.execute(_written_out(con, sql_text(f"views/{view}")))
    made = [r[0] for r in con.execute(f'DESCRIBE "{view}"').fetchall()]
    meanings = {name: meaning for name, _, meaning in about.columns}
    for name in set(made) - set(meanings):
        if name in measures():
            meanings[name] = f"{measures()[name]['title']}. Unit: {measures()[name]['unit']}."
    if set(made) != set(meanings):
        raise CouncilsError(
            f"{view}: its description and its SQL do not name the same columns "
            f"({', '.join(sorted(set(made) ^ set(meanings)))})."
        )
    con.execute(f'COMMENT ON VIEW "{view}" IS {_literal(f"{about.row} Source: {about.source}.")}')
    for name, meaning in meanings.items():
        con.execute(f'COMMENT ON COLUMN "{view}"."{name}" IS {_literal(meaning)}')


def _written_out(con: "duckdb.DuckDBPyConnection", view: str) -> str:
    """The text of a view with what the build writes into it, each from the tables as they are.

    `{measure_columns}` is a column for each measure of the type measure_name, in its order; `{years}` the years that some
    authority has a figure of these measures for. A view that looked for its years itself would read every figure.
    """
    measures_wanted = "SELECT unnest(enum_range(NULL::measure_name))::VARCHAR"
    if "{measure_columns}" in view:
        names = con.execute(measures_wanted).fetchall()
        columns = (f"first(value) FILTER (measure = '{name}') AS \"{name}\"" for (name,) in names)
        view = view.replace("{measure_columns}", ",\n    ".join(columns))
    if "{years}" in view:
        years = con.execute(
            "SELECT DISTINCT time_period FROM area_statistics "
            f"WHERE geographic_level = 'Local authority' AND is_current AND measure IN ({measures_wanted}) ORDER BY ALL"
        ).fetchall()
        view = view.replace("{years}", ", ".join(str(year) for (year,) in years))
    return view


# Columns a candidate carries for the tables after it, which the database does not show.
NESTED: dict[str, set[str]] = {"inspection_sources": {"grades_printed"}}


def table_name(table: str) -> str:
    """The table's name, quoted."""
    return f'"{table}"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def export_parquet(database: Path, folder: Path, chosen: tuple[str, ...] | None = None) -> dict[str, str]:
    """Write each table (all, or those chosen) as Parquet in the order of its key, the same bytes each time; gives back their sha256.

    A table's sha256 is what a chart or notebook remembers of what it stands on.
    """
    import duckdb

    from pipelines.sources.opening import sha256_of

    folder.mkdir(parents=True)
    digests = {}
    with duckdb.connect(str(database), read_only=True) as con:
        con.execute("SET enable_progress_bar = false")
        for table in chosen or tables():
            target = folder / f"{table}.parquet"
            name = str(target).replace("'", "''")
            con.execute(f"COPY (FROM {table_name(table)}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)")
            digests[table] = sha256_of(target)
    return digests
