"""A figure in the years before and after an inspection's report, by the grade given: change against England's."""

from typing import TYPE_CHECKING

from pipelines.charts.axes import across, level, round_steps, upright, word
from pipelines.charts.estimates import Interval, median_interval
from pipelines.charts.grades import GRADE_WORDS, GRADES, overall_note
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.rows import Rows, only
from pipelines.charts.theme import GRADE_COLOURS, ROLES, inner_width, is_narrow, sizes
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, day, listed, minus, percent, signed

if TYPE_CHECKING:
    import altair as alt

    Panels = dict[str, dict[int, Interval]]

_HEAD, _PLOT, _FOOT, _GUTTER, _LEFT = 24, 190, 48, 22, 34
_AFTER = 1
_FEWEST = 10


def tell(rows: Rows) -> Words:
    """Words for one row per inspection and year before or after it (`change`, `england_change`)."""
    panels = _panels(rows)
    measure, worst, best = only(rows, "measure_title"), list(panels)[-1], next(iter(panels))
    title = (
        f"{measure}: from the figure before a report of {GRADE_WORDS[worst].lower()} to the next year’s, a median change "
        f"of {_words(rows, panels[worst][_AFTER])} less England’s; {GRADE_WORDS[best].lower()} "
        f"{_words(rows, panels[best][_AFTER])}"
    )
    subtitle = (
        "Median change from the last 31 March on or before the report (year 0), less England’s change in the same years, "
        f"by the overall grade given, visits since November 2013 to {day(only(rows, 'as_at'))}. Bars and brackets: 95% "
        "intervals of the median; under the years the inspections counted."
    )
    before = listed(
        f"{GRADE_WORDS[grade].lower()} {_words(rows, steps[min(steps)])} in year {signed(min(steps))}"
        for grade, steps in panels.items()
    )
    alt_text = f"{len(panels)} panels of dots with intervals, one for each grade, over years before and after; {before}. {title}."
    given, based = only(rows, "grades_given"), only(rows, "grades_with_base")
    crossed = _crossed(rows)
    notes = [
        f"{based} of {given} inspections have a figure for year 0. Windows of two inspections of one council may overlap; "
        "each inspection counts once. Frameworks SIF and ILACS are taken together.",
        f"Inspected councils are not a random choice, and a figure far from usual tends to come back: the years before "
        f"(left of 0) show what was already under way. {crossed} of the changes span years of the pandemic (2020 or 2021).",
    ]
    notes += overall_note(only(rows, "as_at"))
    if only(rows, "polarity") == "none":
        notes.append("A high figure is neither good nor bad in itself.")
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A panel for each grade on one scale; year 0, from which changes are counted, is marked."""
    panels, inner, size = _panels(rows), inner_width(width), sizes(width).label - 1
    across_count = 2 if is_narrow(width) else len(panels)
    gutter = _GUTTER
    panel_width = (inner - 2 - (across_count - 1) * gutter) / across_count
    high = _HEAD + _PLOT + _FOOT
    canvas = pixel_canvas(width, high * -(-len(panels) // across_count))
    ends = [
        v
        for steps in panels.values()
        for s in steps.values()
        for v in (s.lower, s.upper, s.estimate)
        if v is not None
    ]
    low, top_value = min(0.0, *ends) * 1.05, max(0.0, *ends) * 1.05
    rules, zero, bars, dots, lines, texts = [], [], [], [], [], []
    for i, (grade, steps) in enumerate(panels.items()):
        left, top = 1 + (i % across_count) * (panel_width + gutter), (i // across_count) * high
        plot = _Plot(
            left + _LEFT, left + panel_width - 12, top + _HEAD, low, top_value, min(steps), max(steps)
        )
        values = round_steps(low, top_value, 6)
        rules += level([plot.y(v) for v in values], plot.left - 4, plot.right + 8)
        zero += level([plot.y(0)], plot.left - 4, plot.right + 8, ROLES["quiet_text"])
        zero += upright([plot.x(0)], plot.top, plot.top + _PLOT, ROLES["quiet_text"])
        texts += [
            word(plot.left - 8, plot.y(v), minus(f"{v:+g}") if v else "0", size, "right") for v in values
        ]
        texts.append(word(left, top + 9, GRADE_WORDS[grade], size + 1, "left", True))
        for step, found in steps.items():
            x, y = plot.x(step), plot.y(found.estimate)
            colour = GRADE_COLOURS[grade]
            lines.append({"x": x, "y": y, "line": grade, "colour": colour})
            about = f"{GRADE_WORDS[grade]}, year {signed(step)}: {_words(rows, found)}"
            dots.append({"x": x, "y": y, "colour": colour, "area": 46.0, "about": about})
            if found.lower is not None and found.upper is not None and step:
                bars.append(
                    {
                        "x": x,
                        "x2": x,
                        "y": plot.y(found.lower),
                        "y2": plot.y(found.upper),
                        "colour": colour,
                        "thick": 1.5,
                    }
                )
            texts.append(word(x, plot.top + _PLOT + 12, signed(step), size))
            if not is_narrow(width) or step % 2:
                texts.append(
                    word(
                        x,
                        plot.top + _PLOT + 28,
                        f"n {found.n}" if step == min(steps) else str(found.n),
                        size - 1,
                    )
                )
    return canvas.layered(
        canvas.rules(rules),
        canvas.rules(zero),
        canvas.rules(bars),
        canvas.lines(lines),
        canvas.dots(dots),
        canvas.texts(texts),
    )


class _Plot:
    """Where the values of one panel stand."""

    def __init__(
        self, left: float, right: float, top: float, low: float, high: float, first: int, last: int
    ) -> None:
        self.left, self.right, self.top = left, right, top
        self._low, self._high, self._first, self._last = low, high, first, last

    def x(self, step: float) -> float:
        """The pixel of a year before or after."""
        return across(self._first, self._last, self.left + 8, self.right, step)

    def y(self, value: float) -> float:
        """The pixel of a change."""
        return across(self._high, self._low, self.top, self.top + _PLOT, value)


def _panels(rows: Rows) -> "Panels":
    """The median change against England of each grade with ten inspections in every year.

    Raises:
        TooFewValuesError: fewer than two grades have so many.
    """
    panels: Panels = {}
    for grade in GRADES:
        changes: dict[int, list[float]] = {}
        for row in rows:
            if row["grade"] == grade:
                changes.setdefault(row["years_after"], []).append(row["change"] - row["england_change"])
        steps = {
            step: median_interval(found) for step, found in sorted(changes.items()) if len(found) >= _FEWEST
        }
        if _AFTER in steps and 0 in steps:
            panels[grade] = steps
    if len(panels) < 2:
        raise TooFewValuesError(
            f"There are too few inspections with a figure of '{only(rows, 'measure_title')}' before and after them for a "
            "chart. Choose a later date or another measure."
        )
    return panels


def _words(rows: Rows, found: Interval) -> str:
    decimals = only(rows, "decimals")
    ends = ""
    if found.lower is not None and found.upper is not None and (found.lower, found.upper) != (0, 0):
        ends = f" ({signed(found.lower, decimals)} to {signed(found.upper, decimals)}; n {found.n})"
    return f"{signed(found.estimate, decimals)}{ends}"


def _crossed(rows: Rows) -> str:
    """The share of changes whose years include 2020 or 2021."""
    changes = [row for row in rows if row["years_after"]]
    spans = [sorted((row["base_year"], row["base_year"] + row["years_after"])) for row in changes]
    return percent(sum(first <= 2021 and last >= 2020 for first, last in spans), len(changes))
