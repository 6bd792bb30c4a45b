"""What is said about a council's figure over the years, from the rows of `council_line.sql`."""

import json
from collections.abc import Iterator
from itertools import groupby

from pipelines.charts.rows import Rows, only
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, day, listed, number, status_words


def tell(rows: Rows) -> Words:
    """Words for one row per series (`council`, `predecessor`, `neighbours`, `england`) and year."""
    council, measure = only(rows, "council_name"), only(rows, "measure_title")
    year = _latest_year(rows)
    values = {s: _value(rows, s, year) for s in ("council", "neighbours", "england")}
    others = listed(
        f"{words} {figure(rows, values[series])}"
        for series, words in (("neighbours", "its neighbours’ median"), ("england", "England"))
        if values[series] is not None
    )
    title = f"{measure}: {council} {figure(rows, values['council'])} in {year}; {others}"
    named = only(rows, "neighbours_named")
    subtitle = (
        f"{measure}, {only(rows, 'measured_at')}. Median (not mean) of the {named} statistical neighbours of "
        f"{only(rows, 'neighbours_edition')}."
    )
    alt_text = (
        f"Lines for {council}, the median of its statistical neighbours and England, "
        f"{min(row['time_period'] for row in rows)} to {max(row['time_period'] for row in rows)}. {title}."
    )
    return Words(title, subtitle, alt_text, tuple(_notes(rows)))


def figure(rows: Rows, value: float | None) -> str:
    return "no figure" if value is None else number(value, only(rows, "decimals"))


def breaks(rows: Rows) -> dict[int, str]:
    """The years from which the measure's figures stopped being comparable, within the years shown, and
    why.
    """
    declared: dict[str, str] = json.loads(only(rows, "measure_breaks") or "{}")
    shown = {row["time_period"] for row in rows}
    return {
        int(year): words for year, words in sorted(declared.items()) if {int(year), int(year) - 1} <= shown
    }


def _latest_year(rows: Rows) -> int:
    """The newest year for which the council has a number.

    Raises:
        TooFewValuesError: it has none at all.
    """
    years = [row["time_period"] for row in rows if row["series"] == "council" and row["value"] is not None]
    if not years:
        name, measure = only(rows, "council_name"), only(rows, "measure_title")
        raise TooFewValuesError(f"{name} has no figure of '{measure}'. Choose another council or measure.")
    return int(max(years))


def _value(rows: Rows, series: str, year: int) -> float | None:
    found = (row["value"] for row in rows if row["series"] == series and row["time_period"] == year)
    return next(found, None)


def _notes(rows: Rows) -> list[str]:
    notes = []
    if any(row["lower_95"] is not None for row in rows if row["series"] == "council"):
        notes.append("Shaded: 95% limits of the council’s rate, by Byar’s method.")
    if any(row["is_derived"] for row in rows):
        notes.append(
            "Computed here from the published count and the population aged 0 to 17 at mid-year before."
        )
    notes += [f"Break before {year} (thin rule): {words}" for year, words in breaks(rows).items()]
    gaps = list(_gap_words(rows))
    if gaps:
        notes.append(f"Crosses at the foot mark years without a figure: {'; '.join(gaps)}.")
    named = only(rows, "neighbours_named")
    median_rows = [
        row for row in rows if row["series"] == "neighbours" and 0 < row["authorities_counted"] < named
    ]
    for count, group in groupby(median_rows, key=lambda row: row["authorities_counted"]):
        years = listed(_year_spans([row["time_period"] for row in group]))
        notes.append(f"Of the {named} neighbours {count} have a figure in {years}.")
    earlier = sorted({row["la_name"] for row in rows if row["series"] == "predecessor"})
    formed = only(rows, "council_formed")
    if earlier and formed:
        notes.append(
            f"{only(rows, 'council_name')} was formed on {day(formed)} (thin rule); before it "
            f"{listed(earlier)}, dashed."
        )
    if only(rows, "polarity") == "none":
        notes.append("A high figure is neither good nor bad in itself.")
    return notes


def _gap_words(rows: Rows) -> Iterator[str]:
    """`Hackney 2021 to 2022 (not available)` for each council and reason."""
    missing = [row for row in rows if row["value"] is None]
    for (name, status), group in groupby(missing, key=lambda row: (row["la_name"], row["value_status"])):
        yield f"{name} {listed(_year_spans([row['time_period'] for row in group]))} ({status_words(status)})"


def _year_spans(years: list[int]) -> list[str]:
    """`2013 to 2019`, `2021`."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [f"{span[0]} to {span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]
