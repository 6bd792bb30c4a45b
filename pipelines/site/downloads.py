"""The rows of a council's or a measure's page as CSV, for a reader who wants to count again."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.charts.rows import Row
    from pipelines.site.councils import Council
    from pipelines.site.figures import ByYear, Point

_FIGURE = (
    "value",
    "published_text",
    "value_status",
    "is_derived",
    "lower_95",
    "upper_95",
    "source_id",
    "release",
)
_INSPECTION = ("inspection_id", "framework", "ilacs_type", "inspection_start", "inspection_end", "published")
_PLACE = ("source_id", "release", "sheet", "row")


def write_council(folder: Path, council: "Council", series: "Mapping[str, Sequence[Point]]") -> None:
    """`<code>_judgements.csv` and `<code>_figures.csv`."""
    judged = (
        [*(i.row[name] for name in _INSPECTION), area, grade, *(i.row[name] for name in _PLACE)]
        for i in council.inspections
        for area, grade in i.judged
    )
    _write(folder / f"{council.la_code}_judgements.csv", (*_INSPECTION, "area", "grade", *_PLACE), judged)
    figures = (
        [
            measure,
            point.year,
            *(point.own[name] if point.own else None for name in _FIGURE),
            point.neighbours,
            point.neighbours_counted,
            point.england,
        ]
        for measure, points in series.items()
        for point in points
    )
    header = ("measure", "time_period", *_FIGURE, "neighbours_median", "neighbours_with_figure", "england")
    _write(folder / f"{council.la_code}_figures.csv", header, figures)


def write_measure(
    folder: Path, measure: "Row", rows: "Iterable[tuple[Council, ByYear]]", england: "ByYear"
) -> None:
    """`<measure>.csv`: England and every authority, every year."""
    header = ("measure", "la_code", "la_name", "time_period", *_FIGURE)
    areas = [("ENG", "England", england), *((c.la_code, str(c.row["la_name"]), found) for c, found in rows)]
    _write(
        folder / f"{measure['measure']}.csv",
        header,
        (
            [measure["measure"], la_code, la_name, year, *(row[n] for n in _FIGURE)]
            for la_code, la_name, found in areas
            for year, row in found.items()
        ),
    )


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    """Computed rates and limits to six decimals: more than any publication prints, and a tenth of the files' size less."""
    return round(value, 6) if isinstance(value, float) else value
