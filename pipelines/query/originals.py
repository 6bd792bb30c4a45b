"""Reading a row's place in the publisher's own file again: the last step of its road, for those who have the files.

Nothing here uses `data/raw` or the readers that made it: a cell is found by file, sheet, row and column as the row says,
so that it can contradict them.
"""

import csv
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.query.behind import rows_of
from pipelines.query.found import FoundRow, condition_of, rows_where
from pipelines.query.road import file_of, parts_of
from pipelines.registry import load_yaml, sources
from pipelines.sources.opening import open_workbook, printed_text, sha256_of
from pipelines.warehouse import describe

if TYPE_CHECKING:
    import duckdb

# Columns of tables read from a workbook or list, and the field of the publisher's row that prints them.
INSPECTION_FIELDS = {
    "la_name_printed": "la_name",
    "new_la_code_printed": "new_la_code",
    "inspection_start": "inspection_date",
    "visit_start": "inspection_date",
    "published": "publication_date",
    "visit_theme": "visit_theme",
    "visit_type": "inspection_type",
}
# The tool's own measures are declared beside its reader.
MORE_REGISTRIES = {"measures": ("pipelines/sources/lait_measures.csv",)}


@dataclass(frozen=True, slots=True)
class Check:
    """What a row says was printed, what stands there, and where; `said` equals `found` unless something is wrong."""

    place: str
    said: str
    found: str

    @property
    def is_same(self) -> bool:
        """Whether the words are the same, spaces at the ends aside."""
        return self.said.strip() == self.found.strip()


def check_row(con: "duckdb.DuckDBPyConnection", row: FoundRow, shared: Path) -> list[Check]:
    """Every printed word of a row beside what stands at its place; a computed figure beside its parts.

    Raises:
        CouncilsError: the file is not among the publishers' files.
    """
    if row.values.get("is_derived"):
        return [c for _, part in parts_of(con, row) if part is not None for c in check_row(con, part, shared)]
    entry = None if _registry(row) else file_of(con, row)
    if entry is None:
        # What is computed here has no word of its own: the figures and judgements it is made from have.
        return _own_registry(row) or [c for part in rows_of(con, row) for c in check_row(con, part, shared)]
    path = _original(shared, str(entry["path"]))
    checks = [Check(f"{path.name}, sha256", str(entry["sha256"]), _sha256(path))]
    if row.table == "inspections":
        checks += _start_of_visit(con, row, shared)
    if path.suffix in (".ods", ".xlsx"):
        return checks + _workbook(row, path, str(entry["path"]))
    if path.suffix == ".parquet":
        return checks + _parquet(row, path)
    if path.suffix == ".csv":
        return checks + _delimited(row, path, str(entry["path"]))
    return checks + _report(row, path)


def _original(shared: Path, name: str) -> Path:
    for folder in ("statistics", "reports", "seeds"):
        for candidate in (shared / folder / name, shared / folder / name.rpartition("/")[2]):
            if candidate.is_file():
                return candidate
    found = sorted(shared.rglob(name.rpartition("/")[2]))
    if not found:
        raise CouncilsError(f"{name}: this publisher's file is not in {shared}.")
    return found[0]


def _start_of_visit(con: "duckdb.DuckDBPyConnection", row: FoundRow, shared: Path) -> list[Check]:
    """An inspection's first day may be printed by another list or report than the rest of it: that row is checked."""
    if row.values["inspection_start"] is None:
        return []
    same = condition_of(row.values, ("inspection_id", "inspection_start"))
    witnesses = rows_where(con, "inspection_sources", same, 1)
    if not witnesses:
        return [
            Check(
                str(row.values["inspection_id"]),
                str(row.values["inspection_start"]),
                "no list or report prints it",
            )
        ]
    return check_row(con, witnesses[0], shared)


@cache
def _sha256(path: Path) -> str:
    return sha256_of(path)


@cache
def _options(name: str) -> dict[str, Any]:
    return next((f.options for s in sources().values() for f in s.files if f.path == name), {})


