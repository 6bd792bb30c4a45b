"""The dictionary of DfE's interactive tool: what each short name counts, without the tool's own bookkeeping."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.opening import load_delimited

if TYPE_CHECKING:
    import duckdb

# Header as printed → name here. The rest (update dates as numbers of days, contacts, file names) says nothing of a measure.
KEPT = {
    "Measure_code": "measure_code",
    "Topic": "topic",
    "Measure": "title",
    "Measure_short": "short_name",
    "Polarity": "polarity",
    "y_axis_name": "unit",
    "Description": "description",
    "dps": "decimals",
    "Year_Type": "year_type",
}


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per entry of the dictionary: `row` (its place) and the columns of `KEPT`; a short name may come twice.

    Raises:
        CouncilsError: a column is missing, or the file cannot be read.
    """
    header = load_delimited(con, path, "printed")
    lost = [name for name in KEPT if name not in header]
    if lost:
        raise CouncilsError(
            f"{path.name}: the column '{lost[0]}' is missing; it prints {', '.join(header)}. "
            "Say its new name in pipelines/sources/lait_dictionary.py."
        )
    # Descriptions run over lines and end them three ways; one line each keeps the table a table.
    columns = ", ".join(
        f"trim(regexp_replace(c{header.index(printed)}, '\\s+', ' ', 'g')) AS {name}"
        for printed, name in KEPT.items()
    )
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT row, {columns} FROM printed ORDER BY row')
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])
