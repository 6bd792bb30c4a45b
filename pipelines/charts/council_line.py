"""A council's figure over the years beside its statistical neighbours' median and England."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from pipelines.charts import council_words
from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.council_labels import (
    COLOURS,
    DASHES,
    PLOT,
    SAMPLE,
    TABLE_LINE,
    THICK,
    TOP,
    end_labels,
    predecessor_labels,
    table,
    table_series,
)
from pipelines.charts.council_words import breaks
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import ROLES, inner_width, is_narrow, mix, sizes

if TYPE_CHECKING:
    import altair as alt

#: Crosses of series that may lack the same year stand above each other; a council and its predecessors never
#: do.
_GAP_LEVELS = {"council": 0, "predecessor": 0, "neighbours": 1, "england": 2}


tell = council_words.tell


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Three lines labelled at their ends, gaps marked; on a wide chart a table under the years."""
    canvas = _canvas(rows, width)
    narrow, size = is_narrow(width), sizes(width).label
    shown = [row for row in rows if row["value"] is not None]
    labels, samples = end_labels(rows, shown, canvas, size)
    figures = [] if narrow else table(rows, canvas, size)
    return canvas.layered(
        canvas.rules(_grid(canvas)),
        canvas.bands(_limits(shown)),
        canvas.rules(_rules(rows, canvas)),
        canvas.lines(_lines(shown)),
        canvas.dots(_single_points(shown)),
        canvas.dots(_gaps(rows, canvas), filled=False),
        canvas.texts(_axis_labels(rows, canvas, size, narrow)),
        canvas.texts(labels + predecessor_labels(shown, size)),
        canvas.rules(samples),
        canvas.texts(figures),
    )


def _names(rows: Rows) -> str:
    return " ".join(sorted({row["la_name"] for row in rows if row["series"] != "neighbours"}))


def _canvas(rows: Rows, width: int) -> Canvas:
    narrow = is_narrow(width)
    years = [row["time_period"] for row in rows]
    most = max(
        max(row["value"], row["upper_95"] or 0 if row["series"] == "council" else 0)
        for row in rows
        if row["value"] is not None
    )
    lines = 0 if narrow else len(table_series(rows))
    inner = inner_width(width)
    widest = max(
        text_width(word, sizes(width).label, bold=True) for word in f"Neighbours’ {_names(rows)}".split()
    )
    right = max(118 if narrow else 178, widest + SAMPLE + 14)
    return Canvas(
        inner,
        TOP + PLOT + 24 + lines * TABLE_LINE,
        (min(years), max(years)),
        (32 if narrow else 118, inner - right),
        (0, most * 1.05),
        (TOP + PLOT, TOP),
    )


def _steps(most: float) -> list[float]:
    """Round values for the y axis, four to eight of them."""
    step = next(s * 10**p for p in range(-3, 9) for s in (1, 2, 5) if most / (s * 10**p) <= 7)
    return [i * step for i in range(int(most / step) + 1)]


def _grid(canvas: Canvas) -> list[Record]:
    left, right = canvas.x_at(canvas.x_range[0] - 6), canvas.x_domain[1]
    return [
        {"x": left, "x2": right, "y": y, "y2": y, "colour": ROLES["rule" if y == 0 else "band"], "thick": 1}
        for y in _steps(canvas.y_domain[1])
    ]


def _lines(shown: Rows) -> list[Record]:
    """Each unbroken run of years is a line of its own: a gap is never bridged."""
    records = []
    for series in DASHES:
        for name, members in _runs(shown, series):
            records += [
                {
                    "x": row["time_period"],
                    "y": row["value"],
                    "line": name,
                    "colour": COLOURS[series],
                    "thick": THICK[series],
                    "dash": DASHES[series],
                    "about": (
                        f"{row['la_name']} {row['time_period']}: "
                        f"{row['published_text'] or round(row['value'], 1)}"
                    ),
                }
                for row in members
            ]
    return records


def _runs(shown: Rows, series: str) -> list[tuple[str, list[Row]]]:
    members = [row for row in shown if row["series"] == series]
    runs: list[list[Row]] = [[row] for row in members[:1]]
    for before, row in pairwise(members):
        joined = row["la_code"] == before["la_code"] and row["time_period"] == before["time_period"] + 1
        if joined:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [(f"{series} {i}", run) for i, run in enumerate(runs)]


def _single_points(shown: Rows) -> list[Record]:
    return [
        {"x": run[0]["time_period"], "y": run[0]["value"], "colour": COLOURS[series], "area": 40.0}
        for series in DASHES
        for _, run in _runs(shown, series)
        if len(run) == 1
    ]


def _limits(shown: Rows) -> list[Record]:
    limited = [row for row in shown if row["lower_95"] is not None]
    return [
        {
            "x": row["time_period"],
            "y": row["lower_95"],
            "y2": row["upper_95"],
            "line": name,
            "colour": mix(ROLES["council"], 0.15),
        }
        for name, run in _runs(limited, "council")
        for row in run
    ]


def _gaps(rows: Rows, canvas: Canvas) -> list[Record]:
    """A cross at the foot for each year without a figure, beside each other where two series lack the same
    year.
    """
    records = []
    for series, level in _GAP_LEVELS.items():
        records += [
            {
                "x": row["time_period"],
                "y": canvas.y_at(TOP + PLOT - 8 - 10 * level),
                "colour": COLOURS[series],
                "shape": "M-1,-1L1,1M-1,1L1,-1",
                "area": 40.0,
                "thick": 2,
            }
            for row in rows
            if row["series"] == series and row["value"] is None
        ]
    return records


def _rules(rows: Rows, canvas: Canvas) -> list[Record]:
    """A thin rule before each year with a break, and before the council's first 31 March."""
    formed: date | None = only(rows, "council_formed")
    years = set(breaks(rows)) | ({formed.year + 1} if formed else set())
    return [
        {"x": year - 0.5, "x2": year - 0.5, "y": 0, "y2": canvas.y_domain[1]}
        | {"colour": ROLES["quiet_text"], "dash": [2, 3], "thick": 1}
        for year in sorted(years)
        if canvas.x_domain[0] < year <= canvas.x_domain[1]
    ]


def _axis_labels(rows: Rows, canvas: Canvas, size: int, narrow: bool) -> list[Record]:
    left = canvas.x_at(canvas.x_range[0] - 10)
    values = [
        {"x": left, "y": y, "text": f"{y:,g}", "colour": ROLES["text"], "align": "right", "size": size}
        for y in _steps(canvas.y_domain[1])
    ]
    step = 4 if narrow else 1
    last = int(canvas.x_domain[1])
    under = canvas.y_at(TOP + PLOT + 14)
    years = [
        {"x": year, "y": under, "text": str(year), "colour": ROLES["text"], "size": size}
        for year in range(last, int(canvas.x_domain[0]) - 1, -step)
    ]
    return values + years
