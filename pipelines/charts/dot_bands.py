"""Rows of dots along an axis, one band under the other, each with its words, its median and one named dot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.charts.axes import across, round_steps, upright, word
from pipelines.charts.canvas import Record
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.positions import swarm
from pipelines.charts.text_layout import text_width, wrap
from pipelines.charts.theme import ROLES, inner_width, mix, sizes
from pipelines.charts.words import minus

if TYPE_CHECKING:
    import altair as alt

_EDGE, _DOT, _FOOT = 16, 6.0, 42
#: How each kind of dot looks: colour, size, shape and edge. Shape and size tell them apart without colour.
_LOOKS: dict[str, Record] = {
    "plain": {"colour": mix(ROLES["dot"], 0.5), "area": 28.0},
    "quiet": {"colour": mix(ROLES["text"], 0.28), "area": 24.0},
    "neighbour": {"colour": ROLES["neighbours"], "area": 60.0, "shape": "square", "edge": ROLES["text"]},
    "council": {"colour": ROLES["council"], "area": 150.0, "shape": "diamond", "edge": ROLES["text"]},
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot: its value, its look, and what is said of it."""

    value: float
    about: str
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Band:
    """One row of dots under its words; `low` and `high` are its axis, `named` the dot whose words are printed."""

    head: str
    rest: str
    dots: Sequence[Dot]
    low: float
    high: float
    marks: Sequence[float] = ()
    named: tuple[float, str] | None = None
    ends: tuple[str, str] | None = field(default=None)


def draw_bands(
    bands: Sequence[Band], width: int, room: float, axis: str | None = None, marks_behind: bool = False
) -> "alt.LayerChart":
    """The bands from the top; with `axis` they share one, whose words these are, else each prints its ends."""
    inner, size = inner_width(width), sizes(width).label
    heads = [wrap(f"{band.head} {band.rest}", inner, size, slack=0.94) for band in bands]
    lines = max(map(len, heads))
    high = lines * (size + 3) + 2 * room + 30 + (0 if axis else 4)
    canvas = pixel_canvas(width, high * len(bands) + (_FOOT if axis else 4))
    dots, marks, texts, rules = [], [], [], []
    for i, (band, head) in enumerate(zip(bands, heads, strict=True)):
        top = i * high
        middle = top + lines * (size + 3) + room + 4
        texts += _head(band, head, top, size)
        dots += _dots(band, inner, middle, room)
        marks += upright(
            [_x(band, v, inner) for v in band.marks], middle - room, middle + room, ROLES["text"]
        )
        texts += _under(band, inner, middle + room + 12, size - 1)
        if i:
            rules.append(
                {"x": 3, "x2": inner - 3, "y": top - 4, "y2": top - 4, "colour": ROLES["rule"], "thick": 1}
            )
    if axis:
        ticks = round_steps(bands[0].low, bands[0].high, 9 if inner > 500 else 5)
        xs = [_x(bands[0], tick, inner) for tick in ticks]
        rules += upright(xs, 0, high * len(bands))
        foot = high * len(bands) + 12
        texts += [word(x, foot, minus(f"{tick:,g}"), size - 1) for x, tick in zip(xs, ticks, strict=True)]
        texts.append(word(3, foot + 18, axis, size - 1, "left"))
    order = list(_LOOKS)
    dots.sort(key=lambda pair: order.index(pair[0]))
    thick = [m | {"thick": 2.5} for m in marks]
    return canvas.layered(
        canvas.rules(rules),
        canvas.rules(marks if marks_behind else []),
        *(canvas.dots([d for look, d in dots if look == name]) for name in order),
        canvas.rules([] if marks_behind else thick),
        canvas.texts(texts),
    )


def _x(band: Band, value: float, inner: float) -> float:
    return across(band.low, band.high, _EDGE, inner - _EDGE, value)


def _head(band: Band, lines: list[str], top: float, size: int) -> list[Record]:
    """The head in bold; what follows it on the same line in plain."""
    texts = []
    bold_left = band.head
    for i, line in enumerate(lines):
        y = top + 4 + size / 2 + i * (size + 3)
        bold = line if len(bold_left) >= len(line) else bold_left
        plain = line[len(bold) :].strip()
        bold_left = bold_left[len(bold) :].strip()
        if bold:
            texts.append(word(1, y, bold, size, "left", True))
        if plain:
            texts.append(
                word(1 + (text_width(bold, size, bold=True) + 5 if bold else 0), y, plain, size, "left")
            )
    return texts


def _dots(band: Band, inner: float, middle: float, room: float) -> list[tuple[str, Record]]:
    pixels = [_x(band, dot.value, inner) for dot in band.dots]
    return [
        (dot.look, {"x": x, "y": middle + offset, "about": dot.about, **_LOOKS[dot.look]})
        for dot, x, offset in zip(band.dots, pixels, swarm(pixels, _DOT, room), strict=True)
    ]


def _under(band: Band, inner: float, y: float, size: int) -> list[Record]:
    """Under the dots: the named one's words beneath it, and the ends of the band's own axis where they fit."""
    texts, taken = [], (inner, 0.0)
    if band.named:
        value, text = band.named
        half = text_width(text, size, bold=True) / 2 + 2
        x = min(max(_x(band, value, inner), half), inner - half)
        texts.append(word(x, y, text, size, bold=True))
        taken = (x - half, x + half)
    if band.ends:
        left, right = band.ends
        if text_width(left, size) + 8 < taken[0] or not band.named:
            texts.append(word(2, y, left, size, "left"))
        if inner - text_width(right, size) - 8 > taken[1] or not band.named:
            texts.append(word(inner - 2, y, right, size, "right"))
    return texts
