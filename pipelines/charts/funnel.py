"""Rates against the size of the population, with the limits that chance alone would keep to."""

from math import sqrt
from typing import TYPE_CHECKING

from pipelines.charts.axes import across, level, round_steps, word
from pipelines.charts.canvas import Record
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import ROLES, inner_width, is_narrow, mix, sizes
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, by_reason, listed, number, short_number, status_words

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

    Box = tuple[float, float, float, float]
    Scale = Callable[[float], float]

#: Two-sided normal quantiles of 95% and 99.8%.
_LIMITS = {"95%": 1.959964, "99.8%": 3.090232}
_PLOT, _TOP, _FOOT, _LEFT = 400, 10, 46, 44
_CURVE = 60
_NAMED = 6
_FEWEST = 20


def tell(rows: Rows) -> Words:
    """Words for one row per authority with count, population and rate."""
    shown = plotted_rows(rows)
    outside = [row for row in shown if abs(_z(row)) > _LIMITS["99.8%"]]
    above = sum(_z(row) > 0 for row in outside)
    measure, year = only(rows, "measure_title"), only(rows, "time_period")
    title = (
        f"{measure}, {year}: {len(outside)} of {len(shown)} councils lie outside the 99.8% limits round England's "
        f"{_figure(rows, _england(rows))}, {above} above and {len(outside) - above} below"
    )
    subtitle = (
        f"{measure}, {only(rows, 'measured_at')} {year}, by the number of children aged 0 to 17. A dot is a council; "
        "the curves are the limits within which 95% and 99.8% would lie if councils differed by chance alone."
    )
    spread = sum(_z(row) ** 2 for row in shown) / len(shown)
    notes = [
        f"Over-dispersed: councils differ {short_number(spread)} times as much (in variance) as chance alone would "
        "have them, so most of those outside differ in more than chance. The limits "
        "are Poisson's, by square roots, not widened."
    ]
    if only(rows, "polarity") == "none":
        notes.append("A high figure is neither good nor bad in itself.")
    notes += _not_plotted(rows)
    named = listed(f"{row['la_name']} {_figure(rows, row['value'])}" for row in _farthest(shown))
    alt_text = (
        f"Funnel of {len(shown)} dots, rate against population. Farthest from England: {named}. {title}."
    )
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """The funnel, with names at the councils farthest from England's rate."""
    shown, inner, size = plotted_rows(rows), inner_width(width), sizes(width).label
    canvas = pixel_canvas(width, _TOP + _PLOT + _FOOT)
    most_people = max(row["denominator"] for row in shown) * 1.03
    fewest = min(row["denominator"] for row in shown) * 0.7
    most = max(row["value"] for row in shown) * 1.06
    right = inner - 8

    def x(people: float) -> float:
        return across(0, most_people, _LEFT, right, people)

    def y(rate: float) -> float:
        return across(most, 0, _TOP, _TOP + _PLOT, rate)

    england = _england(rows)
    rates, people = round_steps(0, most), round_steps(0, most_people, 5 if is_narrow(width) else 9)
    texts = [word(_LEFT - 6, y(rate), f"{rate:,g}", size, "right") for rate in rates]
    texts += [word(x(p), _TOP + _PLOT + 13, f"{p / 1000:,g}", size) for p in people]
    texts.append(word(_LEFT, _TOP + _PLOT + 32, "Children aged 0 to 17, thousands", size, "left"))
    dots = [_dot(row, x(row["denominator"]), y(row["value"])) for row in shown]
    samples, key = _key(rows, inner, size)
    points = [(d["x"], d["y"]) for d in dots]
    names = _names(shown, points, inner, size - 1, [_box(text) for text in key])
    return canvas.layered(
        canvas.rules(level([y(rate) for rate in rates], _LEFT, right)),
        canvas.lines(_curves(rows, (fewest, most_people), most, x, y), thick=1.5),
        canvas.rules(level([y(england)], _LEFT, right, ROLES["england"])),
        canvas.dots(dots),
        canvas.rules(samples),
        canvas.texts(texts + key + names),
    )


def plotted_rows(rows: Rows) -> list[Row]:
    """The rows with a count and a population, without the two councils too small for a stable rate.

    Raises:
        TooFewValuesError: fewer than twenty councils can be plotted, or England's rate is missing.
    """
    shown = [
        row
        for row in rows
        if row["numerator"] is not None and row["denominator"] and not row["is_very_small"]
    ]
    shown = [row for row in shown if row["value"] is not None]
    if len(shown) < _FEWEST or only(rows, "england_value") is None:
        raise TooFewValuesError(
            f"There are too few figures of '{only(rows, 'measure_title')}' for {only(rows, 'time_period')} for a funnel: "
            f"{len(shown)} councils have a count and a population. Choose another date or measure."
        )
    return shown


