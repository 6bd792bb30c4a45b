"""`python bench/sql.py [--scale N]`: ad-hoc SQL against its floors, as ratios in one run.

* cold: `councils sql QUERY` in a process of its own against the `duckdb` command on the same file and query (that
  command is a package of its own, duckdb-cli; without it the floor is `python -c "import duckdb"` and a query, and the
  line says so).
* warm: all example questions together, once each on an open connection.
* export: every table as Parquet against bare COPY of the same tables.
* scale: a database N times the size (every authority N times, made by this script with a fixed seed) answering the
  same questions.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines import paths, warehouse
from pipelines.query.engine import connect, execute_all
from pipelines.query.examples import all_examples, named
from pipelines.query.export import export
from pipelines.query.statement import prepare

RUNS = 11
COLD_LIMIT, WARM_LIMIT, EXPORT_LIMIT, SCALE_LIMIT = 1.5, 1.0, 1.3, 10.0
# Tables whose rows are of an authority and multiply with it.
CODES = ("la_code", "neighbour_la_code", "predecessor_la_code", "successor_la_code", "inspected_la_code")


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a piece of work, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def process(*words: str) -> Callable[[], object]:
    """A command of its own process, its output thrown away; it must succeed."""
    return lambda: subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def floor_command(database: Path, query: str) -> tuple[str, list[str]]:
    """The bare command to compare with, and its name."""
    found = shutil.which("duckdb") or shutil.which("duckdb", path=str(Path(sys.executable).parent))
    if found:
        return "duckdb", [found, "-readonly", str(database), "-c", query]
    script = f"import duckdb; print(duckdb.connect({str(database)!r}, read_only=True).execute({query!r}).fetchall())"
    return "python duckdb (no duckdb-cli here)", [sys.executable, "-c", script]


def cold(database: Path) -> list[tuple[str, float, float, float]]:
    """First answers of the command, of a trivial query and of an example."""
    command = shutil.which("councils", path=str(Path(sys.executable).parent)) or "councils"
    rows = []
    for label, query in (("SELECT 1", "SELECT 1"), ("an example", named("median_rate_by_grade").sql)):
        name, bare = floor_command(database, query)
        ours = seconds(process(command, "sql", query, "--database", str(database), "--quiet"))
        rows.append((f"cold {label} / {name}", ours, seconds(process(*bare)), COLD_LIMIT))
    return rows


def answer_all(database: Path) -> float:
    """Seconds for every example once, on an open connection that has answered them before."""
    with connect(database) as con:
        statements = [prepare(con, example.sql) for example in all_examples()]

        def ask() -> None:
            for statement in statements:
                execute_all(con, statement, seconds=600.0)

        return seconds(ask, 3)


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


def exported(database: Path) -> tuple[str, float, float, float]:
    """Export of everything against bare COPY."""
    with tempfile.TemporaryDirectory() as folder:
        ours = seconds(lambda: export(Path(folder) / "ours", "parquet", database), 3)
        bare = seconds(lambda: bare_copy(database, Path(folder) / "bare"), 3)
    return ("export as Parquet / bare COPY", ours, bare, EXPORT_LIMIT)


def multiply(database: Path, target: Path, times: int) -> None:
    """A database of the same tables and views in which every authority stands `times` times, copies with codes of their
    own and values moved by a seeded factor of 0.9 to 1.1; England and the regions stay once."""
    shutil.copy(database, target)
    with duckdb.connect(str(target)) as con:
        con.execute("SET preserve_insertion_order = false")
        con.execute(f"CREATE TEMP TABLE copies AS SELECT range AS n FROM range(1, {times})")
        tables = con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary"
        ).fetchall()
        for (table,) in tables:
            kinds = {r[0]: r[1] for r in con.execute(f'DESCRIBE "{table}"').fetchall()}
            names = list(kinds)
            if not set(names) & set(CODES):
                continue
            where = "WHERE t.geographic_level = 'Local authority'" if "geographic_level" in names else ""
            shown = ", ".join(_copied(n, kinds[n]) for n in names)
            con.execute(f'INSERT INTO "{table}" SELECT {shown} FROM "{table}" AS t, copies {where}')
        con.execute("CHECKPOINT")


def _copied(name: str, kind: str) -> str:
    if name in (*CODES, "inspection_id"):
        return f"t.\"{name}\" || '~' || copies.n"
    if name in ("la_name", "neighbour_la_name"):
        return f"t.\"{name}\" || ' ' || copies.n"
    if name == "value" and kind == "DOUBLE":
        return "t.value * (0.9 + 0.2 * (hash(t.la_code, copies.n) % 1000) / 1000)"
    return f't."{name}"'


def scaled(database: Path, times: int) -> tuple[str, float, float, float]:
    """All examples on a database so many times the size, against the same on ours."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.duckdb"
        multiply(database, large, times)
        print(
            f"{times} times the authorities: {large.stat().st_size / database.stat().st_size:.0f} times the bytes"
        )
        return (f"examples, {times} times / once", answer_all(large), answer_all(database), SCALE_LIMIT)


def main() -> None:
    """Print a line a measure: ours, the floor, the ratio, and the ratio we hold ourselves to."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument(
        "--scale", type=int, default=0, help="also measure a database this many times the size"
    )
    asked.add_argument("--database", type=Path, default=paths.database())
    args = asked.parse_args()
    rows = cold(args.database)
    warm = answer_all(args.database)
    rows.append((f"{len(all_examples())} examples warm / one second", warm, 1.0, WARM_LIMIT))
    rows.append(exported(args.database))
    if args.scale:
        rows.append(scaled(args.database, args.scale))
    print(f"{'measure':<56} {'ours s':>8} {'floor s':>8} {'ratio':>6} {'at most':>8}")
    for name, ours, bare, limit in rows:
        print(f"{name:<56} {ours:>8.3f} {bare:>8.3f} {ours / bare:>6.2f} {limit:>8.1f}")


if __name__ == "__main__":
    main()
