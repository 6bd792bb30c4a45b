"""A canvas whose units are pixels, from the top left corner: for charts that lay out several small plots."""

from pipelines.charts.canvas import Canvas
from pipelines.charts.theme import inner_width


def pixel_canvas(width: int, height: float) -> Canvas:
    """A plot as wide as a chart of `width` pixels allows, one unit to a pixel both ways."""
    inner = inner_width(width)
    return Canvas(inner, height, (0, inner), (0, inner), (0, height), (0, height))
