"""One strip per council along the years, coloured and lettered by the grade that was newest at the time."""

from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.events import decimal_year, read_events
from pipelines.charts.grades import (
    FRAMEWORK_WORDS,
    GRADE_LETTERS,
    GRADE_WORDS,
    GRADES,
    is_below_good,
    is_good_or_better,
)
from pipelines.charts.key import flow, framed, grade_entries, key_marks
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import GRADE_COLOURS, ROLES, Sizes, ink_on, inner_width, is_narrow, sizes
from pipelines.charts.tile_layout import read_tiles
from pipelines.charts.words import Words, counted, day

if TYPE_CHECKING:
    import altair as alt

_LINE = 15
_STRIP = 12
#: Room at the right for the letter of a strip that is shorter than its letter.
_MARGIN = 14
_LETTER = 14
_NAME = 10


def tell(rows: Rows) -> Words:
    """Words for one row per council and inspection, in order."""
    published_by = only(rows, "published_by")
    current = [group for group in _by_council(rows) if group[0]["valid_to"] is None]
    graded = [group for group in current if group[0]["grade"]]
    ever = sum(any(row["grade"] == "inadequate" for row in group) for group in graded)
    always = sum(all(is_good_or_better(row["grade"]) for row in group) for group in graded)
    title = (
        f"{ever} of {counted(len(graded), 'council')} have been judged inadequate at least once since 2013; "
        f"{counted(always, 'has', 'have')} never been below good"
    )
    subtitle = (
        "Overall grade of every inspection under the frameworks since November 2013. A strip begins on the "
        "day the "
        f"report was published and ends with the next report, on {day(published_by)}, or when the council "
        "ended. Framed inside: "
        "below good."
    )
    ended = sum(group[0]["valid_to"] is not None for group in _by_council(rows))
    alt_text = (
        f"Strips along the years, one for each of {len(current)} councils and {ended} that no longer exist, "
        "by region: "
        f"{sum(row['grade'] is not None for row in rows)} inspections with the letter and colour of the "
        f"grade. {title}."
    )
    notes = (
        *(f"Grey band: {event.words[0].lower()}{event.words[1:]}." for event in read_events()),
        *_frameworks(rows),
    )
    return Words(title, subtitle, alt_text, notes)


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """All councils under each other by region, each region headed by its name and the years."""
    narrow, size = is_narrow(width), sizes(width)
    inner = inner_width(width)
    entries = grade_entries(GRADES)
    key_places = flow(entries, inner, size.label)
    head = key_places[-1][1] + 34
    lines = _lines(rows)
    names = _names_width(lines, size, narrow)
    height = head + len(lines) * _LINE
    first = min(row["published"] for row in rows if row["published"])
    canvas = Canvas(
        inner,
        height,
        (first.year, decimal_year(only(rows, "published_by"))),
        (names, inner - _MARGIN),
        (0, height),
        (0, height),
    )
    swatches, key_frames, key_texts = key_marks(canvas, entries, key_places, size.label)
    strips, letters, labels, headings, years = [], [], [], [], []
    for i, line in enumerate(lines):
        middle = head + (i + 0.5) * _LINE
        if line == "":
            continue
        if isinstance(line, str):
            headings.append(_text(canvas, (2, middle), line, "left", size.label) | {"bold": True})
            years += _year_labels(canvas, middle, narrow)
            continue
        labels.append(_text(canvas, (2, middle), _name(line[0], narrow), "left", _NAME))
        if line[0]["is_highlighted"]:
            labels[-1]["bold"] = True
        for row in line:
            if row["grade"]:
                strips.append((_strip(row, middle), row))
                letters.append(_letter(row, canvas, middle))
            else:
                letters.append(_text(canvas, (names + 4, middle), "no graded inspection yet", "left", 10))
    return canvas.layered(
        canvas.rects(_pauses(canvas, head, height)),
        canvas.rules(_year_rules(canvas, lines, head)),
        canvas.rects([strip for strip, _ in strips]),
        canvas.frames(_frames(canvas, strips)),
        canvas.texts(letters),
        canvas.texts(labels + headings + years),
        canvas.rects(swatches),
        canvas.frames(key_frames),
        canvas.texts(key_texts),
    )


def _names_width(lines: list[str | list[Row]], size: Sizes, narrow: bool) -> float:
    """Room for the widest name, and for the widest heading beside the first year."""
    widths = [
        text_width(line, size.label, bold=True)
        if isinstance(line, str)
        else text_width(_name(line[0], narrow), _NAME)
        for line in lines
    ]
    return max(widths) + 8


def _by_council(rows: Rows) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row["la_code"])]


