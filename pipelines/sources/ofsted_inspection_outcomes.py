"""Ofsted's local authority inspection outcomes: the ILACS history, the latest of each council, the year's activity."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.opening import read_sheet
from pipelines.sources.printed_inspections import PrintedInspection, read_table, store

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per inspection or visit and list it stands in (`history`, `latest`, `in_year`), as printed.

    Raises:
        CouncilsError: the file, a sheet or a header is not as sources.yml and the table of columns say.
    """
    rows: list[PrintedInspection] = []
    for list_name, sheet in file.options["sheets"].items():
        cells = read_sheet(path, sheet)
        rows.extend(read_table(path, file, sheet, list_name, cells, int(file.options["header_row"]) - 1))
    return store(con, view, rows)
