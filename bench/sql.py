"""`python bench/sql.py [--scale N …]`: ad-hoc SQL against its floors, as ratios in one run.

* cold: `councils sql QUERY` in a process of its own against the `duckdb` binary on the same file and query (the binary of
  the package duckdb-cli itself, not the Python script that starts it): the query of `councils sql --help`, and every
  example. Told beside it: a query that asks the file nothing, the least a Python program can do with the engine in it
  (import the compiled module, open the file, ask, print), and the command `duckdb` as the package installs it.
* warm: all example questions together, once each on an open connection.
* export: every table as Parquet against bare COPY of the same tables.
* scale: a database N times the size (every authority N times, made by this script with a fixed seed) answering the
  same questions.
"""

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from pipelines import paths, warehouse
from pipelines.query.engine import connect, execute_all
from pipelines.query.examples import all_examples
from pipelines.query.export import export
from pipelines.query.sql_cli import EXAMPLES
from pipelines.query.start import program
from pipelines.query.statement import prepare

# What is measured, seconds of ours, seconds of the floor, and the ratio we hold ourselves to (none: told for the sake of
# the others).
Row = tuple[str, float, float, float | None]
RUNS = 11
COLD_LIMIT, WARM_LIMIT, EXPORT_LIMIT, SCALE_LIMIT = 1.5, 1.0, 1.3, 10.0
# Tables whose rows are of an authority and multiply with it.
CODES = ("la_code", "neighbour_la_code", "predecessor_la_code", "successor_la_code", "inspected_la_code")


def in_turn(works: dict[str, Callable[[], object]], runs: int = RUNS) -> dict[str, float]:
    """The median time of each of some pieces of work, taken in turns, so that a busy machine is busy for all of them.

    A first round does not count.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for counted in range(runs + 1):
        for name, work in works.items():
            began = time.perf_counter()
            work()
            if counted:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of one piece of work, after one that does not count."""
    return in_turn({"work": work}, runs)["work"]


def process(*words: str) -> Callable[[], object]:
    """A command of its own process, its output thrown away; it must succeed.

    It keeps its compiled modules, as an installed command does.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=kept
    )


def cli_binary() -> str:
    """The engine's own command: the binary that the package duckdb-cli holds, not the script that starts it."""
    path = program()
    if path is None:
        sys.exit("bench/sql.py: the package duckdb-cli of requirements.lock is not installed.")
    return path


def bare_python(database: Path, query: str) -> list[str]:
    """The least a Python program does to answer: no package around the engine, no parser of words, no limits."""
    script = f"import _duckdb; print(_duckdb.connect({str(database)!r}, read_only=True).execute({query!r}).fetchall())"
    return [sys.executable, "-c", script]


def cold(database: Path) -> list[Row]:
    """First answers of the command, the binary's of the same query beside them."""
    folder = Path(sys.executable).parent
    nothing, first = "SELECT 1", shlex.split(EXAMPLES[0])[1]

    def ours(query: str) -> list[str]:
        return [str(folder / "councils"), "sql", query, "--database", str(database), "--quiet"]

    def theirs(query: str, command: str = cli_binary()) -> list[str]:
        return [command, "-readonly", str(database), "-c", query]

    took = in_turn(
        {
            "first": process(*ours(first)),
            "first, binary": process(*theirs(first)),
            "nothing": process(*ours(nothing)),
            "nothing, binary": process(*theirs(nothing)),
            "python": process(*bare_python(database, nothing)),
            "installed": process(*theirs(nothing, str(folder / "duckdb"))),
            "help": process(str(folder / "councils"), "sql", "--help"),
        }
    )
    each = [e.sql for e in all_examples()]
    pairs = [in_turn({"ours": process(*ours(q)), "binary": process(*theirs(q))}, 3) for q in each]
    return [
        ("cold, the query of --help / duckdb binary", took["first"], took["first, binary"], COLD_LIMIT),
        (
            f"cold, {len(each)} examples one by one / duckdb binary",
            sum(p["ours"] for p in pairs),
            sum(p["binary"] for p in pairs),
            COLD_LIMIT,
        ),
        (
            "  the example furthest from it",
            *max(((p["ours"], p["binary"]) for p in pairs), key=lambda pair: pair[0] / pair[1]),
            None,
        ),
        (
            "  SELECT 1, which asks the file nothing / duckdb binary",
            took["nothing"],
            took["nothing, binary"],
            None,
        ),
        (
            "  the same / the command duckdb as its package installs it",
            took["nothing"],
            took["installed"],
            None,
        ),
        (
            "  bare Python with the engine, SELECT 1 / duckdb binary",
            took["python"],
            took["nothing, binary"],
            None,
        ),
        ("  councils sql --help / duckdb binary, SELECT 1", took["help"], took["nothing, binary"], None),
    ]


def questions(con: duckdb.DuckDBPyConnection) -> dict[str, Callable[[], object]]:
    """Each example as a piece of work on an open connection."""
    prepared = {example.name: prepare(con, example.sql) for example in all_examples()}
    return {name: partial(execute_all, con, statement, seconds=600.0) for name, statement in prepared.items()}


def answer_all(database: Path) -> float:
    """Seconds for every example once, on an open connection that has answered them before."""
    with connect(database) as con:
        works = list(questions(con).values())
        return seconds(lambda: [work() for work in works], 5)


