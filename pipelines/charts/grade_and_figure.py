"""A figure by the grade held: a dot for each council, and each grade's median with its interval."""

from typing import TYPE_CHECKING

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.estimates import Interval, median_interval, spearman
from pipelines.charts.grades import GRADE_RANKS, GRADE_WORDS, GRADES
from pipelines.charts.positions import swarm
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import GRADE_COLOURS, ROLES, inner_width, is_narrow, sizes
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, by_reason, day, listed, minus, short_number, status_words

if TYPE_CHECKING:
    import altair as alt

_BAND, _ROOM, _DOT = 108, 26, 7.0
_LEFT, _RIGHT = 6, 14
#: Within a band: where its words end, where the interval's bar begins, and the line of words under it.
_HEAD, _BAR, _CORNER = 22, 84, _BAND - 8
#: A rule at the very edge would widen the file by its own thickness.
_EDGE = 3


def tell(rows: Rows) -> Words:
    """Words for one row per authority with `grade`, `value`, `value_status` and what was measured."""
    plotted = plotted_rows(rows)
    medians = _medians(plotted)
    measure, year = only(rows, "measure_title"), only(rows, "time_period")
    link = spearman([GRADE_RANKS[row["grade"]] for row in plotted], [row["value"] for row in plotted])
    best, worst = next(iter(medians)), list(medians)[-1]
    title = (
        f"{measure}: {_direction(link)}, with a median of {figure(medians[best].estimate)} in "
        "councils graded "
        f"{GRADE_WORDS[best].lower()} and {figure(medians[worst].estimate)} in those graded "
        f"{GRADE_WORDS[worst].lower()}"
    )
    subtitle = (
        f"{measure}, {year}, by the overall grade held on {day(only(rows, 'as_at'))} (reports out by "
        f"{day(only(rows, 'published_by'))}). A dot is a council; the long mark is the median, the bar and "
        "the figures in brackets "
        "its 95% interval."
    )
    alt_text = (
        f"Dots for {len(plotted)} councils along one axis, in a row for each grade, with medians and their "
        "95% intervals: "
        f"{listed(_summary(grade, medians[grade]) for grade in medians)}. {title}."
    )
    return Words(title, subtitle, alt_text, tuple(_notes(rows, link)))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A band for each grade, best on top, over one axis that begins at zero."""
    import altair as alt

    plotted = plotted_rows(rows)
    medians = _medians(plotted)
    inner, size = inner_width(width), sizes(width)
    most = max(row["value"] for row in plotted) * 1.02
    axis = alt.Axis(
        title=only(rows, "measure_title"), tickCount=5 if is_narrow(width) else 9, grid=True, domain=False
    )
    height = _BAND * len(medians)
    canvas = Canvas(inner, height, (0, most), (_LEFT, inner - _RIGHT), (0, height), (0, height), x_axis=axis)
    dots, chosen, names, marks, bars, heads = [], [], [], [], [], []
    for i, (grade, interval) in enumerate(medians.items()):
        top = i * _BAND
        members = [row for row in plotted if row["grade"] == grade]
        placed = _dots(members, canvas, top + 52, GRADE_COLOURS[grade])
        dots += [dot for dot, row in zip(placed, members, strict=True) if not row["is_highlighted"]]
        chosen += [dot for dot, row in zip(placed, members, strict=True) if row["is_highlighted"]]
        names += _names(members, placed, canvas, top, size.least + 1)
        marks.append(_median_mark(interval, top))
        bars += _interval_bar(interval, top, GRADE_COLOURS[grade])
        heads += _head(grade, interval, canvas, top, size.label)
    return canvas.layered(
        canvas.rules([_divider(canvas, i * _BAND) for i in range(1, len(medians))]),
        canvas.dots(dots),
        canvas.rects(bars),
        canvas.rules(marks),
        canvas.dots([dot | {"edge": ROLES["highlight"], "area": 110.0} for dot in chosen], strokeWidth=2),
        canvas.texts(heads + names),
    )


def plotted_rows(rows: Rows) -> list[Row]:
    """The rows with a grade and a number, without the two councils too small for a stable rate.

    Raises:
        TooFewValuesError: fewer than two grades have a number, so there is nothing to compare.
    """
    plotted = [row for row in rows if row["grade"] and row["value"] is not None and not row["is_very_small"]]
    if len({row["grade"] for row in plotted}) < 2:
        raise TooFewValuesError(
            f"There are too few figures of '{only(rows, 'measure_title')}' for {only(rows, 'time_period')} to "
            "compare grades: "
            f"{len(plotted)} councils have both. Choose another date or measure."
        )
    return plotted


def figure(value: float) -> str:
    """`92.5`; from a thousand on without decimals, `1,181`."""
    return short_number(value, 0 if abs(value) >= 1000 else 1)


def _medians(plotted: Rows) -> dict[str, Interval]:
    values = {grade: [row["value"] for row in plotted if row["grade"] == grade] for grade in GRADES}
    return {grade: median_interval(found) for grade, found in values.items() if found}


def _direction(link: Interval | None) -> str:
    if link is None or link.lower is None or link.upper is None or link.lower <= 0 <= link.upper:
        return "no clear link with the grade"
    return "higher where grades are worse" if link.lower > 0 else "lower where grades are worse"


def _summary(grade: str, interval: Interval) -> str:
    limits = (
        f" ({figure(interval.lower)} to {figure(interval.upper)})"
        if interval.lower is not None and interval.upper is not None
        else " (too few for an interval)"
    )
    return f"{GRADE_WORDS[grade]} (n {interval.n}): median {figure(interval.estimate)}{limits}"


def _notes(rows: Rows, link: Interval | None) -> list[str]:
    notes = []
    if link is not None and link.lower is not None and link.upper is not None:
        notes.append(
            f"Spearman's rank correlation between a worse grade and a higher figure: {minus(f'{link.estimate:.2f}')} "
            "(95% interval "
            f"{minus(f'{link.lower:.2f}')} to {minus(f'{link.upper:.2f}')}; n {link.n}), not adjusted for deprivation or anything "
            "else."
        )
    if only(rows, "polarity") == "none":
        notes.append("A high figure is neither good nor bad in itself.")
    missing = [
        (
            row["la_name"],
            "no overall grade" if row["value"] is not None else status_words(row["value_status"]),
        )
        for row in rows
        if row["value"] is None or not row["grade"]
    ]
    small = [
        f"{row['la_name']} ({figure(row['value'])}, {GRADE_WORDS[row['grade']].lower()})"
        for row in rows
        if row["is_very_small"] and row["value"] is not None and row["grade"]
    ]
    if missing:
        notes.append(f"Not plotted: {by_reason(missing)}.")
    if small:
        notes.append(
            f"Off the axis and not in the medians, with too few children for a stable rate: {listed(small)}."
        )
    return notes


def _dots(members: Rows, canvas: Canvas, middle: float, colour: str) -> list[Record]:
    pixels = [canvas.x_pixel(row["value"]) for row in members]
    return [
        {
            "x": row["value"],
            "y": middle + offset,
            "colour": colour,
            "area": _DOT**2 * 0.8,
            "about": f"{row['la_name']}: {figure(row['value'])}, {GRADE_WORDS[row['grade']]}",
        }
        for row, offset in zip(members, swarm(pixels, _DOT, _ROOM), strict=True)
    ]


def _names(members: Rows, placed: list[Record], canvas: Canvas, top: float, size: int) -> list[Record]:
    """The name of the council with the highest figure of its grade, and in a corner of one the reader asked
    for.
    """
    highest = max(range(len(members)), key=lambda i: members[i]["value"])
    row, dot = members[highest], placed[highest]
    text = _labelled(row)
    x = canvas.x_pixel(row["value"])
    others = [(canvas.x_pixel(p["x"]), p["y"] - top) for p in placed if p is not dot]
    base = {"colour": ROLES["text"], "size": size}
    if x + 8 + text_width(text, size) <= canvas.width:
        place: Record = {"x": dot["x"], "dx": 7, "y": dot["y"], "align": "left"}
    else:
        line = _free_line(canvas.width - 4 - text_width(text, size), dot["y"] - top, others, size)
        place = {"x": canvas.x_at(canvas.width - 2), "y": top + (line or _CORNER), "align": "right"}
    ringed = any(row["is_highlighted"] for row in members)
    labels = [] if ringed and place["y"] == top + _CORNER else [base | place | {"text": text}]
    corner = {"x": canvas.x_at(canvas.width - _RIGHT), "y": top + _CORNER, "align": "right", "bold": True}
    labels += [
        base | corner | {"text": f"Ringed: {_labelled(row)}"} for row in members if row["is_highlighted"]
    ]
    return labels


def _free_line(left: float, middle: float, others: list[tuple[float, float]], size: int) -> float | None:
    """How far from the band's top a name that ends at the right edge covers no dot; None: only under them all."""
    near = _DOT / 2 + size * 0.7
    for y in (middle - 11, middle - 18, middle + 12):
        covered = any(x > left - _DOT / 2 and abs(dot_y - y) < near for x, dot_y in others)
        if _HEAD + near <= y <= _BAR - near and not covered:
            return y
    return None


