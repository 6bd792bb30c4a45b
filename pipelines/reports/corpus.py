"""`councils extract reports`: a folder of inspection reports and council packs to `data/raw/ofsted_reports`.

Files are known by name and sha256: what was read before is not read again, a stopped run goes on where it was, and
the same files give the same bytes. The folder's own list (`MANIFEST.csv`, if there is one) adds the number and date
under which Ofsted lists a report.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.reports.corpus_memory import Memory, Tables, file_mark, reader_mark
from pipelines.reports.corpus_rows import TABLES, Row

SOURCE = "ofsted_reports"
MANIFEST = "MANIFEST.csv"
SUFFIXES = (".pdf", ".txt", ".md")
# A file may take long on a busy machine; its rows must not depend on that.
SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of the corpus: where it is, the folder's name as its collection, its sha256 and listing."""

    path: Path
    collection: str
    sha256: str
    listing: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """What its rows are remembered by."""
        return f"{self.path.name} {self.sha256}"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a run did: files in the corpus, files read now, and rows by table (empty where nothing had changed)."""

    files: int
    read: int
    rows: dict[str, int]


def corpus_files(folders: Sequence[Path]) -> list[CorpusFile]:
    """The reports and packs of the folders, in the order of folders and names.

    Raises:
        CouncilsError: a folder is missing, or two files have one name (it is their key).
    """
    found: list[CorpusFile] = []
    for folder in folders:
        if not folder.is_dir():
            raise CouncilsError(f"There is no folder {folder}. Name the folder of the reports.")
        listed = _listing(folder / MANIFEST)
        for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            listing = tuple(listed.get(path.name, {}).items())
            found.append(CorpusFile(path, folder.resolve().name, digest, listing))
    names = [file.path.name for file in found]
    double = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if double:
        raise CouncilsError(f"Two files are called {double[0]}. Give one another name: rows are kept by it.")
    return found


def _listing(manifest: Path) -> dict[str, dict[str, str]]:
    if not manifest.exists():
        return {}
    with manifest.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    try:
        return {
            row["file"]: {"urn": row["urn"], "la_listed": row["la"], "listed_date": row["listed_date"]}
            for row in rows
        }
    except KeyError as error:
        raise CouncilsError(
            f"{manifest}: there is no column {error.args[0]!r}. Its columns are file, la, urn, listed_date."
        ) from error


def extract_reports(folders: Sequence[Path], target: Path, memory_folder: Path) -> Extracted:
    """Read the corpus into the tables of `target`; files read before, by the same reader, are not read again.

    Raises:
        CouncilsError: a folder is missing or names collide; the tables are as they were then.
    """
    files = corpus_files(folders)
    memory = Memory(memory_folder, reader_mark())
    inputs = hashlib.sha256(repr([(f.key, f.collection, f.listing) for f in files]).encode()).hexdigest()
    if memory.is_done(inputs, file_mark(_outputs(target))):
        return Extracted(len(files), 0, {})
    memory.load()
    waiting = [file for file in files if memory.get(file.key) is None]
    _read(waiting, memory)
    rows = write_tables(target, ((file, memory.get(file.key) or {}) for file in files))
    memory.set_done(inputs, file_mark(_outputs(target)))
    return Extracted(len(files), len(waiting), rows)


def _read(files: Sequence[CorpusFile], memory: Memory) -> None:
    from pipelines.progress import progress
    from pipelines.reports.corpus_rows import rows_of
    from pipelines.reports.stream import read_many

    records = read_many([file.path for file in files], seconds=SECONDS)
    for file, record in zip(progress(files, "reports"), records, strict=True):
        memory.keep(file.key, rows_of(record))


def _outputs(target: Path) -> list[Path]:
    return [target / f"{table}.csv" for table in TABLES]


def write_tables(target: Path, files: Iterable[tuple[CorpusFile, Tables]]) -> dict[str, int]:
    """Write every table anew and move all into place at the end; gives back their numbers of rows."""
    target.mkdir(parents=True, exist_ok=True)
    held = list(files)
    counts: dict[str, int] = {}
    for table, path in zip(TABLES, _outputs(target), strict=True):
        rows = [row for file, tables in held for row in tables[table]]
        if table == "reports":
            rows = [_listed(row, file) for row, (file, _) in zip(rows, held, strict=True)]
        with path.with_suffix(".new").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, TABLES[table], lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(_plain, rows))
        counts[table] = len(rows)
    for path in _outputs(target):
        path.with_suffix(".new").replace(path)
    return counts


def _listed(row: Row, file: CorpusFile) -> Row:
    """The report's row with its listing: the publication date is the printed one, else the listed one."""
    listing = dict(file.listing)
    printed, listed = row["published"], listing.get("listed_date") or None
    used = "printed" if printed else "listed" if listed else None
    dates = {"published_used": printed or listed, "published_used_from": used}
    return {**row, "collection": file.collection, **listing, **dates}


def _plain(row: Row) -> Row:
    """Cells as text: nothing for no value, true and false in small letters, whole numbers without a point."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def run(folders: Sequence[str]) -> str:
    """Do it for the command, and say in a line what was read."""
    chosen = [Path(f) for f in folders] or [paths.shared() / "reports", paths.shared() / "seeds"]
    target = paths.raw() / SOURCE
    done = extract_reports(chosen, target, paths.curated() / "reports_read")
    if not done.rows:
        return f"nothing to do: the {done.files} files of the corpus are as {target} has them"
    told = ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in done.rows.items())
    return f"read {done.read} of {done.files} files into {target}: {told}"
