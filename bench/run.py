"""`make bench`: every measure in one run, as ratios, so that the machine's speed does not matter."""

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


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a piece of work over a few runs, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def process(*words: str) -> Callable[[], object]:
    """A command of its own process, its output thrown away."""
    return lambda: subprocess.run([sys.executable, *words], capture_output=True, check=False)


def build_without_validation() -> None:
    """Candidates, database and Parquet in a folder of their own, as the build makes them, without the suites."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        con.execute("CREATE TABLE rejected_rows (table_name VARCHAR, row_number BIGINT)")
        con.execute(
            "CREATE TABLE rejected (table_name VARCHAR, rule VARCHAR, row_key VARCHAR, row_text VARCHAR, "
            "file_id VARCHAR, row BIGINT)"
        )
        warehouse.write_database(con, Path(folder) / "councils.duckdb")
        warehouse.export_parquet(Path(folder) / "councils.duckdb", Path(folder) / "parquet")


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
        for table in warehouse.tables():
            target = Path(folder) / f"{table}.parquet"
            con.execute(f"COPY built.\"{table}\" TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def main() -> None:
    """Print a line a measure: ours, the floor, the ratio, and the ratio we hold ourselves to."""
    floor = median_seconds(process("-c", "import duckdb"))
    rows = [
        (
            "build without validation / bare DuckDB",
            median_seconds(build_without_validation),
            median_seconds(bare_duckdb),
            2.0,
        ),
        ("councils --help / import duckdb", median_seconds(process("-m", "pipelines", "--help")), floor, 2.0),
        ("councils status / import duckdb", median_seconds(process("-m", "pipelines", "status")), floor, 2.0),
    ]
    print(f"{'measure':<42} {'ours s':>8} {'floor s':>8} {'ratio':>6} {'at most':>8}")
    for name, ours, bare, limit in rows:
        print(f"{name:<42} {ours:>8.3f} {bare:>8.3f} {ours / bare:>6.2f} {limit:>8.1f}")


if __name__ == "__main__":
    main()
