"""The key of grades: a swatch with the grade's letter and its words, as one line or one column."""

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.grades import GRADE_LETTERS, GRADE_WORDS, is_below_good
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import GRADE_COLOURS, ROLES, ink_on

SWATCH = 16
#: A mark at the very edge would widen the file by its own rounding.
_EDGE = 2.0
_INSET = 2.0


def key_marks(
    canvas: Canvas, entries: list[tuple[str, str]], places: list[tuple[float, float]], size: int
) -> tuple[list[Record], list[Record], list[Record]]:
    """Swatches, their inner frames and texts for entries (grade, words) whose top left corners stand at
    `places`, in pixels.
    """
    swatches: list[Record] = []
    frames: list[Record] = []
    texts: list[Record] = []
    for (grade, words), (left, top) in zip(entries, places, strict=True):
        colour = GRADE_COLOURS[grade]
        swatches.append(
            {
                "x": canvas.x_at(left),
                "x2": canvas.x_at(left + SWATCH),
                "y": canvas.y_at(top),
                "y2": canvas.y_at(top + SWATCH),
                "colour": colour,
                "edge": ROLES["absent_edge"] if grade == "not_judged" else ROLES["absent"],
            }
        )
        if is_below_good(grade):
            frames.append(framed(canvas, swatches[-1]))
        middle = canvas.y_at(top + SWATCH / 2)
        texts.append(
            {"x": canvas.x_at(left + SWATCH / 2), "y": middle, "text": GRADE_LETTERS[grade]}
            | {"colour": ink_on(colour), "bold": True, "size": size - 1}
        )
        texts.append(
            {"x": canvas.x_at(left + SWATCH + 5), "y": middle, "text": words}
            | {"colour": ROLES["text"], "align": "left", "size": size}
        )
    return swatches, frames, texts


def framed(canvas: Canvas, mark: Record) -> Record:
    """The inner frame of a mark whose grade is below good: what parts it from a better grade without any
    colour.
    """
    right, down = _INSET / canvas.x_scale, _INSET / canvas.y_scale
    return {
        "x": mark["x"] + right,
        "x2": mark["x2"] - right,
        "y": mark["y"] + down,
        "y2": mark["y2"] - down,
        "edge": ink_on(mark["colour"]),
    }


def flow(entries: list[tuple[str, str]], width: float, size: int) -> list[tuple[float, float]]:
    """Places of the entries side by side from the left, on as many lines as `width` asks for."""
    places: list[tuple[float, float]] = []
    left, top = _EDGE, 0.0
    for _, words in entries:
        needed = SWATCH + 5 + text_width(words, size) * 1.05
        if left > _EDGE and left + needed > width:
            left, top = _EDGE, top + SWATCH + 6
        places.append((left, top))
        left += needed + 16
    return places


def grade_entries(grades: tuple[str, ...]) -> list[tuple[str, str]]:
    """Entries of the key for these grades, in their words."""
    return [(grade, GRADE_WORDS[grade]) for grade in grades]
