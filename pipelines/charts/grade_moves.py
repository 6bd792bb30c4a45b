"""Moves between grades: a ribbon from each grade held first to each held later, as wide as the councils in it."""

from collections import Counter
from typing import TYPE_CHECKING

from pipelines.charts.axes import word
from pipelines.charts.canvas import Record
from pipelines.charts.grades import GRADE_RANKS, GRADE_WORDS, GRADES, overall_note
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.rows import Rows, only
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import (
    DARK_BLUE,
    DARK_GREY,
    GRADE_COLOURS,
    ORANGE,
    ROLES,
    inner_width,
    is_narrow,
    mix,
    sizes,
)
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, counted, day, listed

if TYPE_CHECKING:
    import altair as alt

_PLOT, _GAP, _HEAD, _BAR, _STEPS = 380, 14, 26, 14, 24
_MOVES = {
    "improved": mix(DARK_BLUE, 0.45),
    "same": mix(DARK_GREY, 0.22),
    "fell": mix(ORANGE, 0.7),
}


def tell(rows: Rows) -> Words:
    """Words for one row per authority with `grade_from` and `grade_to`."""
    kinds = Counter(_move(row["grade_from"], row["grade_to"]) for row in rows if _is_judged_twice(row))
    once = sum(not _is_judged_twice(row) for row in rows)
    twice = len(rows) - once
    if not twice:
        raise TooFewValuesError(
            f"No council had been judged a second time by {day(only(rows, 'as_at'))}, so there are no moves to show. "
            "Choose a later date."
        )
    start, end = only(rows, "words_from"), only(rows, "words_to")
    between_dates = only(rows, "frameworks") == "profile"
    who = f"judged anew between {start} and {end}" if between_dates else "with more than one ILACS inspection"
    title = (
        f"Of {counted(twice, 'council')} {who}, {kinds['improved']} rose, {kinds['same']} kept their grade and "
        f"{kinds['fell']} fell"
    )
    ends = f"held on {start} and on {end}" if between_dates else f"at the {start} and at the {end}"
    subtitle = (
        f"Overall grade {ends}, visits to {day(only(rows, 'as_at'))} with reports out "
        f"by {day(only(rows, 'published_by'))}. A ribbon is as wide as the councils in it; it slopes up where "
        "they rose."
    )
    pairs = Counter((row["grade_from"], row["grade_to"]) for row in rows)
    words = listed(
        f"{GRADE_WORDS[a].lower()} to {GRADE_WORDS[b].lower()} {pairs[a, b]}"
        for a in GRADES
        for b in GRADES
        if pairs[a, b]
    )
    notes = overall_note(only(rows, "as_at"))
    if once:
        notes.append(
            f"The ribbons hold {counted(once, 'council')} with no newer inspection, whose grade is the same one."
        )
    if between_dates:
        notes.append(
            "Grades of the older date are under SIF, most of the newer under ILACS: not quite the same yardstick."
        )
    notes.append(
        "Colours: rose blue, kept grey, fell orange. A ribbon too thin for its number is in the data. Inadequate councils "
        "are inspected again sooner than others."
    )
    alt_text = f"Ribbons between two columns of grades for {counted(len(rows), 'council')}: {words}. {title}."
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """The grades held first at the left, those held later at the right, the best on top."""
    inner, size = inner_width(width), sizes(width).label
    side = 92 if is_narrow(width) else 170
    canvas = pixel_canvas(width, _HEAD + _PLOT + 8)
    pairs = Counter((row["grade_from"], row["grade_to"]) for row in rows)
    scale = (_PLOT - 3 * _GAP) / len(rows)
    lefts = _stacks({g: sum(n for (a, _), n in pairs.items() if a == g) for g in GRADES}, scale)
    rights = _stacks({g: sum(n for (_, b), n in pairs.items() if b == g) for g in GRADES}, scale)
    ribbons, numbers = _ribbons(pairs, lefts, rights, scale, (side + _BAR, inner - side - _BAR), size)
    bars, texts = [], []
    for stacks, x, align, edge in (
        (lefts, side, "right", side - 6),
        (rights, inner - side - _BAR, "left", inner - side + 6),
    ):
        for grade, (top, count) in stacks.items():
            if count:
                bars.append(_bar(grade, x, top, count * scale))
                texts += _label(grade, count, edge, top + count * scale / 2, align, side - 8, size)
    heads = (only(rows, "words_from"), only(rows, "words_to"))
    texts.append(word(1, 9, heads[0][0].upper() + heads[0][1:], size, "left"))
    texts.append(word(inner - 1, 9, heads[1][0].upper() + heads[1][1:], size, "right"))
    return canvas.layered(canvas.bands(ribbons), canvas.rects(bars), canvas.texts(texts + numbers))


