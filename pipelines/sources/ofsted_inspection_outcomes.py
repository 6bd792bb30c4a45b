"""Ofsted's local authority inspection outcomes: the ILACS history, the latest of each council, the year's activity.

The edition of 2025 prints codes and one inspection a row; that of 2024 names alone, and its history in wide rows.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.printed_inspections import read_lists, store

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per inspection or visit and list it stands in, as printed.

    Lists: `history` (2025), `current` and `abolished` (the wide history of 2024), `latest`, `in_year`.

    Raises:
        CouncilsError: the file, a sheet or a header is not as sources.yml and the table of columns say.
    """
    return store(con, view, read_lists(path, file))