def _labelled(row: Row) -> str:
    return f"{row['la_name']} {figure(row['value'])}"


def _median_mark(interval: Interval, top: float) -> Record:
    x = interval.estimate
    return {"x": x, "x2": x, "y": top + 24, "y2": top + 93, "colour": ROLES["text"], "thick": 2}


def _interval_bar(interval: Interval, top: float, colour: str) -> list[Record]:
    if interval.lower is None or interval.upper is None:
        return []
    return [{"x": interval.lower, "x2": interval.upper, "y": top + _BAR, "y2": top + 90, "colour": colour}]


def _head(grade: str, interval: Interval, canvas: Canvas, top: float, size: int) -> list[Record]:
    """The grade in bold and its median in words, over the band's dots."""
    name, rest = _summary(grade, interval).split(" (n ", 1)
    words = f"(n {rest}"
    left = text_width(name, size, bold=True) * 1.02 + 5
    base = {"y": top + 13, "colour": ROLES["text"], "align": "left", "size": size}
    return [
        base | {"x": canvas.x_at(_LEFT), "text": name, "bold": True},
        base | {"x": canvas.x_at(_LEFT + left), "text": words},
    ]


def _divider(canvas: Canvas, top: float) -> Record:
    left, right = canvas.x_at(_EDGE), canvas.x_at(canvas.width - _EDGE)
    return {"x": left, "x2": right, "y": top, "y2": top, "colour": ROLES["rule"], "thick": 1}
