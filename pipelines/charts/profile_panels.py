"""Profiles of grades over the years as small multiples: a panel for each area judged, or for each region."""

from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.axes import word
from pipelines.charts.canvas import Record
from pipelines.charts.events import read_events
from pipelines.charts.grades import AREA_WORDS, GRADE_LETTERS, GRADES, is_good_or_better, overall_note
from pipelines.charts.key import SWATCH, flow, grade_entries, key_marks
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.positions import spread
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import wrap
from pipelines.charts.theme import GRADE_COLOURS, ROLES, inner_width, is_narrow, sizes
from pipelines.charts.words import Words, day, listed, percent

if TYPE_CHECKING:
    import altair as alt

_PLOT, _FOOT, _GUTTER, _LABELS = 110, 30, 18, 38
_COLUMN = 0.8


def tell(rows: Rows) -> Words:
    """Words for one row per panel, year and grade (`authorities`, `authorities_judged`)."""
    shares = {_name(panel): _last_good(panel) for panel in _panels(rows)}
    known = {name: pair for name, pair in shares.items() if pair[1]}
    first = min(known, key=lambda name: known[name][0] / known[name][1])
    last = max(known, key=lambda name: known[name][0] / known[name][1])
    as_at = max(row["as_at"] for row in rows)
    by_area = only(rows, "panels_are") == "area"
    title = (
        f"Good or outstanding on {day(as_at)}: from {_share(known[first])} {_where(first, by_area)} to "
        f"{_share(known[last])} {_where(last, by_area)}"
    )
    cut_off = max(row["published_by"] for row in rows)
    judged = "Grade of each area" if by_area else "Overall grade"
    subtitle = (
        f"{judged} held on 31 March of each year: the newest inspection visited by then whose report was out "
        f"by {cut_off.day} {cut_off:%B}. Share of the councils that existed; outlined: without a grade. "
        "The numbers are councils on the last date."
    )
    alt_text = (
        f"{len(shares)} panels of stacked columns, one column for each 31 March from "
        f"{min(row['year'] for row in rows)} to {as_at.year}. Good or outstanding on the last date: "
        f"{listed(f'{name} {good} of {judged_there}' for name, (good, judged_there) in shares.items())}. {title}."
    )
    notes = ["The frameworks changed in 2018, from SIF to ILACS.", *overall_note(as_at)]
    if by_area:
        notes.append(
            "An area counts only where the framework judged it: care leavers apart under SIF and again from "
            "2023."
        )
    notes += [f"{event.words}." for event in read_events() if event.start <= as_at]
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Panels beside each other with a key above them, each year's column as high as every other."""
    panels = _panels(rows)
    inner, size = inner_width(width), sizes(width).label
    across = (2 if is_narrow(width) else 3) if len(panels) > 4 else (1 if is_narrow(width) else 2)
    panel_width = (inner - 2 - (across - 1) * _GUTTER) / across
    entries = [*grade_entries(GRADES), ("not_judged", "Without a grade")]
    places = flow(entries, inner, size)
    head = max(top for _, top in places) + SWATCH + 14
    titles = [wrap(_name(panel), panel_width, size, bold=True, slack=1) for panel in panels]
    title_height = max(map(len, titles)) * (size + 3) + size + 10
    panel_height = title_height + _PLOT + _FOOT
    canvas = pixel_canvas(width, head + -(-len(panels) // across) * panel_height)
    swatches, frames, texts = key_marks(canvas, entries, places, size)
    columns: list[Record] = []
    for i, (panel, lines) in enumerate(zip(panels, titles, strict=True)):
        left = 1 + (i % across) * (panel_width + _GUTTER)
        top = head + (i // across) * panel_height
        bottom = top + title_height + _PLOT
        columns += _columns(panel, left, bottom, panel_width - _LABELS)
        texts += _heading(panel, lines, left, top, size)
        texts += _beside(panel, left + panel_width - _LABELS + 5, bottom, size - 1)
        texts += _years(panel, left, bottom, panel_width - _LABELS, size - 1)
    outlined = [
        c | {"edge": ROLES["absent_edge"], "dash": [2, 2]} for c in columns if c["colour"] == ROLES["absent"]
    ]
    return canvas.layered(
        canvas.rects([c for c in columns if c["colour"] != ROLES["absent"]]),
        canvas.rects(outlined, strokeWidth=1),
        canvas.rects(swatches),
        canvas.frames(frames),
        canvas.texts(texts),
    )


def _panels(rows: Rows) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row["panel"])]


def _name(panel: list[Row]) -> str:
    name = str(panel[0]["panel"])
    return AREA_WORDS[name].split(" (")[0] if panel[0]["panels_are"] == "area" else name


def _where(name: str, by_area: bool) -> str:
    if by_area:
        return f"for {name[0].lower()}{name[1:]}"
    return (
        f"in the {name}"
        if name.startswith(("North", "South", "East M", "West M", "East of"))
        else f"in {name}"
    )


def _years_of(panel: list[Row]) -> list[list[Row]]:
    return [list(group) for _, group in groupby(panel, key=lambda row: row["year"])]


def _last_good(panel: list[Row]) -> tuple[int, int]:
    last = _years_of(panel)[-1]
    good = sum(row["authorities"] for row in last if is_good_or_better(row["grade"]))
    return good, last[0]["authorities_judged"]


def _share(pair: tuple[int, int]) -> str:
    return f"{percent(*pair)} ({pair[0]} of {pair[1]})"


def _columns(panel: list[Row], left: float, bottom: float, width: float) -> list[Record]:
    years = _years_of(panel)
    step = width / len(years)
    records: list[Record] = []
    for i, year in enumerate(years):
        base = 0
        for row in year:
            if not row["authorities"]:
                continue
            scale = _PLOT / row["authorities_existing"]
            what = "without a grade" if row["grade"] == "without" else row["grade"].replace("_", " ")
            records.append(
                {
                    "x": left + (i + (1 - _COLUMN) / 2) * step,
                    "x2": left + (i + (1 + _COLUMN) / 2) * step,
                    "y": bottom - base * scale,
                    "y2": bottom - (base + row["authorities"]) * scale,
                    "colour": GRADE_COLOURS.get(row["grade"], ROLES["absent"]),
                    "about": f"{_name(panel)}, {day(row['as_at'])}: {what} {row['authorities']}",
                }
            )
            base += row["authorities"]
    return records


def _heading(panel: list[Row], lines: list[str], left: float, top: float, size: int) -> list[Record]:
    good, judged = _last_good(panel)
    under = f"{percent(good, judged)} good or better" if judged else "no grades"
    texts = [
        word(left, top + size / 2 + i * (size + 3), text, size, "left", True) for i, text in enumerate(lines)
    ]
    return [*texts, word(left, top + size / 2 + len(lines) * (size + 3), under, size, "left")]


def _beside(panel: list[Row], left: float, bottom: float, size: int) -> list[Record]:
    """The letter and the number of each grade beside the last column."""
    last = [row for row in _years_of(panel)[-1] if row["grade"] != "without"]
    middles, base = [], 0
    for row in last:
        scale = _PLOT / row["authorities_existing"]
        middles.append(bottom - (base + row["authorities"] / 2) * scale)
        base += row["authorities"]
    shown = [(row, y) for row, y in zip(last, middles, strict=True) if row["authorities"]]
    placed = spread([y for _, y in shown], size + 2, bottom - _PLOT, bottom)
    return [
        word(left, y, f"{GRADE_LETTERS[row['grade']]} {row['authorities']}", size, "left", True)
        for (row, _), y in zip(shown, placed, strict=True)
    ]


def _years(panel: list[Row], left: float, bottom: float, width: float, size: int) -> list[Record]:
    years = [year[0]["year"] for year in _years_of(panel)]
    step = width / len(years)
    shown = {0, len(years) // 2, len(years) - 1}
    return [word(left + (i + 0.5) * step, bottom + 11, f"’{years[i] % 100:02d}", size) for i in sorted(shown)]
