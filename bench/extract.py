"""How fast extraction is: all publishers' files against reading them with calamine and DuckDB alone, in one run.

`python bench/extract.py` needs the publishers' files beside the repository. The two are timed in turn, so that what else
the machine does falls on both.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from pipelines import paths
from pipelines.extract import extract
from pipelines.registry import SourceFile, sources

RUNS = 5
LIMIT = 1.5
SERIES_LIMIT = 0.020


def bare(files: list[SourceFile], folder: Path) -> None:
    """The floor: every file read whole, tables by DuckDB as text, workbooks by calamine; nothing is kept or checked."""
    with duckdb.connect() as con, tempfile.TemporaryDirectory() as scratch:
        for path, encoding in {folder / f.path: f.options.get("encoding", "utf-8") for f in files}.items():
            if path.suffix in {".ods", ".xlsx"}:
                book = CalamineWorkbook.from_path(str(path))
                for sheet in book.sheet_names:
                    book.get_sheet_by_name(sheet).to_python()
            elif path.suffix == ".parquet":
                con.execute(f"CREATE OR REPLACE TABLE read AS FROM read_parquet('{path}')")
            else:
                readable = path
                if encoding != "utf-8":  # DuckDB reads UTF-8 only
                    readable = Path(scratch) / path.name
                    readable.write_text(path.read_text(encoding=encoding), encoding="utf-8")
                con.execute(
                    f"CREATE OR REPLACE TABLE read AS FROM read_csv('{readable}', all_varchar = true, header = true)"
                )


def ours(folder: Path) -> None:
    """Everything `councils extract` does, into a folder of its own."""
    with tempfile.TemporaryDirectory() as raw:
        extract(folder, Path(raw))


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes on the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def one_series() -> float:
    """The median time of one measure, all authorities, all years, from the largest table, warm."""
    with duckdb.connect(str(paths.database()), read_only=True) as con:

        def ask() -> object:
            return con.execute(
                "SELECT la_code, time_period, value, value_status FROM area_statistics "
                "WHERE measure = 'looked_after_rate' AND is_current"
            ).fetchall()

        ask()
        return statistics.median(seconds(ask) for _ in range(20))


def main() -> None:
    """Print a line a measure: ours, the floor, the ratio, and the ratio we hold ourselves to."""
    folder = paths.shared() / "statistics"
    if not folder.is_dir():
        raise SystemExit(f"There is no folder {folder}: the publishers' files are needed to measure this.")
    files = [file for source in sources().values() for file in source.files]
    bare(files, folder)
    ours(folder)
    pairs = [(seconds(lambda: ours(folder)), seconds(lambda: bare(files, folder))) for _ in range(RUNS)]
    extracted, read = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{'measure':<48} {'ours s':>8} {'floor s':>8} {'ratio':>6} {'at most':>8}")
    what = f"extract {len(files)} files / read them"
    print(f"{what:<48} {extracted:>8.3f} {read:>8.3f} {extracted / read:>6.2f} {LIMIT:>8.1f}")
    series = one_series()
    what = "one measure, all areas, all years / 20 ms"
    print(f"{what:<48} {series:>8.3f} {SERIES_LIMIT:>8.3f} {series / SERIES_LIMIT:>6.2f} {1.0:>8.1f}")


if __name__ == "__main__":
    main()