def _england(rows: Rows) -> float:
    return float(only(rows, "england_value"))


def _figure(rows: Rows, value: float) -> str:
    return number(value, only(rows, "decimals"))


def _expected(row: Row) -> float:
    return float(row["england_value"] * row["denominator"] / row["per"])


def _z(row: Row) -> float:
    """How far the count lies from the one at England's rate, in standard errors of its square root."""
    return 2 * (sqrt(row["numerator"]) - sqrt(_expected(row)))


def _farthest(shown: Rows) -> list[Row]:
    return sorted(shown, key=lambda row: -abs(_z(row)))[:_NAMED]


def _dot(row: Row, x: float, y: float) -> Record:
    outside = abs(_z(row)) > _LIMITS["99.8%"]
    return {
        "x": x,
        "y": y,
        "colour": ROLES["dot"] if outside else mix(ROLES["dot"], 0.45),
        "area": 110.0 if row["is_highlighted"] else 38.0,
        "shape": "diamond" if row["is_highlighted"] else "circle",
        "about": f"{row['la_name']}: {short_number(row['value'])}, {row['numerator']:,.0f} children",
    }


def _curves(
    rows: Rows, people_shown: tuple[float, float], most: float, x: "Scale", y: "Scale"
) -> list[Record]:
    per, england = float(only(rows, "per")), _england(rows)
    records = []
    for name, z in _LIMITS.items():
        for sign in (-1, 1):
            for i in range(_CURVE + 1):
                people = people_shown[0] + (people_shown[1] - people_shown[0]) * (i / _CURVE) ** 2
                rate = max(sqrt(england * people / per) + sign * z / 2, 0) ** 2 * per / people
                if rate <= most:
                    dash = None if name == "95%" else [5, 3]
                    records.append(
                        {
                            "x": x(people),
                            "y": y(rate),
                            "line": f"{name} {sign}",
                            "colour": ROLES["quiet_text"],
                        }
                        | {"dash": dash}
                    )
    return records


def _key(rows: Rows, inner: float, size: int) -> tuple[list[Record], list[Record]]:
    """What the lines are, in the corner that large councils leave empty: samples and words."""
    entries = (
        (f"England {_figure(rows, _england(rows))}", ROLES["england"], None),
        ("95% limits", ROLES["quiet_text"], None),
        ("99.8% limits", ROLES["quiet_text"], [5, 3]),
    )
    left = inner - max(text_width(words, size) for words, _, _ in entries) * 1.05 - 4
    samples, texts = [], []
    for i, (words, colour, dash) in enumerate(entries):
        y = _TOP + 10 + i * (size + 7)
        samples.append(
            {"x": left - 34, "x2": left - 6, "y": y, "y2": y, "colour": colour, "thick": 1.5, "dash": dash}
        )
        texts.append(word(left, y, words, size, "left"))
    return samples, texts


def _names(
    shown: Rows, points: list[tuple[float, float]], inner: float, size: int, taken: "list[Box]"
) -> list[Record]:
    """Names of the farthest and the chosen councils, where there is room beside their dots."""
    at = {row["la_code"]: point for row, point in zip(shown, points, strict=True)}
    chosen = [row for row in shown if row["is_highlighted"]]
    boxes = list(taken)
    texts: list[Record] = []
    for row in [*chosen, *_farthest([row for row in shown if row not in chosen])]:
        x, y = at[row["la_code"]]
        for align, shift in (("left", 7), ("right", -7)):
            text = word(x + shift, y, row["la_name"], size, align, bool(row["is_highlighted"]))
            box = _box(text)
            inside = box[0] >= _LEFT and box[2] <= inner
            covered = any(
                _touch(box, (px - 3, py - 3, px + 3, py + 3)) for px, py in points if (px, py) != (x, y)
            )
            if inside and not covered and not any(_touch(box, other) for other in boxes):
                texts.append(text)
                boxes.append(box)
                break
    return texts


def _box(text: Record) -> "Box":
    wide = text_width(text["text"], text["size"], bold=bool(text.get("bold"))) + 2
    left = text["x"] - (wide if text.get("align") == "right" else 0)
    return left, text["y"] - text["size"] * 0.75, left + wide, text["y"] + text["size"] * 0.75


def _touch(one: "Box", other: "Box") -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _not_plotted(rows: Rows) -> list[str]:
    missing = [
        (row["la_name"], status_words(row["value_status"]))
        for row in rows
        if row["value"] is None or row["numerator"] is None
    ]
    small = [
        f"{row['la_name']} ({_figure(rows, row['value'])})"
        for row in rows
        if row["is_very_small"] and row["value"] is not None and row["numerator"] is not None
    ]
    notes = [f"Not plotted: {by_reason(missing)}."] if missing else []
    if small:
        notes.append(f"Off the axis, with too few children for a stable rate: {listed(small)}.")
    return notes
