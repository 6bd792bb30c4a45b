"""The build: `data/raw` in, a whole and validated `data/curated` out, or the old one left as it was."""

import shutil
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths, state, warehouse
from pipelines.contents import ANSWERS
from pipelines.engine import in_memory
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.validate import Check

BUILDING = ".building.duckdb"
PARQUET = "parquet"
REJECTED = "rejected"
DATA_DOCS = "data_docs"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: row counts by table, sha256 of each table's Parquet, rows rejected, and whether it ran."""

    rows: dict[str, int]
    digests: dict[str, str]
    rejected: int
    is_new: bool


def inputs() -> list[Path]:
    """Every file the database stands on: raw tables, registries, SQL, suites, this code and the locked versions."""
    package = paths.package()
    code = [
        package / f"{m}.py"
        for m in ("build", "engine", "warehouse", "answers", "validate", "suites", "data_docs", "registry")
    ]
    return [
        *state.files_below(paths.raw(), "*.csv", "*.parquet"),
        *sorted(package.glob("*.yml")),
        *sorted(package.glob("*.csv")),
        *[p for p in state.files_below(package / "sql", "*.sql", "*.yml") if "charts" not in p.parts],
        *sorted((paths.root() / "expectations").glob("*.json")),
        *code,
        # The answers are asked by this code, which shares its estimates with the charts.
        *state.files_below(package / "relations", "*.py", "*.sql"),
        package / "charts" / "estimates.py",
        # The versions that made it: another DuckDB writes other bytes.
        paths.root() / "requirements.lock",
    ]


def build(*, force: bool = False, validation: bool = True) -> Built:
    """Build the database unless nothing it stands on has changed; gives back what it holds.

    Raises:
        CouncilsError: raw data is damaged, a table fails its suite, the database is open elsewhere, the folder cannot
            be written or the disk is full. The old database is there as before.
    """
    curated = paths.curated()
    mark = state.fingerprint(inputs())
    before = state.load(curated).get("build", {})
    whole = paths.database().exists() and (curated / PARQUET).is_dir()
    if whole and not force and before.get("fingerprint") == mark:
        _renew_own(is_new=False)
        return Built(before["rows"], before["digests"], before["rejected"], is_new=False)
    with writing_to(curated):
        made = _build_anew(curated, validation=validation)
        entry = {"fingerprint": mark, "rows": made.rows, "digests": made.digests, "rejected": made.rejected}
        state.save(curated, "build", entry if validation else {})
    _renew_own(is_new=True)
    return made


def _renew_own(*, is_new: bool) -> None:
    """The analyst's own reports name inspections of the database: a new one may hold more of them."""
    from pipelines.own_database import home

    if (home() / "reports").is_dir():
        # What reads reports is loaded for those who have any of their own.
        from pipelines.reports import own

        own.renew(is_new=is_new)


def _build_anew(curated: Path, *, validation: bool) -> Built:
    from pipelines.answers import make_answers
    from pipelines.validate import keep_rejected, stop_if_broken

    curated.mkdir(parents=True, exist_ok=True)
    building = curated / BUILDING
    with _only_build(building):
        _remove_leftovers(curated)
        with in_memory() as con, _suites(curated, validation=validation) as check:
            warehouse.make_candidates(con, paths.raw())
            rejected = keep_rejected(con, check(con, warehouse.facts()))
            warehouse.write_database(con, building)
            make_answers(con, building)
            stop_if_broken(check(con, ANSWERS))
            warehouse.write_answers(con, building)
        digests = warehouse.export_parquet(building, curated / f"{PARQUET}.new")
        rows = _rows(building)
        _write_rejected(building, curated)
        _take_place(building, paths.database())
        shutil.rmtree(curated / PARQUET, ignore_errors=True)
        (curated / f"{PARQUET}.new").rename(curated / PARQUET)
    return Built(rows, digests, rejected, is_new=True)


def _suites(curated: Path, *, validation: bool) -> "AbstractContextManager[Check]":
    from pipelines.validate import open_suites

    return open_suites(curated / DATA_DOCS) if validation else nullcontext(lambda con, tables: [])


def _remove_leftovers(curated: Path) -> None:
    """What a killed run left: the half-made database and tables, never the old ones."""
    for name in (BUILDING, f"{BUILDING}.wal"):
        try:
            (curated / name).unlink(missing_ok=True)
        except PermissionError as error:
            raise CouncilsError(
                f"Another build is writing {curated}. Wait for it, then run again."
            ) from error
    for name in (f"{PARQUET}.new", f"{DATA_DOCS}.new"):
        shutil.rmtree(curated / name, ignore_errors=True)


@contextmanager
def _only_build(building: Path) -> "Iterator[None]":
    """Hold the build for one process: a second one is told so instead of writing the same file."""
    lock = building.with_suffix(".lock")
    handle = lock.open("a+b")
    try:
        _lock(handle)
        yield
    except BlockingIOError as error:
        raise CouncilsError(
            f"Another build is writing {building.parent}. Wait for it, then run again."
        ) from error
    finally:
        handle.close()
        lock.unlink(missing_ok=True)


def _lock(handle: Any) -> None:
    # The lock goes with the process, so a killed build never leaves one behind.
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError as error:
            raise BlockingIOError from error
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def writing_to(folder: Path) -> "Iterator[None]":
    """Turn a refused or failed write below `folder` into a sentence.

    Raises:
        CouncilsError: no permission, no space, or the database is open elsewhere.
    """
    import duckdb

    kept = "The old database is as it was."
    try:
        yield
    except PermissionError as error:
        raise CouncilsError(
            f"{error.filename or folder}: writing is not permitted. Run as a user who may write to {folder}. {kept}"
        ) from error
    except OSError as error:
        raise CouncilsError(
            f"{folder}: writing failed ({error.strerror}). Make room and run again. {kept}"
        ) from error
    except duckdb.IOException as error:
        first = str(error).splitlines()[0]
        raise CouncilsError(
            f"{folder}: writing the new database failed ({first}). Make room or mend the permissions and run again. {kept}"
        ) from error


def _take_place(new: Path, old: Path) -> None:
    try:
        new.replace(old)
    except PermissionError as error:
        # Windows refuses to replace a file that another program holds open.
        raise CouncilsError(
            f"{old}: the database is open elsewhere (a notebook, a SQL client). Close it and run again. "
            "The old database is as it was."
        ) from error


def _rows(database: Path) -> dict[str, int]:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        counts = {}
        for table in warehouse.tables():
            found = con.execute(f"SELECT count(*) FROM {warehouse.table_name(table)}").fetchone()
            assert found is not None
            counts[table] = int(found[0])
    return counts


def _write_rejected(database: Path, curated: Path) -> None:
    """The rejected rows once more as CSV, for a reader without a database."""
    import duckdb

    folder = curated / REJECTED
    folder.mkdir(exist_ok=True)
    name = str(folder / "rejected.csv").replace("'", "''")
    with duckdb.connect(str(database), read_only=True) as con:
        con.execute(f"COPY (FROM rejected) TO '{name}' (FORMAT csv, HEADER)")