@cache
def _lines(path: Path, encoding: str) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return list(csv.reader(io.StringIO(text)))


def _delimited(row: FoundRow, path: Path, name: str) -> list[Check]:
    lines = _lines(path, str(_options(name).get("encoding", "utf-8")))
    values = row.values
    if "row" not in values:
        return _geography(row, lines)
    header, cells = lines[0], lines[int(values["row"]) - 1]
    place = f"{path.name}, row {values['row']}"
    if row.table == "area_statistics":
        at = header.index(str(values["column"]))
        checks = [Check(f"{place}, {values['column']}", str(values["published_text"] or ""), cells[at])]
        labels = [x for x in str(values["breakdown"] or "").split(" | ") if x]
        checks += [Check(f"{place}, label", x, x if x in cells else " | ".join(cells)) for x in labels]
        return checks + _named(values, place, cells)
    if row.table == "statistical_neighbours":
        first = next(i for i, h in enumerate(header) if h in ("SN1", "SN_1")) + 2 * (int(values["rank"]) - 1)
        return [
            Check(f"{place}, code", str(values["la_code"]), cells[0]),
            Check(f"{place}, neighbour {values['rank']}", str(values["neighbour_la_code"]), cells[first]),
        ]
    return []


def _named(values: dict[str, Any], place: str, cells: list[str]) -> list[Check]:
    """The area's name and code as printed stand in the row they are said to stand in."""
    printed = [str(values[c]) for c in ("area_name_printed", "new_la_code_printed") if values.get(c)]
    return [Check(f"{place}, area", text, text if text in cells else " | ".join(cells)) for text in printed]


def _geography(row: FoundRow, lines: list[list[str]]) -> list[Check]:
    """A table made of the register of codes: each of its words stands in the row of its authority."""
    header = lines[0]
    code = row.values.get("la_code") or row.values["successor_la_code"]
    cells = next(line for line in lines if line[0] == code)
    wanted = {
        "authorities": ("la_name", "new_la_code", "region", "valid_from", "valid_to"),
        "authority_codes": ("new_la_code",),
        "authority_names": ("name",),
        "authority_changes": ("predecessor_la_code",),
    }[row.table]
    text = " | ".join(cells)
    said = [str(row.values[w]) for w in wanted if row.values[w] is not None]
    return [Check(f"la_code_history.csv, {header[0]} {code}", s, s if s in text else text) for s in said]


@lru_cache(maxsize=12)
def _workbook_of(path: Path) -> Any:
    return open_workbook(path)


@lru_cache(maxsize=24)
def _sheet(path: Path, sheet: str) -> list[list[str]]:
    rows = _workbook_of(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[printed_text(c).strip() for c in row] for row in rows]


def _workbook(row: FoundRow, path: Path, name: str) -> list[Check]:
    values = row.values
    cells = _sheet(path, str(values["sheet"]))[int(values["row"]) - 1]
    place = f"{path.name}, {values['sheet']}, row {values['row']}"
    if row.table == "area_statistics":
        at = _letters_place(str(values["column"]))
        checks = [
            Check(f"{place}, column {values['column']}", str(values["published_text"] or ""), cells[at])
        ]
        return checks + _named(values, place, cells)
    checks = []
    if "grade_printed" in values:
        checks.append(
            Check(
                f"{place}, {values['area']}",
                str(values["grade_printed"]),
                _in_row(row, str(values["grade_printed"]), cells),
            )
        )
    for column in INSPECTION_FIELDS:
        said = values.get(column)
        if said is not None and not (column == "inspection_start" and row.table == "inspections"):
            checks.append(Check(f"{place}, {column}", str(said), _in_row(row, str(said), cells)))
    return checks


def _in_row(row: FoundRow, text: str, cells: list[str]) -> str:
    """The text where the row has it (dates in either form a workbook keeps), else the whole row.

    Which of a row's cells it is belongs to the headers, which the table of columns explains (a grade in the wrong
    column of the right row is caught by the extraction's own test, byte for byte).
    """
    wanted = text.strip()
    dates = {wanted, f"{wanted} 00:00:00"}
    return (
        text
        if any(c in dates or c.strip() == wanted for c in cells)
        else f"{row.table}: " + " | ".join(cells)
    )


