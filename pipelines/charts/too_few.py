"""What stands in a chart's place where its rows are too few to draw: a sentence, in the frame every chart has."""

from typing import TYPE_CHECKING

from pipelines.charts.axes import word
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import ROLES, inner_width, sizes
from pipelines.charts.words import Words
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import altair as alt

_HIGH = 90


class TooFewValuesError(CouncilsError):
    """The rows have too few values for the chart; the message is the sentence that stands in its place."""


def tell(question: str, sentence: str) -> Words:
    """Words for a chart that is not drawn: the sentence, and the question that stays without an answer."""
    title = sentence.rstrip(".")
    return Words(title, f"Not drawn: {question}", f"No chart is drawn. {title}.")


def draw(width: int) -> "alt.LayerChart":
    """A pale field with the words that nothing is drawn in it."""
    size, inner = sizes(width), inner_width(width)
    canvas = pixel_canvas(width, _HIGH)
    lines = wrap("Too few values for this chart", inner - 20, size.label, bold=True)
    texts = [
        word(inner / 2, _HIGH / 2 + i * (size.label + 4), line, size.label, bold=True)
        for i, line in enumerate(lines)
    ]
    field = {"x": 2, "x2": inner - 2, "y": 2, "y2": _HIGH - 2, "colour": ROLES["band"]}
    return canvas.layered(canvas.rects([field]), canvas.texts(texts))
