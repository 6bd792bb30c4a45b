"""Columns of grades held, one per date: how many councils stood at each grade, and how many had none yet."""

from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.events import Event, decimal_year, read_events
from pipelines.charts.grades import GRADE_WORDS, GRADES, is_good_or_better, overall_note
from pipelines.charts.rows import Row, Rows
from pipelines.charts.text_layout import text_width, wrap
from pipelines.charts.theme import GRADE_COLOURS, ROLES, ink_on, inner_width, is_narrow, sizes
from pipelines.charts.words import Words, day, percent

if TYPE_CHECKING:
    import altair as alt

NOT_INSPECTED = "not_inspected"
#: The share of councils that must have a grade before a year's profile is compared with another year's.
NEARLY_ALL = 0.95
_HEAD, _PLOT, _FOOT = 30, 320, 64
_COLUMN = 0.76


def tell(rows: Rows) -> Words:
    """Words for one row per date and grade (`authorities`, `authorities_judged`, `authorities_existing`)."""
    years = _by_year(rows)
    last = years[-1]
    complete = [year for year in years if _judged(year) >= NEARLY_ALL * year[0]["authorities_existing"]]
    first = complete[0] if complete else years[0]
    title = (
        f"{percent(_good(last), _judged(last))} of councils were good or outstanding on "
        f"{day(last[0]['as_at'])}, "
        f"against {percent(_good(first), _judged(first))} on {day(first[0]['as_at'])}"
    )
    if complete and first is not years[0]:
        title += ", the first year in which nearly all had been inspected"
    cut_off = last[0]["published_by"]
    subtitle = (
        "Overall grade held on 31 March of each year: the newest inspection visited by then whose report "
        "was out by "
        f"{cut_off.day} {cut_off:%B}, under the frameworks since November 2013. Number of councils."
    )
    alt_text = (
        f"Stacked columns, one for each 31 March from {years[0][0]['year']} to {last[0]['year']}: number of "
        "councils "
        f"by overall grade. On the last date {_sentence(last)}. {title}."
    )
    notes = (
        "Ofsted’s list of latest outcomes may wait longer for reports, so its counts can differ by a few.",
        *(f"{event.words}." for event in _events(rows)),
        *overall_note(last[0]["as_at"]),
    )
    return Words(title, subtitle, alt_text, notes)


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """One column per date, best grade at the bottom, outlined where councils have no grade yet."""
    canvas = _canvas(rows, width)
    size, narrow = sizes(width), is_narrow(width)
    segments = list(_segments(rows))
    filled = [s for s in segments if s["grade"] != NOT_INSPECTED]
    blank = [
        s | {"edge": ROLES["absent_edge"], "dash": [2, 2]} for s in segments if s["grade"] == NOT_INSPECTED
    ]
    inside = [
        {
            "x": (s["x"] + s["x2"]) / 2,
            "y": (s["y"] + s["y2"]) / 2,
            "text": f"{s['count']}",
            "colour": ink_on(s["colour"]),
        }
        | {"size": size.label - 1}
        for s in filled
        if abs(canvas.y_pixel(s["y2"]) - canvas.y_pixel(s["y"])) >= size.label + 2
    ]
    return canvas.layered(
        canvas.rects([_mark(s) for s in filled]),
        canvas.rects([_mark(s) for s in blank], strokeWidth=1),
        canvas.texts(inside),
        canvas.texts(list(_grade_labels(rows, canvas, width))),
        canvas.texts(list(_below(rows, canvas, size.label, narrow))),
        *_pause(rows, canvas, size.label),
        canvas.texts(_blank_label(canvas, blank, size.label)),
    )


def _canvas(rows: Rows, width: int) -> Canvas:
    years = [decimal_year(row["as_at"]) for row in rows]
    most = max(row["authorities_existing"] for row in rows)
    return Canvas(
        width=inner_width(width),
        height=_HEAD + _PLOT + _FOOT,
        x_domain=(min(years) - 0.5, max(years) + 0.5),
        x_range=(0, inner_width(width) - (98 if is_narrow(width) else 142)),
        y_domain=(0, most),
        y_range=(_HEAD + _PLOT, _HEAD),
    )


def _by_year(rows: Rows) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row["year"])]


def _judged(year: list[Row]) -> int:
    return int(year[0]["authorities_judged"])


def _good(year: list[Row]) -> int:
    return sum(row["authorities"] for row in year if is_good_or_better(row["grade"]))


def _sentence(year: list[Row]) -> str:
    words = {**GRADE_WORDS, NOT_INSPECTED: "Not yet inspected"}
    return ", ".join(f"{words[row['grade']].lower()} {row['authorities']}" for row in year)


