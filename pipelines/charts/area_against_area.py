"""How often two areas of one inspection got the same grade: a square of counts for each pair of areas."""

from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.grades import AREA_WORDS, GRADE_WORDS, GRADES
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import DARK_BLUE, ROLES, WHITE, ink_on, inner_width, is_narrow, mix, sizes
from pipelines.charts.words import Words, day, listed, percent

if TYPE_CHECKING:
    import altair as alt

_SHORT = {"outstanding": "Outst.", "good": "Good", "requires_improvement": "Req. imp.", "inadequate": "Inad."}
_LEFT, _GUTTER, _FOOT = 58, 18, 32
_HEAD_LINES = 3


def tell(rows: Rows) -> Words:
    """Words for one row per panel and pair of grades with its number of `inspections`."""
    panels = _panels(rows)
    same = {_pair(panel): (_same(panel), _total(panel)) for panel in panels}
    (area, other), (agreed, total) = next(iter(same.items()))
    title = (
        f"{AREA_WORDS[area]} and {AREA_WORDS[other].lower()} got the same grade in {agreed} of {total} "
        "ILACS inspections "
        f"({percent(agreed, total)})"
    )
    subtitle = (
        f"Number of ILACS inspections by two of their grades, visits to {day(only(rows, 'as_at'))} with "
        "reports out by "
        f"{day(only(rows, 'published_by'))}. Framed: both grades the same. Darker: more inspections."
    )
    shares = listed(
        f"{AREA_WORDS[one].lower()} with {AREA_WORDS[two].lower()} {agreed} of {total}"
        for (one, two), (agreed, total) in same.items()
    )
    alt_text = f"{len(panels)} squares of counts, grade against grade. Same grade: {shares}. {title}."
    notes = (
        "The overall grade is not independent of the grades of the areas.",
        "Inad. inadequate, Req. imp. requires improvement, Outst. outstanding.",
    )
    return Words(title, subtitle, alt_text, notes)


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Panels beside each other, three to a line on a wide chart, one on a narrow one."""
    panels = _panels(rows)
    size, inner = sizes(width), inner_width(width)
    across = 1 if is_narrow(width) else 3
    panel_width = (inner - 1 - (across - 1) * _GUTTER) / across
    cell_width = (panel_width - _LEFT) / len(GRADES)
    cell_height = min(cell_width, 40)
    head = _HEAD_LINES * (size.label + 4) + 12
    panel_height = head + len(GRADES) * cell_height + _FOOT
    lines = -(-len(panels) // across)
    height = lines * panel_height
    canvas = Canvas(inner, height, (0, inner), (0, inner), (0, height), (0, height))
    cells: list[Record] = []
    texts: list[Record] = []
    for i, panel in enumerate(panels):
        left = (i % across) * (panel_width + _GUTTER)
        top = (i // across) * panel_height
        square = _cells(panel, (left + _LEFT, top + head), (cell_width, cell_height))
        cells += square
        texts += _counts(square, size.label)
        texts += _heading(panel, left, top, panel_width, size.label)
        texts += _grade_labels(square, size.label - 1)
    same = [cell | {"edge": ROLES["text"]} for cell in cells if cell["same"]]
    return canvas.layered(
        canvas.rects([_bare(cell) | {"edge": WHITE} for cell in cells]),
        canvas.rects([_bare(cell) for cell in same], strokeWidth=2),
        canvas.texts(texts),
    )


def _panels(rows: Rows) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row["panel"])]


def _pair(panel: list[Row]) -> tuple[str, str]:
    return panel[0]["area"], panel[0]["other_area"]


def _same(panel: list[Row]) -> int:
    return sum(row["inspections"] for row in panel if row["grade"] == row["other_grade"])


def _total(panel: list[Row]) -> int:
    return sum(row["inspections"] for row in panel)


def _cells(panel: list[Row], corner: tuple[float, float], cell: tuple[float, float]) -> list[Record]:
    """The square: the area's grades from the best at the top, the other area's from the worst at the left."""
    (left, top), (width, height) = corner, cell
    counts = {(row["grade"], row["other_grade"]): row["inspections"] for row in panel}
    most = max(counts.values())
    area, other_area = (AREA_WORDS[name].lower() for name in _pair(panel))
    cells = []
    for i, grade in enumerate(GRADES):
        for j, other in enumerate(reversed(GRADES)):
            count = counts.get((grade, other), 0)
            cells.append(
                {
                    "x": left + j * width + 1,
                    "x2": left + (j + 1) * width - 1,
                    "y": top + i * height + 1,
                    "y2": top + (i + 1) * height - 1,
                    "colour": mix(DARK_BLUE, 0.08 + 0.92 * count / most) if count else WHITE,
                    "about": (
                        f"{area} {GRADE_WORDS[grade].lower()}, {other_area} "
                        f"{GRADE_WORDS[other].lower()}: {count}"
                    ),
                    "count": count,
                    "same": grade == other,
                }
            )
    return cells


def _bare(cell: Record) -> Record:
    return {name: value for name, value in cell.items() if name not in ("count", "same")}


def _counts(cells: list[Record], size: int) -> list[Record]:
    return [
        {
            "x": (cell["x"] + cell["x2"]) / 2,
            "y": (cell["y"] + cell["y2"]) / 2,
            "text": str(cell["count"]),
            "colour": ink_on(cell["colour"]) if cell["count"] else ROLES["quiet_text"],
            "size": size,
        }
        for cell in cells
    ]


def _heading(panel: list[Row], left: float, top: float, width: float, size: int) -> list[Record]:
    area, other = _pair(panel)
    line = size + 4
    lines = wrap(
        f"{AREA_WORDS[area]} (down) and {AREA_WORDS[other].lower()} (across)", width, size, bold=True
    )
    agreed, total = _same(panel), _total(panel)
    under = f"Same grade in {agreed} of {total} ({percent(agreed, total)})"
    base = {"x": left, "colour": ROLES["text"], "align": "left", "size": size}
    first = _HEAD_LINES - len(lines) - 1
    return [
        *(
            base | {"y": top + 12 + (first + i) * line, "text": text, "bold": True}
            for i, text in enumerate(lines)
        ),
        base | {"y": top + 12 + (_HEAD_LINES - 1) * line, "text": under},
    ]


def _grade_labels(cells: list[Record], size: int) -> list[Record]:
    """The grades' short words left of the square's first column and under its last row."""
    count = len(GRADES)
    down = [
        {"x": cell["x"] - 6, "y": (cell["y"] + cell["y2"]) / 2, "text": _SHORT[grade], "align": "right"}
        for grade, cell in zip(GRADES, cells[::count], strict=True)
    ]
    across: list[Record] = [
        {"x": (cell["x"] + cell["x2"]) / 2, "y": cell["y2"] + 12, "text": _SHORT[grade]}
        for grade, cell in zip(reversed(GRADES), cells[-count:], strict=True)
    ]
    return [label | {"colour": ROLES["text"], "size": size} for label in [*down, *across]]