def _letters_place(column: str) -> int:
    place = 0
    for character in column:
        place = place * 26 + ord(character) - ord("A") + 1
    return place - 1


def _parquet(row: FoundRow, path: Path) -> list[Check]:
    cells = _parquet_row(path, int(row.values["row"]) - 1)
    place = f"{path.name}, row {row.values['row']}"
    printed = cells["Values"]
    return [
        Check(
            f"{place}, Values",
            str(row.values["published_text"] or ""),
            "" if printed is None else str(printed),
        ),
        Check(f"{place}, Short Desc", str(row.values["breakdown"]), str(cells["Short Desc"])),
        Check(f"{place}, area", str(row.values["area_name_printed"]), str(cells["LA and Regions"])),
    ]


@lru_cache(maxsize=1)
def _parquet_table(path: Path) -> Any:
    import pyarrow.parquet as pq

    return pq.read_table(path)


def _parquet_row(path: Path, place: int) -> dict[str, Any]:
    found: dict[str, Any] = _parquet_table(path).slice(place, 1).to_pylist()[0]
    return found


@lru_cache(maxsize=64)
def _page(path: Path, page: int) -> str:
    if path.suffix != ".pdf":
        return " ".join(path.read_text(encoding="utf-8", errors="replace").split())
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        text = document[page - 1].get_textpage().get_text_range()
    finally:
        document.close()
    return " ".join(text.replace("\ufffe", "-").split())


def _report(row: FoundRow, path: Path) -> list[Check]:
    """The words that a row keeps as printed stand on the page it names."""
    page = row.values.get("page")
    if page is None and path.suffix == ".pdf":
        return []
    text = _page(path, int(page or 1))
    place = f"{path.name}, page {page}"
    printed = [
        str(v)
        for k, v in row.values.items()
        if (k == "printed" or k.endswith("_printed")) and isinstance(v, str) and v
    ]
    # Dates of several milestones are kept in one cell, joined; each of them is printed by itself.
    said = [part for words in printed for part in words.split("; ")]
    folded = text.casefold()
    return [
        Check(
            f"{place}",
            s,
            s if " ".join(s.split()).casefold() in folded else f"not on the page ({len(text)} characters)",
        )
        for s in said
    ]


def _registry(row: FoundRow) -> list[Path]:
    """The project's own files that a table is kept in, if it is: the one its description names, or one of its name."""
    root = paths.root()
    named = [describe(row.table).source, *MORE_REGISTRIES.get(row.table, ()), f"pipelines/{row.table}.csv"]
    found = [path for name in named if (path := root / name).is_file()]
    return found or sorted(p for p in paths.raw().rglob(f"{row.table}.csv") if "file_id" not in row.values)


def _own_registry(row: FoundRow) -> list[Check]:
    """A registry of the project: its key's words stand in the files that it is kept in."""
    registries = _registry(row)
    if not registries:
        # Computed here from tables that have roads of their own: there is no word of its own to look for.
        return []
    words = {str(v) for k in describe(row.table).key if (v := row.values.get(k)) not in (None, "")}
    held = frozenset().union(*(_words_of(path) for path in registries))
    names = ", ".join(path.name for path in registries)
    return [Check(names, w, w if w in held else f"not in {names}") for w in sorted(words)]


@lru_cache(maxsize=32)
def _words_of(path: Path) -> frozenset[str]:
    """Every word or number that a registry's file holds as an entry of its own."""
    if path.suffix != ".yml":
        return frozenset(c for line in _lines(path, "utf-8") for c in line)
    held: set[str] = set()
    waiting: list[Any] = [load_yaml(path)]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            waiting.extend([*here.keys(), *here.values()])
        elif isinstance(here, list):
            waiting.extend(here)
        else:
            held.add(str(here))
    return frozenset(held)
