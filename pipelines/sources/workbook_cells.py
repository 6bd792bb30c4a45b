"""The one reader of statistics published as workbooks (XLSX, ODS): which cells to keep is data, not code.

`sheets/<source id>.csv` says, per file and sheet, what each column is used for: the key it holds (`old_la_code`,
`new_la_code`, `la_name`) or the measure and period whose values stand in it. The header is given with the cell it is
printed in (`row`, `column`), so a table that moved by a row or a column stops with both places in the sentence.

Workbooks do not print what level a row is of: `levels` in sources.yml says it by patterns of the keys, the first that
fits the whole cell; rows that fit none (notes, districts, totals of classes) are left out.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.cell_checks import check_cells
from pipelines.sources.opening import open_workbook, printed_text, read_sheets
from pipelines.sources.printed_cells import FOLDER, KEYS

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    "row",
    "sheet",
    "geographic_level",
    "area_code",
    "new_la_code",
    "area_name",
    "time_period",
    "measure",
    "column",
    "breakdown",
    "published_text",
)


@cache
def _declared(source_id: str) -> dict[str, dict[str, list[dict[str, str]]]]:
    """File → sheet → its rows of `sheets/<source id>.csv`."""
    found: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with (FOLDER / "sheets" / f"{source_id}.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["file"]][row["sheet"]].append(row)
    return found


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """Read one workbook's declared cells into the table `view`; gives back how many there are.

    One row per printed cell: `row` (of the sheet, from 1), `sheet`, `geographic_level`, `area_code`, `new_la_code`,
    `area_name`, `time_period`, `measure`, `column` (its letter), `breakdown` (its header), `published_text`.

    Raises:
        CouncilsError: a sheet or header that is not where it is declared, or a file that cannot be read.
    """
    sheets = _declared(file.source_id).get(file.path)
    if not sheets:
        raise CouncilsError(
            f"{path.name}: no cell of it is declared in pipelines/sources/sheets/{file.source_id}.csv."
        )
    workbook = open_workbook(path)
    cells: list[tuple[int | str, ...]] = []
    for sheet, rows in read_sheets(path, workbook, list(sheets)):
        found = list(_cells_of(path, file, sheet, rows, sheets[sheet]))
        if not found:
            raise CouncilsError(
                f"{path.name}, sheet {sheet}: no row is of an area. Look at `levels` of this file in sources.yml."
            )
        cells.extend(found)
    columns = ", ".join(f'unnest(${i}) AS "{name}"' for i, name in enumerate(COLUMNS, start=1))
    con.execute(
        f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT {columns}',
        [list(c) for c in zip(*cells, strict=True)],
    )
    check_cells(con, path, file, view)
    return len(cells)


def _cells_of(
    path: Path, file: SourceFile, sheet: str, rows: list[list[Any]], declared: list[dict[str, str]]
) -> Iterator[tuple[int | str, ...]]:
    for entry in declared:
        _check_header(path, file, sheet, rows, entry)
    keys = {entry["use"]: _place(entry["column"]) for entry in declared if entry["use"] in KEYS}
    values = [entry for entry in declared if entry["use"] not in KEYS]
    first = max((int(entry["row"]) for entry in declared if entry["row"]), default=0)
    for number, row in enumerate(rows[first:], start=first + 1):
        key = {use: printed_text(row[place]).strip() for use, place in keys.items()}
        level = _level_of(file, key)
        printed = [printed_text(row[_place(entry["column"])]) for entry in values]
        # A region's name over a note, or a note that reads like one, has no cell beside it.
        if level is None or not (any(printed) or key.get("old_la_code") or key.get("new_la_code")):
            continue
        for entry, text in zip(values, printed, strict=True):
            yield (
                number,
                sheet,
                level,
                key.get("old_la_code", ""),
                key.get("new_la_code", ""),
                key.get("la_name", ""),
                entry["time_period"] or str(file.options["time_period"]),
                entry["use"],
                entry["column"],
                entry["header"],
                text.strip(),
            )


def _level_of(file: SourceFile, key: dict[str, str]) -> str | None:
    for rule in file.options["levels"]:
        patterns = {use: pattern for use, pattern in rule.items() if use != "level"}
        if all(re.fullmatch(pattern, key.get(use, "")) for use, pattern in patterns.items()):
            return str(rule["level"])
    return None


def _check_header(
    path: Path, file: SourceFile, sheet: str, rows: list[list[Any]], entry: dict[str, str]
) -> None:
    """The declared header stands in the declared cell; key columns may have none."""
    if not entry["row"]:
        return
    row, place = int(entry["row"]) - 1, _place(entry["column"])
    printed = _plain(rows[row][place]) if row < len(rows) and place < len(rows[row]) else ""
    if printed == entry["header"]:
        return
    elsewhere = [
        f"{letter(c)}{r + 1}" for r, cells in enumerate(rows[:40]) for c, cell in enumerate(cells)
        if _plain(cell) == entry["header"]
    ]  # fmt: skip
    hint = f" It stands in {', '.join(elsewhere[:3])}." if elsewhere else " It stands nowhere near."
    raise CouncilsError(
        f"{path.name}, sheet {sheet}, cell {entry['column']}{entry['row']}: expected the header '{entry['header']}', "
        f"found '{printed}'.{hint} Correct pipelines/sources/sheets/{file.source_id}.csv if the publisher moved it."
    )


def _plain(cell: Any) -> str:
    """A header's text on one line."""
    return " ".join(printed_text(cell).split())


def _place(column: str) -> int:
    """The 0-based place of a column by its letters."""
    place = 0
    for character in column:
        place = place * 26 + ord(character) - ord("A") + 1
    return place - 1


def letter(place: int) -> str:
    """The letters of the column at a 0-based place."""
    text, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
