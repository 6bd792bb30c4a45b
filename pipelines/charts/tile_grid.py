"""England as a grid of equal tiles, one per authority, each with its grade's letter."""

from typing import TYPE_CHECKING

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.grades import (
    AREA_WORDS,
    GRADE_LETTERS,
    GRADE_WORDS,
    GRADES,
    is_below_good,
    is_good_or_better,
    overall_note,
)
from pipelines.charts.key import SWATCH, framed, key_marks
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import GRADE_COLOURS, ROLES, ink_on, inner_width, is_narrow, sizes
from pipelines.charts.tile_layout import Tile, read_tiles
from pipelines.charts.words import Words, counted, day, listed

if TYPE_CHECKING:
    import altair as alt

_GAP = 0.03
_KEY_COLUMN = 9
#: Names longer than this many pixels break, so that on a wide screen they keep off the tile's inner frame.
_NAME = 60
_NO_GRADE = "No grade"


def tell(rows: Rows) -> Words:
    """Words for one row per authority (`grade` or none)."""
    as_at, published_by = only(rows, "as_at"), only(rows, "published_by")
    graded = [row for row in rows if _grade(row) != "not_judged"]
    good = sum(is_good_or_better(row["grade"]) for row in graded)
    ended = [row["la_name"] for row in rows if row["published"] and not row["grade"]]
    held = f"the {len(graded)} councils with an overall grade" if ended else f"{len(graded)} councils"
    inadequate = sum(row["grade"] == "inadequate" for row in graded)
    area = AREA_WORDS[only(rows, "area")]
    prefix = "" if area == "Overall" else f"{area}: "
    title = (
        f"{prefix}{good} of {held} were good or outstanding on {day(as_at)}; "
        f"{counted(inadequate, 'was', 'were')} inadequate"
    )
    subtitle = (
        f"{_grade_of(area)} held on {day(as_at)}: the newest inspection visited by then whose report was out by "
        f"{day(published_by)}. One tile for each council, all of one size, near its place in England; "
        "dark lines part the regions. Framed inside: below good."
    )
    none = [row["la_name"] for row in rows if _grade(row) == "not_judged" and row["la_name"] not in ended]
    off_grid = [row["la_name"] for row in rows if row["la_code"] not in read_tiles()]
    notes = overall_note(as_at) if area == "Overall" else []
    if none:
        notes.append(f"Without {_grade_of(area, article=True)} on that day: {listed(none)}.")
    if ended:
        notes.append(
            f"Without an overall grade are also those whose newest inspection gave none: {listed(ended)}."
        )
    if off_grid:
        notes.append(f"Without a tile, since they no longer exist: {listed(off_grid)}.")
    counts = listed(f"{words.lower()} {count}" for words, count in _counts(rows))
    alt_text = (
        f"Grid of tiles, one for each of {len(rows)} councils, with the letter and colour of its grade: "
        f"{counts}. {title}."
    )
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """The grid with its key in the corner over the North Sea."""
    tiles = read_tiles()
    columns, lines = 1 + max(t.col for t in tiles.values()), 1 + max(t.row for t in tiles.values())
    inner = inner_width(width)
    side = inner / columns
    canvas = Canvas(inner, side * lines, (0, columns), (0, inner), (0, lines), (0, side * lines))
    placed = [(row, tiles[row["la_code"]]) for row in rows if row["la_code"] in tiles]
    marks = [_tile_mark(row, tile) for row, tile in placed]
    texts = [label for row, tile in placed for label in _labels(row, tile, canvas, width)]
    swatches, key_frames, key_texts = _key(rows, canvas, width)
    return canvas.layered(
        canvas.rects([m for m in marks if "edge" not in m]),
        canvas.rects([m for m in marks if "edge" in m], strokeWidth=1.5),
        canvas.rects([m | {"edge": ROLES["highlight"]} for m in marks if m["is_highlighted"]], strokeWidth=4),
        canvas.rules(_region_borders(placed)),
        canvas.frames([framed(canvas, m) for m in marks if m["below_good"]], thick=1.5),
        canvas.texts(texts),
        canvas.rects(swatches),
        canvas.frames(key_frames),
        canvas.texts(key_texts),
    )


