"""What inspection reports print against what the department printed for the same day, in per cent."""

from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.dot_bands import Band, Dot, draw_bands
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, counted, listed, number, percent, signed, status_words

if TYPE_CHECKING:
    import altair as alt

#: Differences beyond this many per cent are drawn at the edge, so that one cannot squeeze all the others.
_EDGE = 30.0
_NEAR = 2.0
_FEWEST = 5


def tell(rows: Rows) -> Words:
    """Words for one row per report and measure printed at a 31 March (`difference_percent`)."""
    panels = _panels(rows)
    shown = [row for panel in panels for row in panel]
    near = sum(abs(row["difference_percent"]) <= _NEAR for row in shown)
    same = sum(row["difference"] == 0 for row in shown)
    title = (
        f"{near} of {counted(len(shown), 'figure')} that inspection reports print for a 31 March "
        f"({percent(near, len(shown))}) lie within {_NEAR:g}% of the department’s for that day; {same} are the same"
    )
    subtitle = (
        "Report’s figure less the department’s newest one for the same 31 March, per cent of the latter. A dot is a "
        "report; right of zero the report prints more."
    )
    told = listed(f"{panel[0]['measure_title'].lower()} {_near(panel)} of {len(panel)}" for panel in panels)
    alt_text = f"Rows of dots, one for each measure, round zero; within {_NEAR:g}%: {told}. {title}."
    return Words(title, subtitle, alt_text, tuple(_notes(rows, shown)))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A band for each measure over one axis of per cent."""
    bands = []
    for panel in _panels(rows):
        widest = max(panel, key=lambda row: abs(row["difference_percent"]))
        bands.append(
            Band(
                head=panel[0]["measure_title"],
                rest=f"– {_near(panel)} of {len(panel)} within {_NEAR:g}%",
                dots=[Dot(_at(row), _about(row)) for row in panel],
                low=-_EDGE,
                high=_EDGE,
                marks=[0.0],
                named=(_at(widest), f"{widest['la_name']} {signed(widest['difference_percent'])}%"),
            )
        )
    return draw_bands(
        bands, width, room=56, axis="Report’s figure less the department’s, per cent", marks_behind=True
    )


def _panels(rows: Rows) -> list[list[Row]]:
    """The rows with both figures, by measure.

    Raises:
        TooFewValuesError: fewer than five reports have both figures of any measure.
    """
    both = [row for row in rows if row["difference_percent"] is not None]
    groups = [list(group) for _, group in groupby(both, key=lambda row: row["measure"])]
    panels = [group for group in groups if len(group) >= _FEWEST]
    if not panels:
        raise TooFewValuesError(
            f"Only {counted(len(both), 'figure')} of reports can be set beside the department’s for the same day: "
            "too few for a chart."
        )
    return panels


def _near(panel: list[Row]) -> int:
    return sum(abs(row["difference_percent"]) <= _NEAR for row in panel)


def _at(row: Row) -> float:
    return min(max(float(row["difference_percent"]), -_EDGE), _EDGE)


def _about(row: Row) -> str:
    return (
        f"{row['la_name']}, report {row['published'].year}: prints {row['report_printed']}, "
        f"the department {number(row['official_value'])} ({signed(row['difference_percent'], 1)}%)"
    )


def _notes(rows: Rows, shown: list[Row]) -> list[str]:
    beyond = [
        f"{row['la_name']} {row['as_at'][:4]} ({signed(row['difference_percent'])}%)"
        for row in shown
        if abs(row["difference_percent"]) > _EDGE
    ]
    missing = [row for row in rows if row["difference_percent"] is None]
    notes = [
        f"Reports print {only(rows, 'printed_in_all')} figures of these measures; those not for a 31 March, most of them "
        "for days of the visit, have no figure of the same day beside them and are not here.",
        "Reports print councils’ own provisional counts; the department’s are collected later and rounded or revised.",
    ]
    if beyond:
        notes.append(f"Drawn at the edge: {listed(beyond)}.")
    if missing:
        reasons = sorted(
            {status_words(row["official_status"]) for row in missing if row["report_value"] is not None}
        )
        why = f": {listed(reasons)}" if reasons else ""
        notes.append(f"Without a figure to set beside it: {counted(len(missing), 'printed figure')}{why}.")
    return notes
