"""Station one: publishers' files to `data/raw`, their facts in their own words, with sha256, release and place.

Needed only where a new release arrives; users build from what the repository ships.
"""

import csv
import io
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.registry import Source, SourceFile, sources
from pipelines.registry import source as source_of
from pipelines.sources.difference import Difference, difference, keep
from pipelines.sources.opening import sha256_of

if TYPE_CHECKING:
    import duckdb

Reader = Callable[["duckdb.DuckDBPyConnection", Path, SourceFile, str], int]
SOURCE_FILES = "source_files.csv"
SOURCE_FILE_COLUMNS = (
    "file_id",
    "source_id",
    "path",
    "release",
    "rank",
    "aggregate_rank",
    "published",
    "period_offset",
    "unit_factor",
    "as_at",
    "sha256",
    "bytes",
    "rows",
)


def reader_of(file: SourceFile) -> Reader:
    """The function that reads this file, by the name sources.yml gives its module."""
    return cast("Reader", import_module(f"pipelines.sources.{file.reader}").extract)


def extract(
    statistics: Path,
    raw: Path,
    source_ids: Sequence[str] | None = None,
    tell: Callable[[str], object] = lambda line: None,
) -> list[dict[str, str]]:
    """Read every file of the chosen publications (all without `source_ids`) into `raw`; gives back what was read.

    What a file that `raw` does not have yet changes of what it has is told a line at a time, before it goes in, and kept
    in `raw/differences`.

    A row per publisher's file, as `raw/source_files.csv` keeps it. Nothing is replaced unless every file could be
    read: the new tables are written beside the old and moved over them at the end.

    Raises:
        CouncilsError: a file that cannot be read as declared; nothing has changed then.
    """
    from pipelines.engine import in_memory
    from pipelines.progress import progress

    chosen = [source_of(s) for s in source_ids] if source_ids else list(sources().values())
    files = [file for source in chosen for file in source.files]
    if not statistics.is_dir():
        raise CouncilsError(f"There is no folder {statistics}. Name the folder of the publishers' files.")
    written: list[tuple[Path, Path]] = []
    rows: list[dict[str, str]] = []
    found: list[Difference] = []
    known = {r["file_id"] for r in read_register(raw)} if (raw / SOURCE_FILES).exists() else set()
    try:
        with in_memory() as con:
            for file in progress(files, "extract"):
                rows.append(_extract_file(con, statistics, raw, file, written))
                if file.file_id not in known:
                    changed = difference(con, raw, source_of(file.source_id), file, "extracted")
                    found.extend([changed] if changed else [])
        _check_distinct(rows)
    except BaseException:
        for new, _ in written:
            new.unlink(missing_ok=True)
        raise
    for one in found:
        for line in one.lines():
            tell(line)
        keep(raw, one)
    for new, old in written:
        new.replace(old)
        # A table that became Parquet, or CSV again, leaves no second copy of itself.
        old.with_suffix(".csv" if old.suffix == ".parquet" else ".parquet").unlink(missing_ok=True)
    _write_source_files(raw, chosen, rows)
    return rows


def _check_distinct(rows: list[dict[str, str]]) -> None:
    """No two files are one file under two releases, and no two claim one place of `data/raw`.

    Raises:
        CouncilsError: they are, or do.
    """
    for field, what in (("sha256", "are the same bytes"), ("file_id", "would be kept under the same name")):
        seen: dict[str, dict[str, str]] = {}
        for row in rows:
            first = seen.setdefault(row[field], row)
            if first is not row:
                raise CouncilsError(
                    f"{first['path']} (release {first['release']}) and {row['path']} (release {row['release']}) {what}: "
                    "two files claim one release. Put the right file in its place, or take one out of sources.yml."
                )


def _extract_file(
    con: "duckdb.DuckDBPyConnection",
    statistics: Path,
    raw: Path,
    file: SourceFile,
    written: list[tuple[Path, Path]],
) -> dict[str, str]:
    path = statistics / file.path
    count = reader_of(file)(con, path, file, "extracted")
    suffix = ".parquet" if file.options.get("parquet") else ".csv"
    target = raw / f"{file.file_id}{suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(target.name + ".new")
    written.append((new, target))
    copy_to(con, "extracted", new, parquet=suffix == ".parquet")
    return {
        "file_id": file.file_id,
        "source_id": file.source_id,
        "path": file.path,
        "release": file.release,
        "rank": str(file.rank),
        "aggregate_rank": str(file.options.get("aggregate_rank", file.rank)),
        "published": str(file.options.get("published", file.release)),
        "period_offset": str(file.options.get("period_offset", 0)),
        "unit_factor": str(file.options.get("unit_factor", 1)),
        "as_at": str(file.options.get("as_at", "")),
        "sha256": sha256_of(path),
        "bytes": str(path.stat().st_size),
        "rows": str(count),
    }


def copy_to(con: "duckdb.DuckDBPyConnection", view: str, target: Path, *, parquet: bool) -> None:
    """Write a table in its own order, the same bytes each time; in CSV an empty cell is nothing at all."""
    name = str(target).replace("'", "''")
    if parquet:
        con.execute(f"COPY (FROM \"{view}\") TO '{name}' (FORMAT parquet, COMPRESSION zstd)")
    else:
        cells = f"SELECT nullif(COLUMNS(*)::VARCHAR, '') FROM \"{view}\""
        con.execute(f"COPY ({cells}) TO '{name}' (FORMAT csv, HEADER, DELIMITER ',')")


def _write_source_files(raw: Path, chosen: list[Source], rows: list[dict[str, str]]) -> None:
    """Keep the register of files: the chosen publications' rows new, the others' as they were."""
    register = raw / SOURCE_FILES
    renewed = {source.source_id for source in chosen}
    kept = [r for r in read_register(raw) if r["source_id"] not in renewed] if register.exists() else []
    order = {source_id: place for place, source_id in enumerate(sources())}
    every = sorted(kept + rows, key=lambda r: (order.get(r["source_id"], len(order)), r["file_id"]))
    text = io.StringIO()
    writer = csv.DictWriter(text, SOURCE_FILE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(every)
    register.write_text(text.getvalue(), encoding="utf-8", newline="")


def read_register(raw: Path) -> list[dict[str, str]]:
    """The register of publishers' files, a row each."""
    with (raw / SOURCE_FILES).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def run(statistics: str | None, source_ids: Sequence[str]) -> str:
    """Do it for the command, and say in a line what was read."""
    folder = Path(statistics) if statistics else paths.shared() / "statistics"
    rows = extract(folder, paths.raw(), source_ids, tell=print)
    total = sum(int(r["rows"]) for r in rows)
    return f"extracted {total:,} rows from {len(rows)} publishers' files into {paths.raw()}"
