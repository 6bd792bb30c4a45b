"""Ofsted's underlying data of 2023: the wide sheet of every council's inspections 2009–2023, and the two lists of its year.

The wide sheet holds frameworks side by side in one row, and two tables: the councils of today, and under it those that a
reorganisation abolished. It prints no codes, so the list's name travels with each row: "Dorset" is one council in the
first table and another in the second. The time series of the same file count homes and agencies, no council.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.printed_inspections import read_lists, store

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per inspection or visit and list it stands in (`current`, `abolished`, `latest`, `in_year`), as printed.

    Raises:
        CouncilsError: the file, a sheet or a header is not as sources.yml and the table of columns say.
    """
    return store(con, view, read_lists(path, file))
