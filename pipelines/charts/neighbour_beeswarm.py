"""A council among its statistical neighbours and all others: a row of dots for each measure."""

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from pipelines.charts.dot_bands import Band, Dot, draw_bands
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, counted, listed, number, status_words

if TYPE_CHECKING:
    import altair as alt


def tell(rows: Rows) -> Words:
    """Words for one row per measure and authority (`is_council`, `is_neighbour`)."""
    council, year = only(rows, "council_name"), only(rows, "time_period")
    panels = _shown(rows)
    first = panels[0]
    above = sum(row["value"] < _own(first) for row in _of(first, "is_neighbour"))
    title = (
        f"{first[0]['measure_title']}, {year}: {council} {_figure(first, _own(first))}, above {above} of its "
        f"{counted(len(_of(first, 'is_neighbour')), 'statistical neighbour')} with a figure"
    )
    subtitle = (
        f"One dot for each council, {year}: diamond {council}, squares its {only(rows, 'neighbours_named')} "
        f"statistical neighbours of {only(rows, 'neighbours_edition')}, grey all others; the upright line is the "
        "neighbours’ median. Each row has an axis of its own, from its lowest to its highest council."
    )
    told = listed(
        f"{panel[0]['measure_title']} {_figure(panel, _own(panel))} against {_figure(panel, _middle(panel))}"
        for panel in panels
    )
    alt_text = f"{len(panels)} rows of dots; {council} against its neighbours’ median: {told}. {title}."
    return Words(title, subtitle, alt_text, tuple(_notes(rows, panels)))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A band for each measure with a figure of the council."""
    return draw_bands([_band(panel) for panel in _shown(rows)], width, room=24)


def _band(panel: list[Row]) -> Band:
    values = [row["value"] for row in panel]
    looks = [
        "council" if row["is_council"] else "neighbour" if row["is_neighbour"] else "quiet" for row in panel
    ]
    lowest, highest = panel[0], panel[-1]
    england = panel[0]["england_value"]
    beside = f"; England {_figure(panel, england)}" if england is not None else ""
    return Band(
        head=panel[0]["measure_title"],
        rest=f"– neighbours’ median {_figure(panel, _middle(panel))}{beside}",
        dots=[
            Dot(row["value"], f"{row['la_name']}: {_figure(panel, row['value'])}", look)
            for row, look in zip(panel, looks, strict=True)
        ],
        low=min(values),
        high=max(values),
        marks=[_middle(panel)],
        named=(_own(panel), f"{panel[0]['council_name']} {_figure(panel, _own(panel))}"),
        ends=(
            f"{_figure(panel, lowest['value'])} {lowest['la_name']}",
            f"{highest['la_name']} {_figure(panel, highest['value'])}",
        ),
    )


def _shown(rows: Rows) -> list[list[Row]]:
    """The plotted rows of each measure for which the council and two neighbours have a number.

    Raises:
        TooFewValuesError: there is no such measure.
    """
    panels = []
    for _, group in groupby(rows, key=lambda row: row["measure"]):
        members = [
            row
            for row in group
            if row["value"] is not None and (row["is_council"] or not row["is_very_small"])
        ]
        if _of(members, "is_council") and len(_of(members, "is_neighbour")) > 1:
            panels.append(members)
    if not panels:
        raise TooFewValuesError(
            f"{only(rows, 'council_name')} and its neighbours have no figures to set beside each other for "
            f"{only(rows, 'time_period')}. Choose another council or date."
        )
    return panels


def _of(panel: list[Row], column: str) -> list[Row]:
    return [row for row in panel if row[column]]


def _own(panel: list[Row]) -> float:
    return float(_of(panel, "is_council")[0]["value"])


def _middle(panel: list[Row]) -> float:
    return float(median(row["value"] for row in _of(panel, "is_neighbour")))


def _figure(panel: list[Row], value: float) -> str:
    return number(value, panel[0]["decimals"])


def _notes(rows: Rows, panels: list[list[Row]]) -> list[str]:
    notes = []
    shown = {panel[0]["measure"] for panel in panels}
    for row in rows:
        if row["is_council"] and row["measure"] not in shown:
            reason = status_words(row["value_status"])
            notes.append(
                f"Not shown, no figure for the council or too few neighbours: {row['measure_title']} ({reason})."
            )
    missing = [
        f"{row['la_name']} ({row['measure_title'].split(' per ')[0].split(',')[0]}: {status_words(row['value_status'])})"
        for row in rows
        if row["is_neighbour"] and row["value"] is None
    ]
    if missing:
        notes.append(f"Neighbours without a figure: {listed(missing)}.")
    absent = sum(row["value"] is None and not row["is_neighbour"] and not row["is_council"] for row in rows)
    if absent:
        notes.append(
            f"Without a dot, no figure printed: {counted(absent, 'figure')} of other councils, each with its reason in the data."
        )
    undirected = all(panel[0]["polarity"] == "none" for panel in panels)
    notes.append(
        "High figures are neither good nor bad in themselves."
        if undirected
        else "Low figures are read as better here; neighbours are alike in population, not in everything."
    )
    notes.append("City of London and Isles of Scilly are left out: too few children for stable rates.")
    return notes
