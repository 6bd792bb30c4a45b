"""A council's line with its neighbours' median and England, drawn small as SVG without a drawing library."""

import math
from collections.abc import Sequence
from html import escape

from pipelines.charts.theme import FONT, ROLES
from pipelines.charts.words import number
from pipelines.site.figures import Point

WIDTH, HEIGHT = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 96, 10, 22
_SIZE = 12
_SERIES = (("council", "", 2.5), ("neighbours", "5 3", 2.0), ("england", "2 2", 2.0))


def line_svg(name: str, title: str, points: Sequence[Point], decimals: int) -> str:
    """Three lines on one axis from zero, each labelled at its end; a suppressed figure is a mark on the axis."""
    drawn = {
        "council": [(p.year, p.own["value"]) for p in points if p.own and p.own["value"] is not None],
        "neighbours": [(p.year, p.neighbours) for p in points if p.neighbours is not None],
        "england": [(p.year, p.england) for p in points if p.england is not None],
    }
    values = [value for series in drawn.values() for _, value in series]
    if not values:
        return ""
    top = _nice(max(values))
    years = [p.year for p in points]
    frame = _Frame(years[0], max(years[-1], years[0] + 1), top)
    parts = [_axis(frame, years, decimals)]
    parts += [_line(frame, drawn[key], ROLES[key], dash, thick) for key, dash, thick in _SERIES]
    parts += [_absent(frame, p) for p in points if p.own and p.own["value"] is None]
    parts.append(_labels(frame, drawn))
    return (
        f'<svg class="small" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(_in_words(name, title, drawn, decimals))}" font-family="{FONT}" font-size="{_SIZE}">'
        f"{''.join(parts)}</svg>"
    )


class _Frame:
    """The plot's place inside the drawing, and its scales."""

    def __init__(self, first: int, last: int, top: float) -> None:
        self.first, self.last, self.top = first, last, top

    def x(self, year: float) -> float:
        return _LEFT + (year - self.first) / (self.last - self.first) * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - value / self.top * (HEIGHT - _TOP - _BOTTOM)


def _nice(value: float) -> float:
    """The axis' end: the next round number."""
    if value <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(value))
    return next(step * m for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * m >= value)


def _axis(frame: _Frame, years: Sequence[int], decimals: int) -> str:
    quiet, rule = ROLES["quiet_text"], ROLES["rule"]
    lines = marks = ""
    for value in (0.0, frame.top / 2, frame.top):
        y = frame.y(value)
        places = 0 if value == int(value) else max(decimals, 1)
        lines += f"M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"
        marks += f'<text x="{_LEFT - 5}" y="{y + 4:.1f}">{number(value, places)}</text>'
    for year, anchor in ((years[0], "start"), (years[-1], "end"))[: 1 if len(years) == 1 else 2]:
        marks += f'<text x="{frame.x(year):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{year}</text>'
    return f'<path d="{lines}" stroke="{rule}" stroke-width=".7"/><g text-anchor="end" fill="{quiet}">{marks}</g>'


def _line(frame: _Frame, series: Sequence[tuple[int, float]], colour: str, dash: str, thick: float) -> str:
    """The line, broken where a year has no figure, and a dot where a year stands alone."""
    runs: list[list[tuple[int, float]]] = []
    for year, value in series:
        if runs and runs[-1][-1][0] == year - 1:
            runs[-1].append((year, value))
        else:
            runs.append([(year, value)])
    drawn = ""
    for run in runs:
        if len(run) == 1:
            drawn += (
                f'<circle cx="{frame.x(run[0][0]):.1f}" cy="{frame.y(run[0][1]):.1f}" r="3" fill="{colour}"/>'
            )
            continue
        path = " ".join(f"{frame.x(year):.1f},{frame.y(value):.1f}" for year, value in run)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        drawn += f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashed}/>'
    return drawn


def _absent(frame: _Frame, point: Point) -> str:
    """The publisher's symbol on the axis, where the council's figure would stand."""
    assert point.own is not None
    symbol = point.own["published_text"] or "×"
    return (
        f'<text x="{frame.x(point.year):.1f}" y="{frame.y(0) - 3:.1f}" text-anchor="middle" '
        f'fill="{ROLES["council"]}">{escape(symbol)}</text>'
    )


def _labels(frame: _Frame, drawn: dict[str, list[tuple[int, float]]]) -> str:
    """The lines' names at their ends, moved apart where they would overlap."""
    words = {"council": "Council", "neighbours": "Neighbours", "england": "England"}
    ends = sorted((frame.y(series[-1][1]), key) for key, series in drawn.items() if series)
    places: list[tuple[float, str]] = []
    for y, key in ends:
        places.append((max(y, places[-1][0] + _SIZE + 2) if places else y, key))
    over = places[-1][0] - (HEIGHT - _BOTTOM + 2)
    if over > 0:
        places = [(y - over, key) for y, key in places]
    return "".join(
        f'<text x="{WIDTH - _RIGHT + 7}" y="{y + 4:.1f}" fill="{_ink(key)}" '
        f'font-weight="{"bold" if key == "council" else "normal"}">{words[key]}</text>'
        for y, key in places
    )


def _ink(key: str) -> str:
    """Turquoise letters on white are too pale to read: the neighbours' label is in the text's colour."""
    return ROLES["text"] if key == "neighbours" else ROLES[key]


def _in_words(name: str, title: str, drawn: dict[str, list[tuple[int, float]]], decimals: int) -> str:
    told = []
    for key, who in (("council", name), ("neighbours", "median of its neighbours"), ("england", "England")):
        if drawn[key]:
            year, value = drawn[key][-1]
            told.append(f"{who} {number(value, decimals)} in {year}")
    return f"Lines along the years, {title}: {'; '.join(told)}. The table holds every year."
