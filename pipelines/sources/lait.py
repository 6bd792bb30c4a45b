"""DfE's Local authority interactive tool: its whole database, a row per measure, area and period.

`lait_measures.csv` gives every short name of the tool the measure it is here: one of ours where the tool shows the
same figure, else `lait_` and the short name in plain characters. A short name that no row explains is an error.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.cell_checks import check_cells
from pipelines.sources.opening import check_bytes, nearest
from pipelines.sources.printed_cells import FOLDER

if TYPE_CHECKING:
    import duckdb

HEADER = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
ENGLAND = 970
# The tool numbers regions from 980; authorities have DfE's numbers below.
REGIONS = (980, 990)


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """Read the tool's database into the table `view`; gives back how many cells there are.

    One row per cell, as `printed_cells` gives them: `row` is its place in the file, `column` is `Values`, `breakdown`
    the tool's short name.

    Raises:
        CouncilsError: the file cannot be read, its columns changed, a short name or symbol is not known, or an area
            is printed twice.
    """
    import duckdb

    check_bytes(path, "Parquet")
    name = str(path).replace("'", "''")
    try:
        header = [r[0] for r in con.execute(f"DESCRIBE FROM read_parquet('{name}')").fetchall()]
    except duckdb.Error as error:
        raise CouncilsError(f"{path.name}: the Parquet file cannot be read. Download it again.") from error
    if tuple(header) != HEADER:
        raise CouncilsError(
            f"{path.name}: its columns are {', '.join(header)}; expected were {', '.join(HEADER)}. "
            "Say the change in pipelines/sources/lait.py."
        )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE known AS FROM read_csv('{FOLDER / 'lait_measures.csv'}', all_varchar = true)"
    )
    _check_known(con, path, name)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE "{view}" AS
        SELECT
            file_row_number + 1 AS row,
            CASE WHEN "LA Number" = {ENGLAND} THEN 'National'
                 WHEN "LA Number" BETWEEN {REGIONS[0]} AND {REGIONS[1]} THEN 'Regional'
                 ELSE 'Local authority' END AS geographic_level,
            "LA Number"::INTEGER::VARCHAR AS area_code,
            '' AS new_la_code,
            "LA and Regions" AS area_name,
            "Years" AS time_period,
            known.measure,
            'Values' AS "column",
            "Short Desc" AS breakdown,
            "Values" AS published_text
        FROM read_parquet('{name}', file_row_number = true) AS printed
        JOIN known ON printed."Short Desc" = known.short_name
        ORDER BY row"""
    )
    check_cells(con, path, file, view)
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])


def _check_known(con: "duckdb.DuckDBPyConnection", path: Path, name: str) -> None:
    unknown = con.execute(
        f"""SELECT DISTINCT "Short Desc" FROM read_parquet('{name}')
        WHERE "Short Desc" NOT IN (SELECT short_name FROM known) ORDER BY 1"""
    ).fetchone()
    if unknown:
        known = [r[0] for r in con.execute("SELECT short_name FROM known").fetchall()]
        raise CouncilsError(
            f"{path.name}: the measure '{unknown[0]}' is not known.{nearest(unknown[0], known)} "
            "Give it a name in pipelines/sources/lait_measures.csv."
        )
