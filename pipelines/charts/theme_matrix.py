"""What reports recommend, by theme and year: the share of reports with a recommendation that uses its words."""

from typing import TYPE_CHECKING

from pipelines.charts.matrix import Cell, draw_matrix
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.words import Words, day, listed, percent
from pipelines.reports.themes import themes

if TYPE_CHECKING:
    import altair as alt

#: A year with fewer reports is shown, but no finding rests on it.
_FEWEST = 10


def tell(rows: Rows) -> Words:
    """Words for one row per theme and year (`reports_with_theme` of `reports`)."""
    year = max(
        (row["year"] for row in rows if row["reports"] >= _FEWEST), default=max(r["year"] for r in rows)
    )
    newest = sorted((row for row in rows if row["year"] == year), key=lambda row: (-_of(row), row["theme"]))
    top = newest[0]
    title = (
        f"Most frequent theme of recommendations in {year}: {_words(top)[0].lower()}{_words(top)[1:]}, in "
        f"{top['reports_with_theme']} of {top['reports']} reports ({_share(top)})"
    )
    subtitle = (
        "Per cent of inspection reports whose recommendations to the council use the words of a theme, by year of "
        f"publication, reports to {day(only(rows, 'as_at'))}. A recommendation can have several themes. The darker, the more."
    )
    most = listed(f"{_words(row)} {_share(row)}" for row in newest[:5])
    alt_text = f"Table of {len(newest)} themes by year, shaded by the share of reports; most in {year}: {most}. {title}."
    reports = {row["year"]: row["reports"] for row in rows}
    notes = [
        f"Reports read: {listed(f'{year} {count}' for year, count in reports.items())}. Not every report is here."
    ]
    older = [row["year"] for row in rows if not row["reports_ilacs"]]
    newer = [row["year"] for row in rows if row["reports_ilacs"]]
    if older and newer:
        notes.append(
            f"Reports to {max(older)} are under SIF, which list more recommendations each, those since {min(newer)} "
            "mostly or all under ILACS: compare within a framework."
        )
    notes.append(
        "Themes are found by words, for counting and searching; they are not a judgement about a text."
    )
    return Words(title, subtitle, alt_text, tuple(notes))


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """Themes down, the most frequent over all years first; years across."""
    totals: dict[str, float] = {}
    for row in rows:
        totals[row["theme"]] = totals.get(row["theme"], 0) + row["reports_with_theme"]
    themes = sorted(
        {row["theme"]: row for row in rows}.values(), key=lambda row: (-totals[row["theme"]], row["theme"])
    )
    years = sorted({row["year"] for row in rows})
    cells = {(row["theme"], row["year"]): _cell(row) for row in rows}
    lines = [(row["theme"], _words(row)) for row in themes]
    return draw_matrix(lines, [(year, str(year)) for year in years], cells, width)


def _of(row: Row) -> float:
    return float(row["reports_with_theme"] / row["reports"])


def _share(row: Row) -> str:
    return percent(row["reports_with_theme"], row["reports"])


def _words(row: Row) -> str:
    """The theme's label in the vocabulary; of one it no longer has, its name."""
    labels = {theme.name: theme.label for theme in themes()}
    return labels.get(row["theme"], str(row["theme"]).replace("_", " ").capitalize())


def _cell(row: Row) -> Cell:
    about = f"{_words(row)}, {row['year']}: {row['reports_with_theme']} of {row['reports']} reports"
    return Cell(_of(row), _share(row).rstrip("%"), about)
