"""`make bench`: every measure in one run, as ratios, so that the machine's speed does not matter.

Each pair is timed in turn, so that what else the machine does falls on both; where a measure runs in this process, the
processor's time tells more than the clock's on a busy machine, and is given beside it.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines import paths, warehouse

RUNS = 5


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long a piece of work takes: on the clock, and on the processors (its children's time too)."""
    began, used = time.perf_counter(), processor()
    work()
    return time.perf_counter() - began, processor() - used


def processor() -> float:
    """Seconds of processor time that this process and its ended children have used."""
    counted = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in counted)


def in_turn(ours: Callable[[], object], floor: Callable[[], object]) -> list[tuple[float, float]]:
    """The median times of ours and of the floor, timed in turn after one run of each that does not count.

    Two rows: the clock's, and the processors'.
    """
    ours()
    floor()
    runs = [(seconds(ours), seconds(floor)) for _ in range(RUNS)]
    return [
        (statistics.median(o[kind] for o, _ in runs), statistics.median(f[kind] for _, f in runs))
        for kind in (0, 1)
    ]


def process(*words: str) -> Callable[[], object]:
    """A command of its own process, its output thrown away."""
    return lambda: subprocess.run([sys.executable, *words], capture_output=True, check=False)


def build_without_validation() -> None:
    """Candidates, database and Parquet in a folder of their own, as the build makes them, without suites and answers.

    The answers' tables are left out on both sides: a bare script that computes nothing is no floor of an analysis.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        con.execute("CREATE TABLE rejected_rows (table_name VARCHAR, row_number BIGINT)")
        con.execute(
            "CREATE TABLE rejected (table_name VARCHAR, rule VARCHAR, row_key VARCHAR, row_text VARCHAR, "
            "file_id VARCHAR, row BIGINT)"
        )
        warehouse.write_database(con, Path(folder) / "councils.duckdb")
        warehouse.export_parquet(
            Path(folder) / "councils.duckdb", Path(folder) / "parquet", warehouse.facts()
        )


def bare_duckdb() -> None:
    """The floor: a bare script that reads the same raw tables into DuckDB and writes the same Parquet.

    It computes nothing: the tables it writes are those of the built database, so that both write the same bytes.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "bare.duckdb")) as con:
        for n, raw in enumerate(
            sorted(p for p in paths.raw().rglob("*") if p.suffix in {".csv", ".parquet"})
        ):
            reading = f"read_csv('{raw}', all_varchar = true)" if raw.suffix == ".csv" else f"'{raw}'"
            con.execute(f"CREATE TABLE raw_{n} AS FROM {reading}")
        con.execute(f"ATTACH '{paths.database()}' AS built (READ_ONLY)")
        for table in warehouse.facts():
            target = Path(folder) / f"{table}.parquet"
            con.execute(f"COPY built.\"{table}\" TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def main() -> None:
    """Print a line a measure: ours, the floor, the ratio, and the ratio we hold ourselves to."""
    floor = process("-c", "import duckdb")
    print(f"{'measure':<42} {'ours s':>8} {'floor s':>8} {'ratio':>6} {'on processors':>14} {'at most':>8}")
    for name, ours, bare, limit in (
        ("build without validation / bare DuckDB", build_without_validation, bare_duckdb, 2.0),
        ("councils --help / import duckdb", process("-m", "pipelines", "--help"), floor, 2.0),
        ("councils status / import duckdb", process("-m", "pipelines", "status"), floor, 2.0),
    ):
        (a, b), (used, bare_used) = in_turn(ours, bare)
        print(f"{name:<42} {a:>8.3f} {b:>8.3f} {a / b:>6.2f} {used / bare_used:>14.2f} {limit:>8.1f}")


if __name__ == "__main__":
    main()
