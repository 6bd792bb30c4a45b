"""The milestones of a council's plan after an inspection: when each was due, by the recommendation it answers."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from pipelines.charts.axes import across, level, upright, word
from pipelines.charts.canvas import Record
from pipelines.charts.events import decimal_year
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import ROLES, inner_width, is_narrow, sizes
from pipelines.charts.words import Words, counted, day, listed, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

_TOP, _LINE, _FOOT, _RIGHT = 44, 34, 30, 64
_DOT = 5.5
_STACK = 5


def tell(rows: Rows) -> Words:
    """Words for one row per milestone (`due` or `due_problem`)."""
    council, report = only(rows, "la_name"), only(rows, "report_published")
    dated = [row["due"] for row in rows if row["due"]]
    within = sum(0 <= (due - report).days <= 365 for due in dated)
    before = sum(due < report for due in dated)
    title = (
        f"{within} of the {counted(len(rows), 'milestone')} of {council}’s plan were due within a year of the report "
        f"of {day(report)} ({percent(within, len(rows))}); {len(rows) - len(dated)} have no date of their own"
    )
    subtitle = (
        "Milestones of the plan by the month they were due, as the council’s pack prints it, and by the recommendation "
        "they answer. A dot is a milestone; upright lines are inspection reports."
    )
    reasons = Counter(_reason(row) for row in rows if not row["due"])
    notes = [
        f"{before} were due before the report was published: plans begin at the feedback." if before else "",
        f"Without a date: {listed(f'{reason} {count}' for reason, count in sorted(reasons.items()))}."
        if reasons
        else "",
        "Due dates are what the plan set, not what was reached.",
    ]
    lines = listed(f"{name} {len(members)}" for name, members in _lines(rows))
    alt_text = f"Dots along a time axis from {day(min(dated))} to {day(max(dated))}, in lines by recommendation: {lines}. {title}."
    return Words(title, subtitle, alt_text, tuple(note for note in notes if note))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A line for each recommendation, dots of one month above each other."""
    lines, inner, size = _lines(rows), inner_width(width), sizes(width).label - 1
    narrow = is_narrow(width)
    left = max(text_width(_short(name) if narrow else name, size) for name, _ in lines) + 12
    right = inner - _RIGHT
    dated = [row["due"] for row in rows if row["due"]]
    report, later = only(rows, "report_published"), only(rows, "next_published")
    first, last = decimal_year(min(*dated, report)), decimal_year(max(dated))
    canvas = pixel_canvas(width, _TOP + _LINE * len(lines) + _FOOT)
    bottom = _TOP + _LINE * len(lines)

    def x(when: date) -> float:
        return across(first - 0.04, last + 0.06, left, right, decimal_year(when))

    texts = [word(inner - 1, _TOP - 12, "no date", size, "right")]
    dots: list[Record] = []
    for i, (name, members) in enumerate(lines):
        base = _TOP + (i + 1) * _LINE - 7
        texts.append(word(1, base - 4, _short(name) if narrow else name, size, "left"))
        undated = sum(not row["due"] for row in members)
        texts.append(word(inner - 4, base - 4, str(undated) if undated else "0", size, "right"))
        dots += _stacked(members, base, x)
    starts = [date(year, month, 1) for year in range(int(first), int(last) + 2) for month in (1, 7)]
    ticks = [tick for tick in starts if first - 0.04 <= decimal_year(tick) <= last + 0.06]
    texts += [
        word(x(tick), bottom + 14, f"{tick:%b}" + f" {tick.year}", size)
        for tick in ticks
        if not narrow or tick.month == 1
    ]
    marks = [report] + ([later] if later and decimal_year(later) <= last + 0.06 else [])
    head = f"Report of {day(report)}"
    half = text_width(head, size) / 2
    texts.append(word(max(x(report), half + 2), 10, head, size))
    return canvas.layered(
        canvas.rules(level([_TOP + i * _LINE for i in range(len(lines) + 1)], 2, inner - 2)),
        canvas.rules(upright([x(tick) for tick in ticks], _TOP, bottom)),
        canvas.rules(
            [rule | {"thick": 2} for rule in upright([x(m) for m in marks], 20, bottom, ROLES["england"])]
        ),
        canvas.dots(dots),
        canvas.texts(texts),
    )


def _lines(rows: Rows) -> list[tuple[str, list[Row]]]:
    """The milestones of each recommendation, in the plan's order; those of none last."""
    names = list(dict.fromkeys(row["recommendation"] for row in sorted(rows, key=lambda r: r["place"])))
    ordered = [name for name in names if name] + [name for name in names if not name]
    return [(_name(name), [row for row in rows if row["recommendation"] == name]) for name in ordered]


def _name(recommendation: str | None) -> str:
    return recommendation.capitalize() if recommendation else "Without one"


def _short(name: str) -> str:
    """`One` for `Recommendation one`; `Education` for `Local authority recommendations – education`."""
    own = name.removeprefix("Recommendation ").split("–")[-1].strip()
    return own.split()[0].capitalize()


#: Words by which a reason is known, and its kind.
_REASONS = (
    ("beside", "dates and milestones in lists of unequal length"),
    ("of the calendar", "no such day"),
    ("dates are printed", "several dates"),
    ("is not a date", "words instead of a date"),
)


def _reason(row: Row) -> str:
    """The kind of reason, without the printed words in it."""
    return next((kind for words, kind in _REASONS if words in row["due_problem"]), "other reasons")


def _stacked(members: list[Row], base: float, x: "Callable[[date], float]") -> list[Record]:
    seen: Counter[tuple[int, int]] = Counter()
    dots = []
    for row in members:
        if not row["due"]:
            continue
        month = (row["due"].year, row["due"].month)
        column, place = divmod(seen[month], _STACK)
        seen[month] += 1
        middle = date(*month, 15)
        dots.append(
            {
                "x": x(middle) + column * _DOT,
                "y": base - place * _DOT,
                "colour": ROLES["council"],
                "area": 22.0,
                "about": f"{_name(row['recommendation'])}: due {day(row['due'])}",
            }
        )
    return dots
