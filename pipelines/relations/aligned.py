"""A measure lined up on the dates of inspections: one row per inspection and year before or after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import Lost, Row, Rows
from pipelines.relations.inputs import GRADE_RANKS, Measure, figures, graded_events, read

if TYPE_CHECKING:
    import duckdb

    #: Authority and year -> figure.
    Figures = Mapping[tuple[str, int], float]

WINDOW = range(-4, 5)
OVERLAP = {
    "stack": "every inspection with its whole window, though another falls into it",
    "censor": "the window ends at the reports of the inspections before and after",
}
AVERAGES: Mapping[str, Callable[[list[float]], float]] = {"mean": fmean, "median": median}
NEIGHBOURS_NEEDED = 5


@dataclass(frozen=True, slots=True)
class Aligned:
    """Rows of inspections and years, inspections without a base figure, and the choices made."""

    measure: Measure
    area: str
    overlap: str
    edition: int
    average: str
    rows: tuple[Row, ...]
    lost: tuple[Lost, ...]
    releases: tuple[str, ...]
    #: The authorities with a row, in order; a part of the rows is redrawn among all of them.
    codes: tuple[str, ...]


def base_year(measure: Measure, published: date) -> int:
    """The year of the last day of figures (31 March, or 30 September for the workforce) on or before publication."""
    return published.year if measure.day(published.year) <= published else published.year - 1


def align(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    *,
    area: str = "overall",
    overlap: str = "stack",
    edition: int = 2025,
    average: str = "mean",
    vintage: str = "current",
    joint: str = "out",
    window: range = WINDOW,
    events: Rows | None = None,
) -> Aligned:
    """Change of the measure from the base year, for each inspection and year -4 to +4.

    `change` is the council against itself; `against_neighbours` and `against_england` take the change of its
    statistical neighbours (by their mean or median, five at least) or of England in the same years away.

    `window` are the years kept, `events` the rows of `graded_events` where they are at hand.

    Raises:
        CouncilsError: the overlap rule, the edition or the average is not one of the known.
    """
    for wanted, known, kind in ((overlap, OVERLAP, "overlap rule"), (average, AVERAGES, "average")):
        if wanted not in known:
            raise CouncilsError(f"There is no {kind} '{wanted}'. There are: {', '.join(known)}.")
    found = figures(con, measure.name, vintage=vintage, joint=joint)
    known_figures = {(row["la_code"], row["time_period"]): row["value"] for row in found}
    england = {("ENG", r["time_period"]): r["value"] for r in read(con, "england", {"measure": measure.name})}
    neighbours = neighbours_by_authority(con, edition)
    rows: list[Row] = []
    left = []
    events = graded_events(con, area) if events is None else events
    for event in events:
        if (event["la_code"], base_year(measure, event["published"])) not in known_figures:
            left.append(f"{event['la_name']} {event['published']}")
            continue
        rows += _rows_of(
            event, measure, known_figures, england, neighbours.get(event["la_code"], ()), average, window
        )
    if overlap == "censor":
        rows = [row for row in rows if row["is_between_reports"]]
    releases = {row["figure_source"] for row in found} | {event["source"] for event in events}
    lost = (Lost("no figure for the base year", tuple(left)),) if left else ()
    codes = tuple(sorted({row["la_code"] for row in rows}))
    return Aligned(
        measure, area, overlap, edition, average, tuple(rows), lost, tuple(sorted(releases)), codes
    )


def neighbours_by_authority(con: "duckdb.DuckDBPyConnection", edition: int) -> dict[str, tuple[str, ...]]:
    """Authority -> its ten neighbours, nearest first.

    Raises:
        CouncilsError: there is no such edition.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in read(con, "neighbours", {"edition": edition}):
        found[row["la_code"]] = (*found.get(row["la_code"], ()), row["neighbour_la_code"])
    if not found:
        raise CouncilsError(
            f"There is no list of statistical neighbours of {edition}. There are: 2021, 2025."
        )
    return found


def _rows_of(
    event: Row,
    measure: Measure,
    known: "Figures",
    england: "Figures",
    neighbours: tuple[str, ...],
    average: str,
    window: range,
) -> list[Row]:
    base = base_year(measure, event["published"])
    code = event["la_code"]
    found = []
    for step in window:
        change = _change(known, code, base, step)
        if change is None:
            continue
        others = [c for n in neighbours if (c := _change(known, n, base, step)) is not None]
        nation = _change(england, "ENG", base, step)
        beside = AVERAGES[average](others) if len(others) >= NEIGHBOURS_NEEDED else None
        found.append(
            {
                "inspection_id": event["inspection_id"],
                "la_code": code,
                "la_name": event["la_name"],
                "framework": event["framework"],
                "published": event["published"],
                "grade": event["grade"],
                "move": move(event["previous_grade"], event["grade"]),
                "base_year": base,
                "years_after": step,
                "is_between_reports": _is_inside(event, measure.day(base + step), step),
                "base_value": known[code, base],
                "value": known[code, base + step],
                "change": change,
                "neighbours_change": beside,
                "against_neighbours": None if beside is None else change - beside,
                "england_change": nation,
                "against_england": None if nation is None else change - nation,
            }
        )
    return found


def _change(figures: "Figures", code: str, base: int, step: int) -> float | None:
    if (code, base) not in figures or (code, base + step) not in figures:
        return None
    return figures[code, base + step] - figures[code, base]


def _is_inside(event: Row, day: date, step: int) -> bool:
    if step > 0:
        return event["next_published"] is None or day < event["next_published"]
    return step == 0 or event["previous_published"] is None or day >= event["previous_published"]


def move(before: str | None, now: str) -> str:
    """`first`, `improved`, `same` or `declined` against the grade before under the frameworks since 2013."""
    if before is None:
        return "first"
    gap = GRADE_RANKS[now] - GRADE_RANKS[before]
    return "same" if gap == 0 else "improved" if gap < 0 else "declined"