def _segments(rows: Rows) -> list[Record]:
    found: list[Record] = []
    for year in _by_year(rows):
        centre, base = decimal_year(year[0]["as_at"]), 0
        for row in year:
            if row["authorities"]:
                found.append(
                    {
                        "x": centre - _COLUMN / 2,
                        "x2": centre + _COLUMN / 2,
                        "y": base,
                        "y2": base + row["authorities"],
                        "colour": GRADE_COLOURS.get(row["grade"], ROLES["absent"]),
                        "about": f"{day(row['as_at'])}: {_sentence([row])}",
                        "grade": row["grade"],
                        "count": row["authorities"],
                    }
                )
            base += row["authorities"]
    return found


def _mark(segment: Record) -> Record:
    mark = {name: value for name, value in segment.items() if name not in ("grade", "count")}
    return {"edge": ROLES["absent"], **mark}


def _grade_labels(rows: Rows, canvas: Canvas, width: int) -> list[Record]:
    """The grade's words beside its part of the last column."""
    size = sizes(width).label
    x = canvas.x_range[1] + 4
    room = canvas.width - x
    last = _segments(_by_year(rows)[-1])
    labels = []
    for segment in last:
        if segment["grade"] not in GRADES:
            continue
        lines = wrap(GRADE_WORDS[segment["grade"]], room, size, bold=True, slack=1)
        middle = canvas.y_pixel((segment["y"] + segment["y2"]) / 2)
        for i, line in enumerate(lines):
            y = middle + (i - (len(lines) - 1) / 2) * (size + 2)
            labels.append(
                {"x": canvas.x_at(x), "y": canvas.y_at(y), "text": line, "colour": ROLES["text"]}
                | {"align": "left", "bold": True, "size": size}
            )
    return labels


def _below(rows: Rows, canvas: Canvas, size: int, narrow: bool) -> list[Record]:
    """Under each column its year, the councils with a grade, and the share of them good or outstanding."""
    labels: list[Record] = []
    for year in _by_year(rows):
        share = percent(_good(year), _judged(year)) if _judged(year) else "–"
        cells = (
            f"’{year[0]['year'] % 100:02d}" if narrow else str(year[0]["year"]),
            str(_judged(year)),
            share.rstrip("%") if narrow else share,
        )
        labels += [
            _cell(canvas, decimal_year(year[0]["as_at"]), i, text, size) | {"bold": i == len(cells) - 1}
            for i, text in enumerate(cells)
        ]
    x = canvas.x_at(canvas.x_range[1] + 4)
    words = ("", "with a grade", "% good or better" if narrow else "good or outstanding")
    labels += [_cell(canvas, x, i, text, size) | {"align": "left"} for i, text in enumerate(words) if text]
    return labels


def _cell(canvas: Canvas, x: float, line: int, text: str, size: int) -> Record:
    y = canvas.y_at(_HEAD + _PLOT + 12 + line * 20)
    return {"x": x, "y": y, "text": text, "colour": ROLES["text"], "size": size}


def _events(rows: Rows) -> list[Event]:
    dates = [row["as_at"] for row in rows]
    return [event for event in read_events() if min(dates) <= event.end and event.start <= max(dates)]


def _pause(rows: Rows, canvas: Canvas, size: int) -> list[list["alt.Chart"]]:
    """A bracket above the columns for each span during which no inspections took place."""
    layers = []
    for event in _events(rows):
        start, end = decimal_year(event.start), decimal_year(event.end)
        line = canvas.y_at(_HEAD - 8)
        tick = canvas.y_at(_HEAD - 3)
        rules = [
            {"x": start, "x2": end, "y": line, "y2": line, "colour": ROLES["text"]},
            {"x": start, "x2": start, "y": line, "y2": tick, "colour": ROLES["text"]},
            {"x": end, "x2": end, "y": line, "y2": tick, "colour": ROLES["text"]},
        ]
        half = text_width(event.label, size) / 2
        middle = min(canvas.x_pixel((start + end) / 2), canvas.width - half)
        texts = [
            {"x": canvas.x_at(middle), "y": canvas.y_at(_HEAD - 18), "text": event.label}
            | {"colour": ROLES["text"], "size": size}
        ]
        layers += [canvas.rules(rules), canvas.texts(texts)]
    return layers


def _blank_label(canvas: Canvas, blank: list[Record], size: int) -> list[Record]:
    if not blank:
        return []
    return [
        {"x": canvas.x_at(2), "y": canvas.y_at(_HEAD - 10), "text": "Outlined: no grade yet"}
        | {"colour": ROLES["text"], "align": "left", "size": size}
    ]