def _lines(rows: Rows) -> list[str | list[Row]]:
    """The chart's lines: a region's name, then the inspections of each of its councils, then an empty
    line.
    """
    lines: list[str | list[Row]] = []
    for region, group in groupby(rows, key=lambda row: row["region"]):
        lines += ["", region] if lines else [region]
        lines.extend(_by_council(list(group)))
    return lines


def _name(row: Row, narrow: bool) -> str:
    """The council's name; a council that was abolished or formed since carries the year, as two are called
    Dorset.
    """
    tile = read_tiles().get(row["la_code"])
    name = tile.name if narrow and tile else row["la_name"]
    if row["valid_to"] is not None:
        return f"{name} (to {row['valid_to'].year})"
    if row["valid_from"] is not None and row["valid_from"].year > 2013:
        return f"{name} (from {row['valid_from'].year})"
    return str(name)


def _strip(row: Row, middle: float) -> Record:
    framework = FRAMEWORK_WORDS[row["framework"]]
    return {
        "x": decimal_year(row["published"]),
        "x2": decimal_year(row["held_until"]),
        "y": middle - _STRIP / 2,
        "y2": middle + _STRIP / 2,
        "colour": GRADE_COLOURS[row["grade"]],
        "edge": ROLES["absent"],
        "about": (
            f"{row['la_name']}: {GRADE_WORDS[row['grade']]}, {framework}, published {day(row['published'])}"
        ),
    }


def _frames(canvas: Canvas, strips: list[tuple[Record, Row]]) -> list[Record]:
    """The inner frames of strips below good; in a strip without room for its letter a frame would look like one."""
    return [
        framed(canvas, strip)
        for strip, row in strips
        if is_below_good(row["grade"]) and (strip["x2"] - strip["x"]) * canvas.x_scale >= _LETTER
    ]


def _letter(row: Row, canvas: Canvas, middle: float) -> Record:
    start, end = (canvas.x_pixel(decimal_year(row[name])) for name in ("published", "held_until"))
    letter = GRADE_LETTERS[row["grade"]]
    if end - start < _LETTER:
        return _text(canvas, (end + 6, middle), letter, "center", 9) | {"bold": True}
    mark = _text(canvas, (start + 8, middle), letter, "center", 9)
    return mark | {"colour": ink_on(GRADE_COLOURS[row["grade"]]), "bold": True}


def _text(canvas: Canvas, place: tuple[float, float], text: str, align: str, size: int) -> Record:
    left, middle = place
    return {
        "x": canvas.x_at(left),
        "y": middle,
        "text": text,
        "colour": ROLES["text"],
        "align": align,
        "size": size,
    }


def _year_labels(canvas: Canvas, middle: float, narrow: bool) -> list[Record]:
    step = 3 if narrow else 1
    first, last = (int(value) for value in canvas.x_domain)
    return [
        {
            "x": year,
            "y": middle,
            "text": str(year),
            "colour": ROLES["quiet_text"],
            "size": 10,
            "align": "left",
            "dx": 2,
        }
        for year in range(first, last + 1, step)
        if canvas.x_pixel(year) + 28 <= canvas.width
    ]


def _year_rules(canvas: Canvas, lines: list[str | list[Row]], head: float) -> list[Record]:
    """A thin rule at each New Year beside each region's councils, and none through the years' numbers."""
    first, last = (int(value) for value in canvas.x_domain)
    named = [i for i, line in enumerate(lines) if isinstance(line, str) and line]
    ends = [i - 1 for i in named[1:]] + [len(lines)]
    return [
        {"x": year, "x2": year, "y": head + (start + 1) * _LINE, "y2": head + end * _LINE}
        | {"colour": ROLES["rule"], "thick": 0.5}
        for start, end in zip(named, ends, strict=True)
        for year in range(first, last + 1)
    ]


def _pauses(canvas: Canvas, head: float, height: float) -> list[Record]:
    return [
        {
            "x": max(decimal_year(event.start), canvas.x_domain[0]),
            "x2": min(decimal_year(event.end), canvas.x_domain[1]),
            "y": head,
            "y2": height,
            "colour": ROLES["band"],
        }
        for event in read_events()
        if decimal_year(event.start) < canvas.x_domain[1]
    ]


def _frameworks(rows: Rows) -> tuple[str, ...]:
    """When the newest framework began, from the rows."""
    ilacs = [row["published"] for row in rows if row["framework"] == "ilacs"]
    older = [row["published"] for row in rows if row["framework"] in ("sif", "sif_reinspection")]
    if not ilacs or not older:
        return ()
    return (
        f"Reports under the single inspection framework (SIF) were published to {day(max(older))}, under "
        "ILACS from "
        f"{day(min(ilacs))}.",
    )
