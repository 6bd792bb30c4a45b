"""Ofsted's underlying data of 2023: every council's inspections 2009–2023 in one wide row, frameworks side by side.

The sheet holds two tables: the councils of today, and under it those that a reorganisation abolished. It prints no
codes, so the list's name travels with each row: "Dorset" is one council in the first table and another in the second.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.opening import read_sheet
from pipelines.sources.printed_inspections import PrintedInspection, read_table, store

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per council and inspection, as printed, in the lists `current` and `abolished`.

    Raises:
        CouncilsError: the file, the sheet or a header is not as sources.yml and the table of columns say.
    """
    sheet = str(file.options["sheet"])
    cells = read_sheet(path, sheet)
    first = int(file.options["header_row"]) - 1
    rows: list[PrintedInspection] = list(read_table(path, file, sheet, "current", cells, first))
    # The second table's header repeats the first's; everything above it belongs to the first.
    for place in range(first + 1, len(cells)):
        if "Local authority name" in cells[place]:
            rows.extend(read_table(path, file, sheet, "abolished", cells, place))
    return store(con, view, rows)
