"""An analyst's own reports: kept in `data/own`, apart from the shipped facts, and never touched by a build.

`data/own/reports` holds copies of the files, `data/own/ofsted_reports` their facts in the tables of `data/raw`, and
`data/own/own.duckdb` the same tables typed, under the names they have in the curated database.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.own_database import DATABASE, home
from pipelines.reports.corpus import SOURCE, Extracted, extract_reports
from pipelines.reports.record import Record

if TYPE_CHECKING:
    import duckdb

FILES, MEMORY = "reports", ".read"
# Which inspection held a report is of: its council and framework, and its first day or about its publication.
_INSPECTIONS = """
CREATE TEMP TABLE inspection_sources AS
SELECT own.file_id, 'report' AS source_kind, held.inspection_id
FROM stg_reports AS own
INNER JOIN shipped.inspections AS held
    ON own.la_code = held.la_code AND own.framework = held.framework
    AND (
        own.inspection_start = held.inspection_start
        OR held.published BETWEEN own.inspection_end AND own.inspection_end + INTERVAL 150 DAY
    )
"""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one file: its record, and why it was not added (empty: it was)."""

    record: Record
    refusal: str


def held_files() -> list[Path]:
    """The analyst's own files, by name."""
    folder = home() / FILES
    return sorted(p for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []


def add_files(files: Sequence[Path]) -> list[Added]:
    """Read files and keep those that are reports or packs.

    Raises:
        CouncilsError: a file does not exist, or another of its name is already held.
    """
    from pipelines.reports.stream import read_many

    for path in files:
        if not path.is_file():
            raise CouncilsError(f"{path}: there is no such file.")
    held = {p.name: _sha256(p) for p in held_files()}
    shipped = _shipped()
    added: list[Added] = []
    for path, record in zip(files, read_many(files), strict=True):
        refusal = _refusal(path, record, held, shipped)
        added.append(Added(record, refusal))
        if not refusal:
            (home() / FILES).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, home() / FILES / path.name)
            held[path.name] = record.sha256
    if any(not one.refusal for one in added):
        refresh()
    return added


def _refusal(path: Path, record: Record, held: dict[str, str], shipped: dict[str, str]) -> str:
    if record.kind in ("unreadable", "other"):
        return f"not added: {record.reason}"
    if record.sha256 in shipped:
        return f"not added: the database ships this very file as {shipped[record.sha256]}"
    if held.get(path.name) == record.sha256:
        return "was added before"
    if path.name in held:
        return (
            f"not added: another file of this name is held. Give it another name, "
            f"or take the old one out first (councils remove {path.name})"
        )
    return ""


def _shipped() -> dict[str, str]:
    """sha256 to file_id of the reports the product ships."""
    import csv

    register = paths.raw() / SOURCE / "reports.csv"
    if not register.exists():
        return {}
    with register.open(encoding="utf-8", newline="") as handle:
        return {row["sha256"]: f"{SOURCE}/{row['file']}" for row in csv.DictReader(handle)}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def remove_files(names: Sequence[str]) -> list[str]:
    """Take the analyst's own files out again, by name; gives back those taken out.

    Raises:
        CouncilsError: a name is not held; nothing is removed then.
    """
    held = {p.name: p for p in held_files()}
    chosen = [Path(name).name for name in names]
    for name in chosen:
        if name not in held:
            known = ", ".join(held) or "none"
            raise CouncilsError(f"'{name}' is not among your own reports. Held: {known}.")
    for name in chosen:
        held[name].unlink()
    refresh()
    return chosen


def refresh() -> Extracted:
    """Make the tables and the database of the own files anew from what is held."""
    (home() / FILES).mkdir(parents=True, exist_ok=True)
    done = extract_reports([home() / FILES], home() / SOURCE, home() / MEMORY)
    if paths.database().exists():
        _write_database(home() / DATABASE)
    return done


def renew(*, is_new: bool) -> bool:
    """After a build: link the own reports to the database that `is_new`, or make a lost own one; whether it did."""
    if not held_files() or not (is_new or not (home() / DATABASE).exists()):
        return False
    refresh()
    return True


def _write_database(target: Path) -> None:
    """The own tables, typed by the same SQL as the shipped ones, in a database of their own."""
    import duckdb

    from pipelines.contents import GRADE_SCALE, REPORT_TABLES
    from pipelines.warehouse import sql_text

    new = target.with_suffix(".new")
    new.unlink(missing_ok=True)
    with duckdb.connect(str(new)) as con:
        con.execute(f"CREATE TYPE grade AS ENUM ({', '.join(repr(g) for g in GRADE_SCALE)})")
        con.execute("SET VARIABLE raw = ?", [str(home()).replace("\\", "/")])
        attach_shipped(con)
        con.execute("CREATE TEMP TABLE authorities AS FROM shipped.authorities")
        for name in REPORT_TABLES:
            kind, table = name.split("/")
            temporary = "TEMP " if kind == "staging" else ""
            con.execute(f"CREATE {temporary}TABLE {table} AS {sql_text(name)}")
            if table == "stg_reports":
                con.execute(_INSPECTIONS)
        con.execute("DETACH shipped")
    new.replace(target)


def attach_shipped(con: duckdb.DuckDBPyConnection) -> None:
    """Let a connection read the curated database beside its own, as `shipped`."""
    name = str(paths.database()).replace("'", "''")
    con.execute(f"ATTACH '{name}' AS shipped (READ_ONLY)")
