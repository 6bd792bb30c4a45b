"""Days from an inspection's first day to its report, year by year: a dot for each inspection."""

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from pipelines.charts.dot_bands import Band, Dot, draw_bands
from pipelines.charts.events import read_events
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, counted, day, listed, short_number

if TYPE_CHECKING:
    import altair as alt


def tell(rows: Rows) -> Words:
    """Words for one row per inspection (`days`, `year` of the visit)."""
    years = _years(rows)
    longest = max(rows, key=lambda row: row["days"])
    middle = median(row["days"] for row in rows)
    title = (
        f"From the first day of an ILACS visit to its report: {short_number(middle)} days at the median of "
        f"{counted(len(rows), 'inspection')}; the longest took {longest['days']} ({longest['la_name']}, "
        f"{longest['inspection_start'].year})"
    )
    subtitle = (
        "Days from the first day of the visit to the publication of the report, by the year of the visit; visits to "
        f"{day(only(rows, 'as_at'))} with reports out by {day(only(rows, 'published_by'))}. A dot is an inspection, "
        "the upright line the year’s median."
    )
    told = listed(f"{year[0]['year']} {short_number(_median(year))} (n {len(year)})" for year in years)
    alt_text = f"Rows of dots, one for each year; median days: {told}. {title}."
    notes = [f"{event.words}." for event in read_events() if event.start <= only(rows, "as_at")]
    by_type = {
        kind: [row["days"] for row in rows if row["ilacs_type"] == kind] for kind in ("standard", "short")
    }
    types = [f"{kind} {short_number(median(days))} (n {len(days)})" for kind, days in by_type.items() if days]
    if types:
        notes.append(f"Median days by type of inspection: {listed(types)}.")
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """A band for each year over one axis of days."""
    most = max(row["days"] for row in rows) * 1.02
    bands = [
        Band(
            head=str(year[0]["year"]),
            rest=f"median {short_number(_median(year))} days, n {len(year)}",
            dots=[
                Dot(row["days"], f"{row['la_name']}: {row['days']} days, report of {day(row['published'])}")
                for row in year
            ],
            low=0,
            high=most,
            marks=[_median(year)],
            named=(year[-1]["days"], f"{year[-1]['la_name']} {year[-1]['days']}"),
        )
        for year in _years(rows)
    ]
    return draw_bands(bands, width, room=16, axis="Days from the first day of the visit to the report")


def _years(rows: Rows) -> list[list[Row]]:
    years = [list(group) for _, group in groupby(rows, key=lambda row: row["year"])]
    if len(rows) < 2:
        raise TooFewValuesError(
            "There are too few inspections by this date to say how long reports take. Choose a later one."
        )
    return years


def _median(year: list[Row]) -> float:
    return float(median(row["days"] for row in year))
