"""The one reader of statistics published as delimited text: which cells to keep is data, not code.

Two tables per publication say everything a year's drift can change:

* `columns/<source id>.csv`, one row per file and header as printed: what the column is used for.
* `cells/<source id>.csv`, one row per measure and file: the value column, and the labels of the breakdown columns
  (joined by ` | `) under which the publisher prints it.

A header that no row explains is an error, and so is a declared cell that the file does not hold.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.cell_checks import check_cells
from pipelines.sources.opening import load_delimited, nearest

if TYPE_CHECKING:
    import duckdb

FOLDER = Path(__file__).resolve().parent
KEYS = (
    "time_period",
    "geographic_level",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
USES = frozenset(KEYS) | {"breakdown", "value", "unused"}
BREAKDOWN_JOINT = " | "


@cache
def _rows(table: str, source_id: str) -> dict[str, list[dict[str, str]]]:
    by_file: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (FOLDER / table / f"{source_id}.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            by_file[row["file"]].append(row)
    return dict(by_file)


def column_uses(file: SourceFile, header: list[str]) -> dict[str, list[int]]:
    """The places of the columns put to each use, for a header as printed.

    Raises:
        CouncilsError: a header that `columns/<source id>.csv` does not explain, a declared one that is not there or
            there twice.
    """
    declared = _rows("columns", file.source_id).get(file.path, [])
    uses = {row["header"]: row["use"] for row in declared}
    name = file.path.rsplit("/", 1)[-1]
    places: dict[str, list[int]] = defaultdict(list)
    for place, printed in enumerate(header):
        if printed not in uses:
            raise CouncilsError(
                f"{name}: the header '{printed}' (column {place + 1}) is not known.{nearest(printed, list(uses))} "
                f"Say what it is used for in pipelines/sources/columns/{file.source_id}.csv."
            )
        places[uses[printed]].append(place)
    twice = [printed for printed, use in uses.items() if use != "unused" and header.count(printed) > 1]
    if twice:
        raise CouncilsError(
            f"{name}: the header '{twice[0]}' stands over two columns "
            f"({' and '.join(str(i + 1) for i, h in enumerate(header) if h == twice[0])}), and it is read. "
            "Ask the publisher which is meant."
        )
    lost = [printed for printed, use in uses.items() if use != "unused" and printed not in header]
    if lost:
        raise CouncilsError(
            f"{name}: the column '{lost[0]}' is missing; it was expected among: {', '.join(header)}. "
            f"Correct pipelines/sources/columns/{file.source_id}.csv if the publisher renamed it."
        )
    return dict(places)


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """Read one file's declared cells into the table `view`; gives back how many there are.

    One row per printed cell: `row` (line in the file), `sheet` (none in delimited text), `geographic_level`, `area_code`, `new_la_code`, `area_name`,
    `time_period`, `measure`, `column`, `breakdown`, `published_text` — all but `row` and `measure` as printed.

    Raises:
        CouncilsError: a header, label or symbol that the tables do not explain, an area printed twice, or a file that
            cannot be read.
    """
    header = load_delimited(con, path, "printed", file.options.get("encoding", "utf-8"))
    places = column_uses(file, header)
    cells = _rows("cells", file.source_id).get(file.path, [])
    if not cells:
        raise CouncilsError(
            f"{path.name}: no cell of it is declared in pipelines/sources/cells/{file.source_id}.csv."
        )
    _check_value_columns(path, file, header, places, cells)
    wanted = ", ".join(
        f"('{_quoted(c['measure'])}', '{_quoted(c['column'])}', '{_quoted(c['breakdown'])}')" for c in cells
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS "
        f"FROM (VALUES {wanted}) AS declared (measure, printed_column, breakdown)"
    )
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS {_select(file, header, places, cells)}')
    _check_all_found(con, path, file, view, places)
    check_cells(con, path, file, view)
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])


def _check_value_columns(
    path: Path, file: SourceFile, header: list[str], places: dict[str, list[int]], cells: list[dict[str, str]]
) -> None:
    values = [header[i] for i in places.get("value", [])]
    for column in {c["column"] for c in cells}:
        if column not in values:
            raise CouncilsError(
                f"{path.name}: cells/{file.source_id}.csv reads the column '{column}', "
                f"which columns/{file.source_id}.csv does not declare as a value.{nearest(column, values)}"
            )


def _select(
    file: SourceFile, header: list[str], places: dict[str, list[int]], cells: list[dict[str, str]]
) -> str:
    """The SQL that unpivots the value columns and keeps the wanted cells."""
    columns = sorted({c["column"] for c in cells})
    breakdown = _joined([f"c{i}" for i in places.get("breakdown", [])])
    level = _key("geographic_level", file, places)
    region, authority = _key("region_code", file, places), _key("old_la_code", file, places)
    parts = [
        f"""SELECT row, {level} AS geographic_level,
            CASE WHEN {authority} <> '' THEN {authority} ELSE {region} END AS area_code,
            {_key("new_la_code", file, places)} AS new_la_code,
            CASE WHEN {_key("la_name", file, places)} <> '' THEN {_key("la_name", file, places)}
                 ELSE {_key("region_name", file, places)} END AS area_name,
            {_key("time_period", file, places)} AS time_period,
            '{_quoted(column)}' AS printed_column, {breakdown} AS breakdown, c{header.index(column)} AS published_text
        FROM printed"""
        for column in columns
    ]
    # Rows with no area and no year at all are the blank lines some publishers end a file with.
    return f"""
        SELECT row, NULL::VARCHAR AS sheet, geographic_level, area_code, new_la_code, area_name, time_period, measure,
               printed_column AS "column", breakdown, published_text
        FROM ({" UNION ALL ".join(parts)}) AS cells JOIN wanted USING (printed_column, breakdown)
        WHERE area_code <> '' OR area_name <> '' OR geographic_level <> ''
        ORDER BY row, measure
    """


def _joined(columns: list[str]) -> str:
    return f"concat_ws('{BREAKDOWN_JOINT}', {', '.join(columns)})" if columns else "''"


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _key(use: str, file: SourceFile, places: dict[str, list[int]]) -> str:
    """A key column, or the constant that sources.yml gives where the file prints none."""
    if use in places:
        return f"c{places[use][0]}"
    return f"'{_quoted(str(file.options.get(use, '')))}'"


def _check_all_found(
    con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str, places: dict[str, list[int]]
) -> None:
    lost = con.execute(
        f"""SELECT measure, printed_column, breakdown FROM wanted
        WHERE NOT EXISTS (SELECT 1 FROM "{view}" AS found WHERE found."column" = wanted.printed_column
            AND found.breakdown = wanted.breakdown) ORDER BY ALL"""
    ).fetchone()
    if lost is None:
        return
    breakdown = _joined([f"c{i}" for i in places.get("breakdown", [])])
    labels = [r[0] for r in con.execute(f"SELECT DISTINCT {breakdown} FROM printed").fetchall()]
    raise CouncilsError(
        f"{path.name}: '{lost[2]}' (for {lost[0]}, column '{lost[1]}') is not printed in it."
        f"{nearest(lost[2], labels)} Correct pipelines/sources/cells/{file.source_id}.csv."
    )
