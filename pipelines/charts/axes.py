"""Round values for an axis, and the rules and words that show them on a plot laid out in pixels."""

from collections.abc import Sequence
from math import ceil, floor

from pipelines.charts.canvas import Record
from pipelines.charts.theme import ROLES


def round_steps(low: float, high: float, at_most: int = 7) -> list[float]:
    """Round values inside `low` to `high`, at most so many, their step 1, 2 or 5 times a power of ten."""
    span = high - low
    step = next(
        s * 10.0**p for p in range(-4, 12) for s in (1, 2, 5) if span / (s * 10.0**p) <= max(at_most - 1, 1)
    )
    return [round(i * step, 6) for i in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def across(low: float, high: float, left: float, right: float, value: float) -> float:
    """The pixel of `value` on an axis from `low` at `left` to `high` at `right`; the middle where they are one."""
    if low == high:
        return (left + right) / 2
    return left + (value - low) / (high - low) * (right - left)


def upright(xs: Sequence[float], top: float, bottom: float, colour: str = ROLES["band"]) -> list[Record]:
    """Thin upright lines at these pixels."""
    return [{"x": x, "x2": x, "y": top, "y2": bottom, "colour": colour, "thick": 1} for x in xs]


def level(ys: Sequence[float], left: float, right: float, colour: str = ROLES["band"]) -> list[Record]:
    """Thin level lines at these pixels."""
    return [{"x": left, "x2": right, "y": y, "y2": y, "colour": colour, "thick": 1} for y in ys]


def word(x: float, y: float, text: str, size: float, align: str = "center", bold: bool = False) -> Record:
    """One text at a pixel."""
    record: Record = {"x": x, "y": y, "text": text, "colour": ROLES["text"], "size": size}
    if align != "center":
        record["align"] = align
    return record | ({"bold": True} if bold else {})
