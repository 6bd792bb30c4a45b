"""How long grades last: the share of councils that still hold a grade, by years since it was first given."""

from typing import TYPE_CHECKING

from pipelines.charts.axes import across, level, upright, word
from pipelines.charts.canvas import Record
from pipelines.charts.estimates import Survival, kaplan_meier, median_time, share_after
from pipelines.charts.grades import GRADE_WORDS, GRADES, overall_note
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.positions import spread
from pipelines.charts.rows import Rows, only
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import GRADE_COLOURS, ROLES, inner_width, is_narrow, sizes
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, counted, day, short_number

if TYPE_CHECKING:
    import altair as alt

    Curves = dict[str, list[Survival]]

_PLOT, _TOP, _FOOT, _LEFT = 330, 12, 44, 40
_YEARS = 10
_AFTER = 3
#: A line ends where fewer than this many councils are still watched.
_AT_LEAST = 10
_DASHES: dict[str, list[int] | None] = {
    "outstanding": None,
    "good": [9, 3],
    "requires_improvement": [5, 3],
    "inadequate": [2, 2],
}


def tell(rows: Rows) -> Words:
    """Words for one row per spell of a grade (`days`, `is_ended`)."""
    curves = _curves(rows)
    worst, best = list(curves)[-1], next(iter(curves))
    title = (
        f"{_AFTER} years after the report {_percent(share_after(curves[worst], _AFTER))} of councils judged "
        f"{GRADE_WORDS[worst].lower()} still held that grade, and {_percent(share_after(curves[best], _AFTER))} "
        f"of those judged {GRADE_WORDS[best].lower()}"
    )
    subtitle = (
        "Share of councils that still hold an overall grade, by years since the report that first gave it, "
        f"under the frameworks since November 2013; reports to {day(only(rows, 'published_by'))}. "
        "Kaplan-Meier."
    )
    notes = [_note(rows, grade, curve) for grade, curve in curves.items()]
    notes += overall_note(only(rows, "as_at"))
    notes.append(
        "A grade ends with the next report, so this is also how long councils wait for one: inadequate councils "
        "are inspected again sooner, and routine inspections were paused from 17 March 2020 to spring 2021."
    )
    alt_text = (
        f"{len(curves)} falling lines of steps, one for each grade, over {_YEARS} years; {counted(len(rows), 'spell')}. "
        f"{title}."
    )
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Lines of steps, told apart by dashes and by the words at their ends."""
    curves, inner, size = _curves(rows), inner_width(width), sizes(width).label
    canvas = pixel_canvas(width, _TOP + _PLOT + _FOOT)
    right = inner - (104 if is_narrow(width) else 176)
    years = range(0, _YEARS + 1, 2 if is_narrow(width) else 1)
    steps = (0, 25, 50, 75, 100)
    texts = [word(_x(year, right), _TOP + _PLOT + 13, str(year), size) for year in years]
    texts.append(word(_LEFT, _TOP + _PLOT + 32, "Years since the report", size, "left"))
    texts += [word(_LEFT - 6, _y(share / 100), f"{share}%", size, "right") for share in steps]
    lines: list[Record] = []
    ends = []
    for grade, curve in curves.items():
        corners = _corners(curve, _watched_to(rows, grade))
        lines += [
            {
                "x": _x(t, right),
                "y": _y(s),
                "line": grade,
                "colour": GRADE_COLOURS[grade],
                "dash": _DASHES[grade],
            }
            for t, s in corners
        ]
        ends.append((grade, corners[-1]))
    labels, leaders = _end_labels(ends, right, inner, size)
    return canvas.layered(
        canvas.rules(level([_y(share / 100) for share in steps], _LEFT, right)),
        canvas.rules(upright([_x(_AFTER, right)], _TOP, _TOP + _PLOT, ROLES["rule"])),
        canvas.lines(lines, thick=2.5),
        canvas.rules(leaders),
        canvas.texts(texts + labels),
    )


def _spells(rows: Rows, grade: str) -> list[tuple[float, bool]]:
    return [
        (row["days"] / 365.25, row["is_ended"]) for row in rows if row["grade"] == grade and row["days"] > 0
    ]


def _curves(rows: Rows) -> "Curves":
    """The curve of each grade with enough spells.

    Raises:
        TooFewValuesError: fewer than two grades have ten spells.
    """
    spells = {grade: _spells(rows, grade) for grade in GRADES}
    curves = {grade: kaplan_meier(found) for grade, found in spells.items() if len(found) >= _AT_LEAST}
    if len(curves) < 2:
        raise TooFewValuesError(
            f"There are too few spells of grades to say how long they last: {len(rows)} in all. Choose a later date."
        )
    return curves


def _watched_to(rows: Rows, grade: str) -> float:
    """The time to which at least ten councils are watched, within the years shown."""
    lengths = sorted((length for length, _ in _spells(rows, grade)), reverse=True)
    return min(lengths[_AT_LEAST - 1], _YEARS)


def _corners(curve: list[Survival], until: float) -> list[tuple[float, float]]:
    corners, share = [(0.0, 1.0)], 1.0
    for step in curve:
        if step.time > until:
            break
        corners += [(step.time, share), (step.time, step.share)]
        share = step.share
    return [*corners, (until, share)]


def _x(years: float, right: float) -> float:
    return across(0, _YEARS, _LEFT, right, years)


def _y(share: float) -> float:
    return across(1, 0, _TOP, _TOP + _PLOT, share)


def _end_labels(
    ends: list[tuple[str, tuple[float, float]]], right: float, inner: float, size: int
) -> tuple[list[Record], list[Record]]:
    blocks = [wrap(GRADE_WORDS[grade], inner - right - 24, size, bold=True, slack=1) for grade, _ in ends]
    tallest = max(map(len, blocks)) * (size + 2)
    places = spread([_y(share) for _, (_, share) in ends], tallest + 3, _TOP + tallest / 2, _TOP + _PLOT)
    texts = [
        word(right + 24, y + (i - (len(block) - 1) / 2) * (size + 2), line, size, "left", True)
        for block, y in zip(blocks, places, strict=True)
        for i, line in enumerate(block)
    ]
    leaders = [
        {"x": _x(time, right), "x2": right + 20, "y": _y(share), "y2": y, "colour": ROLES["rule"], "thick": 1}
        for (_, (time, share)), y in zip(ends, places, strict=True)
    ]
    return texts, leaders


def _percent(step: Survival) -> str:
    return f"{round(100 * step.share)}%"


def _note(rows: Rows, grade: str, curve: list[Survival]) -> str:
    spells = _spells(rows, grade)
    after = share_after(curve, _AFTER)
    middle, low, high = median_time(curve)
    half = (
        "half have not yet changed"
        if middle is None
        else f"half had another grade after {short_number(middle)} years ({_limit(low)} to {_limit(high)})"
    )
    limits = (
        f"(95% interval {round(100 * after.lower)} to {round(100 * after.upper)})"
        if after.lower < after.upper
        else "(no interval: all still held it)"
    )
    return (
        f"{GRADE_WORDS[grade]}: n {len(spells)}, of which {sum(ended for _, ended in spells)} ended in another "
        f"grade; after {_AFTER} years {_percent(after)} {limits}; {half}."
    )


def _limit(value: float | None) -> str:
    return "not reached" if value is None else short_number(value)
