"""The words inside a council's line chart: at the lines' ends, and as a table under the years."""

from pipelines.charts.canvas import Canvas, Record
from pipelines.charts.council_words import figure
from pipelines.charts.positions import spread
from pipelines.charts.rows import Row, Rows
from pipelines.charts.text_layout import text_width, wrap
from pipelines.charts.theme import ROLES
from pipelines.charts.tile_layout import read_tiles

#: The plot's head and height in pixels, and the height of a line of the table under it.
TOP, PLOT, TABLE_LINE = 10, 320, 20
SAMPLE = 18
_TABLE_NAMES = 104
DASHES: dict[str, list[int] | None] = {
    "council": None,
    "neighbours": [7, 3],
    "england": [2, 2],
    "predecessor": [4, 4],
}
THICK = {"council": 3, "neighbours": 2.5, "england": 2.5, "predecessor": 2}
COLOURS = {
    "council": ROLES["council"],
    "neighbours": ROLES["neighbours"],
    "england": ROLES["england"],
    "predecessor": ROLES["council"],
}


def end_labels(rows: Rows, shown: Rows, canvas: Canvas, size: int) -> tuple[list[Record], list[Record]]:
    """The series' words and newest figures at the ends of their lines, and samples of the lines beside them.

    Labels are moved apart where they would touch.
    """
    last = {
        series: [row for row in shown if row["series"] == series][-1:]
        for series in ("council", "neighbours", "england")
    }
    ends = [(series, found[0]) for series, found in last.items() if found]
    left = canvas.x_range[1] + SAMPLE + 12
    blocks = []
    for series, row in ends:
        words = "Neighbours’ median" if series == "neighbours" else row["la_name"]
        blocks.append(
            wrap(f"{words} {figure(rows, row['value'])}", canvas.width - left, size, bold=True, slack=1)
        )
    line = size + 3
    tallest = max(len(block) for block in blocks) * line
    places = spread(
        [canvas.y_pixel(row["value"]) for _, row in ends], tallest + 3, TOP + tallest / 2, TOP + PLOT
    )
    samples = [
        {
            "x": canvas.x_at(left - SAMPLE - 4),
            "x2": canvas.x_at(left - 4),
            "y": canvas.y_at(middle),
            "y2": canvas.y_at(middle),
            "colour": COLOURS[series],
            "thick": THICK[series],
            "dash": DASHES[series],
        }
        for (series, _), middle in zip(ends, places, strict=True)
    ]
    labels = [
        {
            "x": canvas.x_at(left),
            "y": canvas.y_at(middle + (i - (len(block) - 1) / 2) * line),
            "text": text,
            "colour": ROLES["text"],
            "align": "left",
            "bold": True,
            "size": size,
        }
        for block, middle in zip(blocks, places, strict=True)
        for i, text in enumerate(block)
    ]
    return labels, samples


def predecessor_labels(shown: Rows, size: int) -> list[Record]:
    """Each predecessor's name above the first point of its line."""
    first: dict[str, Row] = {}
    for row in shown:
        if row["series"] == "predecessor":
            first.setdefault(row["la_code"], row)
    return [
        {
            "x": row["time_period"],
            "y": row["value"],
            "text": row["la_name"],
            "colour": ROLES["text"],
            "size": size - 1,
        }
        | {"align": "left", "dx": 4, "dy": 12}
        for row in first.values()
    ]


def table_series(rows: Rows) -> list[str]:
    return [
        series
        for series in ("council", "neighbours", "england")
        if any(row["series"] == series for row in rows)
    ]


def table(rows: Rows, canvas: Canvas, size: int) -> list[Record]:
    """The figures under their years, one line for each series; a year without a figure shows the printed
    symbol.
    """
    records: list[Record] = []
    for i, series in enumerate(table_series(rows)):
        y = canvas.y_at(TOP + PLOT + 24 + (i + 0.6) * TABLE_LINE)
        members = [row for row in rows if row["series"] == series]
        words = "Neighbours" if series == "neighbours" else members[0]["la_name"]
        records.append(
            {
                "x": canvas.x_at(1),
                "y": y,
                "text": _short(words, members[0]["la_code"]),
                "colour": ROLES["text"],
                "align": "left",
            }
            | {"size": size - 1, "bold": True}
        )
        records += [
            {
                "x": row["time_period"],
                "y": y,
                "text": _cell(rows, row),
                "colour": ROLES["text"],
                "size": size - 1,
            }
            for row in members
        ]
    return records


def _cell(rows: Rows, row: Row) -> str:
    return figure(rows, row["value"]) if row["value"] is not None else (row["published_text"] or "–")


def _short(words: str, la_code: str | None) -> str:
    """The name as it fits beside the table: a long one as on its tile."""
    tile = read_tiles().get(la_code or "")
    return tile.name if tile and text_width(words, 11, bold=True) > _TABLE_NAMES else words