def bare_copy(database: Path, folder: Path) -> None:
    """The floor of an export: COPY of each table, nothing else."""
    folder.mkdir(exist_ok=True)
    with duckdb.connect(str(database), read_only=True) as con:
        present = {
            r[0] for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        }
        for table in warehouse.tables():
            if table in present:
                target = folder / f"{table}.parquet"
                con.execute(f"COPY \"{table}\" TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def exported(database: Path) -> Row:
    """Export of everything against bare COPY."""
    with tempfile.TemporaryDirectory() as folder:
        took = in_turn(
            {
                "ours": lambda: export(Path(folder) / "ours", "parquet", database),
                "bare": lambda: bare_copy(database, Path(folder) / "bare"),
            },
            5,
        )
    return ("export as Parquet / bare COPY", took["ours"], took["bare"], EXPORT_LIMIT)


def multiply(database: Path, target: Path, times: int) -> None:
    """A database of the same tables and views in which every authority stands `times` times, copies with codes of their
    own and values moved by a seeded factor of 0.9 to 1.1; England and the regions stay once.

    The figures lie in order, as in a table of that size they should: the current ones before those that a later release
    replaced, then by year, measure and authority. A query then passes over most of the file unread.
    """
    shutil.copy(database, target)
    with duckdb.connect(str(target)) as con:
        con.execute("SET memory_limit = '6GB'")
        con.execute(f"CREATE TEMP TABLE copies AS SELECT range AS n FROM range(1, {times})")
        tables = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
        ).fetchall()
        for (table,) in tables:
            kinds = {r[0]: r[1] for r in con.execute(f'DESCRIBE "{table}"').fetchall()}
            if not set(kinds) & set(CODES):
                continue
            con.execute(f'CREATE OR REPLACE TEMP TABLE once AS FROM "{table}"')
            con.execute(f'TRUNCATE "{table}"')
            where = "WHERE t.geographic_level = 'Local authority'" if "geographic_level" in kinds else ""
            shown = ", ".join(_copied(name, kind) for name, kind in kinds.items())
            rows = f"FROM (FROM once UNION ALL SELECT {shown} FROM once AS t, copies {where})"
            if table != "area_statistics":
                con.execute(f'INSERT INTO "{table}" {rows}')
                continue
            # Part by part, so that no more than a year's rows are sorted at once.
            parts = con.execute(
                "SELECT DISTINCT is_current, time_period FROM once ORDER BY is_current DESC, time_period"
            ).fetchall()
            for current, year in parts:
                of_part = (
                    f"{rows} WHERE is_current = {current} "
                    f"AND time_period IS NOT DISTINCT FROM {'NULL' if year is None else year}"
                )
                con.execute(f"INSERT INTO area_statistics {of_part} ORDER BY measure, la_code")
        con.execute("CHECKPOINT")


def _copied(name: str, kind: str) -> str:
    if name in (*CODES, "inspection_id"):
        return f"t.\"{name}\" || '~' || copies.n"
    if name in ("la_name", "neighbour_la_name"):
        return f"t.\"{name}\" || ' ' || copies.n"
    if name == "value" and kind == "DOUBLE":
        return "t.value * (0.9 + 0.2 * (hash(t.la_code, copies.n) % 1000) / 1000)"
    return f't."{name}"'


def scaled(database: Path, times: int) -> Row:
    """All examples on a database so many times the size against the same on ours, in turns; the costliest are told."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.duckdb"
        multiply(database, large, times)
        with connect(large) as many, connect(database) as one:
            once, more = questions(one), questions(many)
            took = in_turn(
                {f"1 {n}": w for n, w in once.items()} | {f"{times} {n}": w for n, w in more.items()}, 3
            )
            [counted] = execute_all(many, prepare(many, "SELECT count(*) FROM area_statistics")).rows
        print(
            f"{times} times: {counted[0]:,} figures, {large.stat().st_size / 1e6:,.0f} MB; seconds, and times ours:"
        )
        for name in sorted(more, key=lambda n: -took[f"{times} {n}"])[:6]:
            print(
                f"  {name:<36} {took[f'{times} {name}']:.3f}  {took[f'{times} {name}'] / took[f'1 {name}']:.0f}"
            )
        ours = sum(took[f"{times} {name}"] for name in more)
        return (f"examples, {times} times / once", ours, sum(took[f"1 {name}"] for name in once), SCALE_LIMIT)


def main() -> None:
    """Print a line a measure: ours, the floor, the ratio, and the ratio we hold ourselves to."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "--scale",
        type=int,
        nargs="*",
        default=[],
        metavar="N",
        help="also measure databases so many times the size",
    )
    asked.add_argument("--database", type=Path, default=paths.database())
    args = asked.parse_args()
    rows = cold(args.database)
    warm = answer_all(args.database)
    rows.append((f"{len(all_examples())} examples warm / one second", warm, 1.0, WARM_LIMIT))
    rows.append(exported(args.database))
    rows += [scaled(args.database, times) for times in args.scale]
    print(f"{'measure':<56} {'ours s':>8} {'floor s':>8} {'ratio':>6} {'at most':>8}")
    for name, ours, bare, limit in rows:
        told = "" if limit is None else f"{limit:>8.1f}{'' if ours / bare <= limit else '  not met'}"
        print(f"{name:<56} {ours:>8.3f} {bare:>8.3f} {ours / bare:>6.2f} {told}".rstrip())


if __name__ == "__main__":
    main()
