"""Which published charts a row is in, by the rows that each chart keeps beside it as CSV."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.query.formats import as_text
from pipelines.query.found import FoundRow
from pipelines.query.nearest import did_you_mean
from pipelines.query.points import OVERALL, rows_behind

if TYPE_CHECKING:
    import duckdb

# What makes a row of a chart the row of a table: columns of the chart's CSV, all of which must agree.
POINTS = {
    "area_statistics": ("la_code", "measure", "time_period"),
    "judgements": ("la_code", "published", "grade"),
    "inspections": ("la_code", "published"),
    "latest_judgements": ("la_code", "published", "grade"),
}


def chart_rows(chart: str) -> list[dict[str, str]]:
    """The rows a published chart draws.

    Raises:
        CouncilsError: there is no such chart.
    """
    path = paths.published() / f"{chart}.csv"
    if not path.exists():
        known = sorted(p.stem for p in paths.published().glob("*.csv"))
        hint = did_you_mean(chart, known) or f" Known: {', '.join(known) or 'none yet (councils publish)'}."
        raise CouncilsError(f"There is no published chart '{chart}'.{hint}")
    return _read(path)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def charts_with(row: FoundRow) -> list[str]:
    """The published charts that draw this row as a point of their own, a text each; charts of sums are not listed."""
    columns = POINTS.get(row.table)
    if columns is None:
        return []
    if row.table == "area_statistics" and not row.values["is_current"]:
        return ["none: a later printing of this figure is the one that is drawn"]
    wanted = _wanted(row, columns)
    found = []
    for path in sorted(paths.published().glob("*.csv")):
        rows = _read(path)
        if not rows or not set(wanted) <= set(rows[0]):
            continue
        if any(all(r[c] == v for c, v in wanted.items()) and _is_of_area(row, r) for r in rows):
            found.append(f"{path.stem} (published/{path.name})")
    return found or ["no published chart draws it as a point of its own"]


def _is_of_area(row: FoundRow, point: dict[str, str]) -> bool:
    """A point of a chart that names no area is of the overall grade."""
    return "area" not in row.values or str(row.values["area"]) == (point.get("area") or OVERALL)


def _wanted(row: FoundRow, columns: tuple[str, ...]) -> dict[str, str]:
    values = dict(row.values)
    if row.table == "judgements":
        # The id of an inspection ends with the day its report came out.
        values["published"] = str(values["inspection_id"])[-10:]
    return {c: as_text(values[c]) if values[c] is not None else "" for c in columns}


def rows_of_point(con: "duckdb.DuckDBPyConnection", chart: str, pairs: list[str]) -> list[FoundRow]:
    """The rows of the database behind one point of a published chart, by parts of the chart's own row.

    Raises:
        CouncilsError: no such chart, column or point, or more than one point.
    """
    rows = chart_rows(chart)
    wanted: dict[str, str] = {}
    for pair in pairs:
        column, equals, value = pair.partition("=")
        if not equals or not rows or column not in rows[0]:
            raise CouncilsError(
                f"--key {pair}: write COLUMN=VALUE with a column of the chart: {', '.join(rows[0])}."
            )
        wanted[column] = value
    points = [r for r in rows if all(r[c] == v for c, v in wanted.items())]
    if len(points) != 1:
        raise CouncilsError(
            f"{len(points)} of the {len(rows)} points of {chart} {'fit' if len(points) != 1 else 'fits'} "
            f"{', '.join(pairs) or 'without a --key'}: name one by --key COLUMN=VALUE, of {', '.join(rows[0])}."
        )
    found = rows_behind(con, points[0])
    if not found:
        raise CouncilsError(
            f"This point of {chart} shows that there is nothing (no inspection, no grade in the area, a count of 0): "
            "no row of the database stands behind it."
        )
    return found
