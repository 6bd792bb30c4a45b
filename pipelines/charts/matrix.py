"""A table whose cells are shaded: lines with their words, columns with theirs, a number in each cell where it fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.charts.axes import word
from pipelines.charts.canvas import Record
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.text_layout import text_width, wrap
from pipelines.charts.theme import DARK_BLUE, ROLES, WHITE, ink_on, inner_width, is_narrow, mix, sizes

if TYPE_CHECKING:
    import altair as alt

_HEAD = 22
_GAP = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its share of the darkest shade (0 to 1), the number in it, and what is said of it."""

    share: float
    text: str
    about: str


def draw_matrix(
    lines: Sequence[tuple[str, str]],
    columns: Sequence[tuple[int, str]],
    cells: Mapping[tuple[str, int], Cell],
    width: int,
) -> "alt.LayerChart":
    """The matrix: `lines` are ids with their words, `columns` numbers with theirs; a missing cell is a dash.

    On a narrow chart each line's words stand above its cells and only the darker numbers' shades tell.
    """
    inner, size, narrow = inner_width(width), sizes(width).label - 1, is_narrow(width)
    left = 0.0 if narrow else min(300.0, max(text_width(words, size) for _, words in lines) * 1.03 + 10)
    step = (inner - left - 1) / len(columns)
    fits = step >= max([text_width(cell.text, size - 1) for cell in cells.values()] or [0]) + 3
    wrapped = [wrap(words, inner if narrow else left - 8, size, slack=1) for _, words in lines]
    tops, heights, top = [], [], float(_HEAD)
    for words in wrapped:
        above = len(words) * (size + 2) + 3 if narrow else 0.0
        high = 18.0 if narrow else max(20.0, len(words) * (size + 2) + 4)
        tops.append(top + above)
        heights.append(high)
        top += above + high + (4 if narrow else 0)
    canvas = pixel_canvas(width, top + 2)
    rects: list[Record] = []
    texts: list[Record] = []
    every = 1 if step > 26 else 2
    for j, (_, heading) in enumerate(columns):
        if (len(columns) - 1 - j) % every == 0:
            texts.append(word(left + (j + 0.5) * step, 9, heading if step > 26 else f"’{heading[-2:]}", size))
    for (name, _), words, y, high in zip(lines, wrapped, tops, heights, strict=True):
        for i, text in enumerate(words):
            if narrow:
                texts.append(word(1, y - (len(words) - i) * (size + 2) + size / 2, text, size, "left"))
            else:
                texts.append(
                    word(1, y + high / 2 + (i - (len(words) - 1) / 2) * (size + 2), text, size, "left")
                )
        for j, (column, _) in enumerate(columns):
            cell = cells.get((name, column))
            x = left + j * step
            if cell is None:
                texts.append(word(x + step / 2, y + high / 2, "–", size))
                continue
            colour = mix(DARK_BLUE, 0.06 + 0.94 * cell.share)
            rects.append(
                {"x": x + _GAP, "x2": x + step - _GAP, "y": y + _GAP, "y2": y + high - _GAP, "colour": colour}
                | {"about": cell.about, "edge": WHITE if cell.share > 0.3 else ROLES["rule"]}
            )
            if fits and cell.text:
                texts.append(
                    word(x + step / 2, y + high / 2, cell.text, size - 1) | {"colour": ink_on(colour)}
                )
    return canvas.layered(canvas.rects(rects, strokeWidth=0.5), canvas.texts(texts))