def _grade_of(area: str, article: bool = False) -> str:
    """`Overall grade` or `Grade for leadership`; with an article inside a sentence."""
    if area == "Overall":
        return "an overall grade" if article else "Overall grade"
    return f"{'a grade' if article else 'Grade'} for {area[0].lower()}{area[1:]}"


def _grade(row: Row) -> str:
    return row["grade"] or "not_judged"


def _counts(rows: Rows) -> list[tuple[str, int]]:
    words = {**GRADE_WORDS, "not_judged": _NO_GRADE}
    shown = [*GRADES, "not_judged"]
    counted_grades = [(words[grade], sum(_grade(row) == grade for row in rows)) for grade in shown]
    return [(word, count) for word, count in counted_grades if count or word != _NO_GRADE]


def _tile_mark(row: Row, tile: Tile) -> Record:
    grade = _grade(row)
    words = GRADE_WORDS[grade] if row["grade"] else "no grade" if row["published"] else "no grade yet"
    published = f", report of {day(row['published'])}" if row["published"] else ""
    mark: Record = {
        "x": tile.col + _GAP,
        "x2": tile.col + 1 - _GAP,
        "y": tile.row + _GAP,
        "y2": tile.row + 1 - _GAP,
        "colour": GRADE_COLOURS[grade],
        "about": f"{row['la_name']}: {words}{published}",
        "is_highlighted": row["is_highlighted"],
        "below_good": is_below_good(grade),
    }
    if grade == "not_judged":
        mark |= {"edge": ROLES["absent_edge"], "dash": [3, 2]}
    return mark


def _region_borders(placed: list[tuple[Row, Tile]]) -> list[Record]:
    """A line in the gap between two tiles of different regions."""
    regions = {(tile.row, tile.col): _region(row) for row, tile in placed}
    borders = []
    for (line, col), region in sorted(regions.items()):
        if regions.get((line, col + 1), region) != region:
            borders.append({"x": col + 1, "x2": col + 1, "y": line, "y2": line + 1})
        if regions.get((line + 1, col), region) != region:
            borders.append({"x": col, "x2": col + 1, "y": line + 1, "y2": line + 1})
    return [border | {"colour": ROLES["text"], "thick": 2, "cap": "square"} for border in borders]


def _region(row: Row) -> str:
    """The region; Inner and Outer London are one."""
    return "London" if row["region"].endswith("London") else str(row["region"])


def _labels(row: Row, tile: Tile, canvas: Canvas, width: int) -> list[Record]:
    """The grade's letter; on tiles large enough the council's name above it."""
    grade = _grade(row)
    ink = ink_on(GRADE_COLOURS[grade])
    letter = {"x": tile.col + 0.5, "text": GRADE_LETTERS[grade], "colour": ink, "bold": True}
    if is_narrow(width):
        return [letter | {"y": tile.row + 0.5, "size": 12}]
    size = sizes(width).least
    side = canvas.width / canvas.x_domain[1]
    lines = wrap(tile.short_name, min(side - 4, _NAME), size, slack=1)
    if len(lines) == 1:
        lines = [tile.name]
    names = [
        {"x": tile.col + 0.5, "y": tile.row + 0.14 + (i * (size + 1) + size / 2) / side, "text": line}
        | {"colour": ink, "size": size}
        for i, line in enumerate(lines)
    ]
    return [letter | {"y": tile.row + 0.8, "size": 13}, *names]


def _key(rows: Rows, canvas: Canvas, width: int) -> tuple[list[Record], list[Record], list[Record]]:
    size = sizes(width).label
    grades = [*GRADES, "not_judged"]
    entries = [
        (grade, f"{words}: {count}") for grade, (words, count) in zip(grades, _counts(rows), strict=False)
    ]
    left = canvas.x_pixel(_KEY_COLUMN) + 6
    return key_marks(canvas, entries, [(left, 2 + i * (SWATCH + 6)) for i in range(len(entries))], size)
