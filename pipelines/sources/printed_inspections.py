"""What both of Ofsted's sheets become: one row per inspection as printed, whatever the sheet's shape.

`inspection_columns/<source id>.csv` says, per sheet and header as printed, which inspection of the row (`slot`; empty:
the row itself) and which field of it the column holds, so a renamed or added column is a row of that table.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.opening import nearest, open_workbook, read_sheets

if TYPE_CHECKING:
    import duckdb

FOLDER = Path(__file__).resolve().parent / "inspection_columns"
NAME_HEADER = "Local authority name"
AREAS = (
    "overall",
    "safeguarding",
    "looked_after",
    "help_and_protection",
    "looked_after_and_permanence",
    "adoption",
    "care",
    "care_leavers",
    "leadership",
    "lscb",
)
FIELDS = (
    "new_la_code",
    "la_name",
    "la_status",
    "ofsted_region",
    "inspection_type",
    "inspection_date",
    "publication_date",
    "visit_theme",
    *AREAS,
)
COLUMNS = ("list", "sheet", "row", "slot", *FIELDS)


@dataclass(frozen=True, slots=True)
class PrintedInspection:
    """One inspection as one row of a sheet prints it; `slot` is the sheet's own word for which of the council's."""

    list_name: str
    sheet: str
    row: int
    slot: str
    fields: dict[str, str] = field(default_factory=dict)

    def cells(self) -> list[str]:
        """The row of `data/raw`, in the order of `COLUMNS`."""
        return [
            self.list_name,
            self.sheet,
            str(self.row),
            self.slot,
            *(self.fields.get(f, "") for f in FIELDS),
        ]


def header_meanings(source_id: str, sheet: str) -> dict[str, tuple[str, str]]:
    """Header as printed → (slot, field) for one sheet; the field `unused` is known and left out."""
    with (FOLDER / f"{source_id}.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["header"]: (row["slot"], row["field"])
            for row in csv.DictReader(handle)
            if row["sheet"] == sheet
        }


def read_lists(path: Path, file: SourceFile) -> list[PrintedInspection]:
    """The inspections of every list of the file that sources.yml names.

    Each of `lists` says the list's name, its sheet and its header row; `then` names the list of a second table that
    stands under the first in the same sheet.

    Raises:
        CouncilsError: the file, a sheet or a header is not as sources.yml and the table of columns say.
    """
    rows: list[PrintedInspection] = []
    lists = file.options["lists"]
    sheets = read_sheets(path, open_workbook(path), [str(entry["sheet"]) for entry in lists])
    for entry, (sheet, cells) in zip(lists, sheets, strict=True):
        first = int(entry["header_row"]) - 1
        rows.extend(read_table(path, file, sheet, str(entry["list"]), cells, first))
        if "then" in entry:
            second = _next_header(path, sheet, cells, first)
            rows.extend(read_table(path, file, sheet, str(entry["then"]), cells, second))
    return rows


def _next_header(path: Path, sheet: str, cells: list[list[Any]], first: int) -> int:
    for place in range(first + 1, len(cells)):
        if NAME_HEADER in (_text(c) for c in cells[place]):
            return place
    raise CouncilsError(
        f"{path.name}, sheet {sheet}: there is no second table (no row with '{NAME_HEADER}' under row {first + 1}). "
        "Take `then` out of the list's entry in sources.yml if the publisher no longer prints one."
    )


def read_table(
    path: Path, file: SourceFile, sheet: str, list_name: str, cells: list[list[Any]], header_at: int
) -> Iterator[PrintedInspection]:
    """The inspections of one table of a sheet: the header in row `header_at` (0-based), rows until a blank one.

    Raises:
        CouncilsError: a header that the source's table of columns does not explain, or a shifted header row.
    """
    meanings = header_meanings(file.source_id, sheet)
    header = [_text(c) for c in cells[header_at]]
    if NAME_HEADER not in header:
        raise CouncilsError(
            f"{path.name}, sheet {sheet}: row {header_at + 1} is not the header row (no '{NAME_HEADER}' in it; "
            f"it begins '{header[0][:40]}'). Say the row in sources.yml."
        )
    columns = []
    for place, printed in enumerate(header):
        if printed and printed not in meanings:
            raise CouncilsError(
                f"{path.name}, sheet {sheet}: the header '{printed}' (column {place + 1}) is not known."
                f"{nearest(printed, list(meanings))} Explain it in "
                f"pipelines/sources/inspection_columns/{file.source_id}.csv."
            )
        columns.append(meanings.get(printed, ("", "unused")))
    for number, row in enumerate(cells[header_at + 1 :], start=header_at + 2):
        # A row with nothing after its first cell ends the table: it is blank, or the next table's title.
        if not any(_text(c) for c in row[1:]):
            return
        yield from _inspections_of_row(list_name, sheet, number, columns, row)


def _inspections_of_row(
    list_name: str, sheet: str, number: int, columns: list[tuple[str, str]], row: list[Any]
) -> Iterator[PrintedInspection]:
    slots = list(dict.fromkeys(slot for slot, f in columns if f != "unused" and slot)) or [""]
    for slot in slots:
        values = {
            f: _text(cell)
            for (s, f), cell in zip(columns, row, strict=False)
            if f != "unused" and s in {"", slot}
        }
        printed_here = {f for s, f in columns if s == slot}
        # A council not inspected under this heading leaves all of the heading's cells empty.
        if any(values.get(f) for f in printed_here):
            yield PrintedInspection(list_name, sheet, number, slot, values)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return str(cell).strip() if cell is not None else ""


def store(con: "duckdb.DuckDBPyConnection", view: str, rows: list[PrintedInspection]) -> int:
    """Put the rows into the table `view`, as text; gives back how many there are."""
    kinds = {"row": "BIGINT"}
    # One list a column: row by row, this would take longer than reading the workbook.
    columns = ", ".join(
        f'unnest(${place})::{kinds.get(name, "VARCHAR")} AS "{name}"'
        for place, name in enumerate(COLUMNS, start=1)
    )
    lists = [list(column) for column in zip(*(r.cells() for r in rows), strict=True)] or [[] for _ in COLUMNS]
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT {columns}', lists)
    return len(rows)