def _is_judged_twice(row: dict[str, object]) -> bool:
    return row["inspections_count"] != 1


def _move(before: str, later: str) -> str:
    step = GRADE_RANKS[later] - GRADE_RANKS[before]
    return "same" if step == 0 else "improved" if step < 0 else "fell"


def _stacks(counts: dict[str, int], scale: float) -> dict[str, tuple[float, int]]:
    top, found = float(_HEAD), {}
    for grade in GRADES:
        found[grade] = (top, counts[grade])
        top += counts[grade] * scale + (_GAP if counts[grade] else 0)
    return found


def _ribbons(
    pairs: Counter[tuple[str, str]],
    lefts: dict[str, tuple[float, int]],
    rights: dict[str, tuple[float, int]],
    scale: float,
    ends: tuple[float, float],
    size: int,
) -> tuple[list[Record], list[Record]]:
    """Curved ribbons, in the order in which they leave and arrive, with their numbers at both ends."""
    left_at = {grade: top for grade, (top, _) in lefts.items()}
    right_at = {grade: top for grade, (top, _) in rights.items()}
    starts = {}
    for before in GRADES:
        for later in GRADES:
            starts[before, later] = left_at[before]
            left_at[before] += pairs[before, later] * scale
    curves: list[tuple[float, list[Record]]] = []
    numbers: list[Record] = []
    for later in GRADES:
        for before in GRADES:
            high = pairs[before, later] * scale
            if not high:
                continue
            start, end = starts[before, later], right_at[later]
            right_at[later] += high
            colour = _MOVES[_move(before, later)]
            curves.append((high, _curve(f"{before} {later}", start, end, high, ends, colour)))
            if high >= size + 1:
                text = str(pairs[before, later])
                numbers.append(word(ends[0] + 14, start + high / 2, text, size))
                numbers.append(word(ends[1] - 14, end + high / 2, text, size))
    widest_first = sorted(curves, key=lambda pair: -pair[0])
    return [point for _, points in widest_first for point in points], numbers


def _curve(
    name: str, start: float, end: float, high: float, ends: tuple[float, float], colour: str
) -> list[Record]:
    points = []
    for i in range(_STEPS + 1):
        share = i / _STEPS
        eased = share * share * (3 - 2 * share)
        y = start + (end - start) * eased
        points.append(
            {
                "x": ends[0] + (ends[1] - ends[0]) * share,
                "y": y,
                "y2": y + high,
                "line": name,
                "colour": colour,
            }
        )
    return points


def _bar(grade: str, left: float, top: float, high: float) -> Record:
    return {
        "x": left,
        "x2": left + _BAR,
        "y": top,
        "y2": top + high,
        "colour": GRADE_COLOURS[grade],
        "edge": ROLES["absent"],
    }


def _label(
    grade: str, count: int, x: float, middle: float, align: str, room: float, size: int
) -> list[Record]:
    lines = wrap(f"{GRADE_WORDS[grade]} {count}", room, size, bold=True, slack=1)
    step = size + 2
    return [
        word(x, middle + (i - (len(lines) - 1) / 2) * step, line, size, align, True)
        for i, line in enumerate(lines)
    ]
