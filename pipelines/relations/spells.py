"""Spells of a grade: from the report that gives it to the report that ends it, with when we began to look.

A spell is an authority's unbroken time in a state (inadequate, say). It is cut off (censored) where reports end, or
where the authority is abolished. Frameworks since 2013 share one scale and begin in February 2014. A first report on
that scale that finds the state may find an old one: where the older scale's last grade was inadequate as well, the
spell begins with that older report but is only seen from the first report of 2014 on (left truncation, a delayed
entry); for other states the older scale has no like grade, and the spell begins with the first report.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import Row
from pipelines.relations.inputs import read

if TYPE_CHECKING:
    import duckdb

#: State -> the grades in it.
STATES: dict[str, tuple[str, ...]] = {
    "inadequate": ("inadequate",),
    "requires improvement": ("requires_improvement",),
    "good": ("good",),
    "good or outstanding": ("good", "outstanding"),
    "outstanding": ("outstanding",),
    "less than good": ("requires_improvement", "inadequate"),
}
CLOCKS = {
    "calendar": "the pause of inspections in 2020-21 counts as time",
    "without pause": "the clock stands still in the pause of inspections in 2020-21",
}
PAUSE_BEGAN = date(2020, 3, 17)
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Span:
    """Days between which no graded inspection was made, and the last report known."""

    pause_from: date
    pause_to: date
    last_report: date


def span(con: "duckdb.DuckDBPyConnection") -> Span:
    """The pause: from the day inspections stopped to the first graded visit after it."""
    [row] = read(con, "visits_since", {"day": PAUSE_BEGAN})
    return Span(PAUSE_BEGAN, row["first_visit"] or row["last_report"], row["last_report"])


def spells(
    con: "duckdb.DuckDBPyConnection", state: str, *, area: str = "overall", clock: str = "calendar"
) -> list[Row]:
    """One row per spell: authority, `years`, `entry` (years already gone when first seen), `ended`, `into`, `start`.

    Raises:
        CouncilsError: the state or the clock is not one of the known.
    """
    for wanted, known, kind in ((state, STATES, "state"), (clock, CLOCKS, "clock")):
        if wanted not in known:
            raise CouncilsError(f"There is no {kind} '{wanted}'. There are: {', '.join(known)}.")
    older = {row["la_code"]: row for row in read(con, "older_grades")}
    known_span = span(con)
    timer = _timer(known_span, clock)
    found: list[Row] = []
    for code, events in _by_authority(read(con, "events", {"area": area})).items():
        before = older.get(code) if area == "overall" and state == "inadequate" else None
        found += _spells_of(events, STATES[state], before, known_span.last_report, timer)
    return found


def _by_authority(events: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for event in events:
        found.setdefault(event["la_code"], []).append(event)
    return found


def _timer(known: Span, clock: str) -> Callable[[date, date], float]:
    def years(start: date, end: date) -> float:
        days = (end - start).days
        if clock == "without pause":
            days -= max(0, (min(end, known.pause_to) - max(start, known.pause_from)).days)
        return days / _YEAR

    return years


def _spells_of(
    events: list[Row],
    grades: tuple[str, ...],
    before: Row | None,
    last_report: date,
    years: Callable[[date, date], float],
) -> list[Row]:
    found: list[Row] = []
    start: date | None = None
    seen_from = events[0]["published"]
    first_grade = ""
    for event in events:
        inside = event["grade"] in grades
        if start is None and inside:
            is_first = event is events[0]
            start = (
                before["published"]
                if is_first and before and before["grade"] in grades
                else event["published"]
            )
            seen_from, first_grade = event["published"], event["grade"]
        elif start is not None and not inside:
            found.append(
                _spell(event, start, seen_from, event["published"], event["grade"], first_grade, years)
            )
            start = None
    if start is not None:
        end = min(last_report, events[-1]["abolished"] or last_report)
        found.append(_spell(events[-1], start, seen_from, end, None, first_grade, years))
    return found


def _spell(
    event: Row,
    start: date,
    seen_from: date,
    end: date,
    into: str | None,
    first_grade: str,
    years: Callable[[date, date], float],
) -> Row:
    return {
        "la_code": event["la_code"],
        "la_name": event["la_name"],
        "start": start,
        "seen_from": seen_from,
        "end": end,
        "entry": years(start, seen_from),
        "years": years(start, end),
        "ended": into is not None,
        "into": into,
        "first_grade": first_grade,
        "source": event["source"],
    }
