"""Which figures there are: for each measure and year the councils with a number."""

from typing import TYPE_CHECKING

from pipelines.charts.matrix import Cell, draw_matrix
from pipelines.charts.rows import Row, Rows
from pipelines.charts.words import Words, listed, percent

if TYPE_CHECKING:
    import altair as alt

_NEARLY_ALL = 0.95


def tell(rows: Rows) -> Words:
    """Words for one row per measure and year (`numbers` of `authorities`)."""
    last = max(row["time_period"] for row in rows)
    measures = {row["measure"] for row in rows}
    newest = [row for row in rows if row["time_period"] == last]
    full = [row for row in newest if row["numbers"] >= _NEARLY_ALL * row["authorities"]]
    title = (
        f"For {last} {len(full)} of {len(measures)} measures have a number for at least {_NEARLY_ALL:.0%} of "
        f"councils, {len(newest) - len(full)} for fewer; {len(measures) - len(newest)} have no number at all"
    )
    subtitle = (
        "Per cent of the councils existing on the measure’s day that have a number, latest print of each year. A dash: "
        "no council has one here. The darker, the more."
    )
    poor = sorted(newest, key=lambda row: (row["numbers"] / row["authorities"], row["measure"]))[:3]
    thin = listed(f"{row['measure_title']} {_share(row)}" for row in poor)
    alt_text = f"Table of {len(measures)} measures by year, shaded by the councils with a number; fewest in {last}: {thin}. {title}."
    hidden = sum(row["suppressed"] for row in rows)
    cells = sum(row["authorities"] for row in rows)
    others = sum(row["other_reasons"] for row in rows)
    absent = sum(row["not_printed"] for row in rows)
    joint = sum(row["joint"] for row in rows)
    notes = (
        f"Of {cells:,} figures that could be, {hidden:,} are suppressed, {others:,} carry another symbol or dash, "
        f"{joint:,} are printed for two councils together, and {absent:,} have no row.",
    )
    return Words(title, subtitle, alt_text, notes)


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Measures down, years across."""
    lines = list(dict.fromkeys((row["measure"], row["measure_title"]) for row in rows))
    years = range(min(row["time_period"] for row in rows), max(row["time_period"] for row in rows) + 1)
    cells = {(row["measure"], row["time_period"]): _cell(row) for row in rows}
    return draw_matrix(lines, [(year, str(year)) for year in years], cells, width)


def _share(row: Row) -> str:
    return percent(row["numbers"], row["authorities"])


def _cell(row: Row) -> Cell:
    about = f"{row['measure_title']}, {row['time_period']}: {row['numbers']} of {row['authorities']} councils"
    return Cell(row["numbers"] / row["authorities"], _share(row).rstrip("%"), about)
