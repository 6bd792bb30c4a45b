"""`docs/disagreements.md`: the register of disagreements as a page, made from the database so that no number is typed.

`python -m pipelines.reports.register_page` writes it; a test keeps the page equal to the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths

if TYPE_CHECKING:
    import duckdb

_HEAD = """\
# Where the publishers' prints of one fact disagree

Generated from the database (`python -m pipelines.reports.register_page`); a test keeps this page equal to it. Every
fact that is printed twice is set side by side in the table `checked_pairs`: grades and dates of Ofsted's reports against
Ofsted's lists, a list against a newer one, the figures printed in reports against the Department for Education's, the
earlier inspections a report names against those held here, a council's covering report against the report it covers.
Nothing is merged, averaged or repaired: both values stand with file and page or row. `disagreements` has the pairs that
differ, the open ones first; the counts below are the view `disagreement_counts`.

*Explained* means that it is known why the two differ: the values, their dates and the report itself show it by a rule, or
a person looked and wrote the evidence into `pipelines/explanations.csv`. It does not say which of the two is right. An
explanation names the two values it is about: when a publisher mends one of them, a test says so. *Open* means that it is
not known why they differ.

"""
_PUBLISHERS = """\

## What the publishers should know of

Each was looked up at its place. Page numbers are of the file, counted from 1.

"""
_REASONS = """\

## Why figures differ

A figure that a report prints for a 31 March is compared twice: with the earliest print of DfE's that is held here and with
today's. Counts below are of figures, by the first comparison. DfE's own first prints of children in need and of protection
plans for 2013 to 2018 are not held (the earliest held is of 2023), those of looked after children for 2010 to 2017 are.

"""
_OPEN_HEAD = """\

## Figures that are still open

Of {figures} figures that differ, {open} are open. All of them are of children in need or of protection plans, came out after
DfE's first print of that 31 March, and that print is not held here: the report's number may be DfE's of then or the
council's own, and nothing here tells which. The last column is the median distance, as a percentage of DfE's number.

"""
_EACH_HEAD = """\

Each of them, with the page of the report's number and the page on which the report says that its section was updated with
local data that nobody had validated:

"""
# What each reason means, in the order in which a pair is tried against them.
_MEANINGS = {
    "rounding": "one of the two is rounded, and they differ by no more than that",
    "revised": "another release of DfE's prints the report's number",
    "other base": "the number of children agrees, the rate divides it by another population",
    "provisional": "the report calls its number provisional",
    "another year": "the report prints DfE's number for the year before or after",
    "suppressed": "DfE's first print hides the number as one of 1 to 5, which the report's is",
    "own count": "a rate of the report's own number of children, which differs from DfE's itself",
    "before release": "the report came out before DfE had published figures of that day",
    "local data": "DfE's first print is held and differs, and the report says that local data went into its section",
    "other definition": "the report says that it counts something else",
    "statistics wrong": "the report says that the council's return to DfE was wrong",
}
_PUBLIC = """\

## Public readings known to be wrong

Reports for which public scripts publish wrong grades, with what the report prints and the second source. Where the
public grade of an area is not known here, only the fault of the reading is told.

"""
_COUNTS = "SELECT field, pairs, agreed, explained, open FROM disagreement_counts ORDER BY field"
_KNOWN = """
SELECT la_name, field, item, value_a, place_a, value_b, place_b, category, explanation
FROM disagreements
WHERE outcome = 'explained'
    AND category IN ('report wrong', 'list wrong', 'statistics wrong', 'pack wrong', 'near twin', 'listed later')
    AND field NOT LIKE '%today''s'
ORDER BY category, la_name, field, place_b
"""
_CATEGORIES = """
SELECT category, count(*)
FROM disagreements
WHERE field = 'figure, report against first print' AND outcome = 'explained'
GROUP BY category
"""
_EACH = """
SELECT la_name, split_part(item, ' ', 1), split_part(item, ' ', 2), value_a, place_a, value_b, notes.page,
    round(difference * 100 / value_b::DOUBLE, 1)
FROM disagreements
LEFT JOIN area_notes AS notes ON disagreements.subject = notes.file_id
WHERE field = 'figure, report against first print' AND outcome = 'open'
ORDER BY ALL
"""
_OPEN = """
SELECT
    split_part(item, ' ', 1),
    count(*),
    count(*) FILTER (outcome = 'agree'),
    count(*) FILTER (outcome = 'explained'),
    count(*) FILTER (outcome = 'open'),
    round(median(abs(difference) * 100 / nullif(value_b::DOUBLE, 0)) FILTER (outcome = 'open'), 1)
FROM checked_pairs
WHERE field = 'figure, report against first print'
GROUP BY ALL
ORDER BY 1
"""
_READINGS = """
SELECT la_name, item, value_a, place_a, value_b, place_b, explanation
FROM disagreements
WHERE field = 'grade, public reading against report'
ORDER BY la_name, item
"""


def page(con: duckdb.DuckDBPyConnection) -> str:
    """The whole page from the database."""
    counts = con.execute(_COUNTS).fetchall()
    total = ["**all**", *(sum(row[at] for row in counts) for at in range(1, 5))]
    known = [
        (name, item.replace("_", " "), f"{a} ({_short(pa)})", f"{b} ({_short(pb)})", category, why)
        for name, _, item, a, pa, b, pb, category, why in con.execute(_KNOWN).fetchall()
    ]
    reasons = dict(con.execute(_CATEGORIES).fetchall())
    measures = con.execute(_OPEN).fetchall()
    still_open = sum(row[4] for row in measures)
    each = [
        (name, measure, year, a, _short(pa), b, note, distance)
        for name, measure, year, a, pa, b, note, distance in con.execute(_EACH).fetchall()
    ]
    readings = [
        (name, item.replace("_", " "), public, fault, right, _short(place), why)
        for name, item, public, fault, right, place, why in con.execute(_READINGS).fetchall()
    ]
    return (
        _HEAD
        + _table(("pair", "checked", "agree", "explained", "open"), [*counts, total])
        + _PUBLISHERS
        + _table(("council", "what", "first source", "second source", "verdict", "evidence"), known)
        + _PUBLIC
        + _table(("council", "area", "public", "fault", "report", "place", "second source"), readings)
        + _REASONS
        + _table(
            ("reason", "what it means", "figures"),
            [(reason, _MEANINGS[reason], reasons[reason]) for reason in sorted(reasons, key=_place)],
        )
        + _OPEN_HEAD.format(figures=sum(reasons.values()) + still_open, open=still_open)
        + _table(("measure", "checked", "agree", "explained", "open", "median distance"), measures)
        + _EACH_HEAD
        + _table(
            ("council", "measure", "31 March", "report", "place", "DfE", "note on page", "distance, %"), each
        )
    )


def _place(reason: str) -> int:
    return list(_MEANINGS).index(reason)


def _short(place: str | None) -> str:
    """A place without the folder it is in; of several the first."""
    first, *more = (place or "no place").split("; ")
    name = first.rsplit("/", 1)[-1]
    return f"{name} and {len(more)} more" if more else name


def _table(heads: tuple[str, ...], rows: list[Any]) -> str:
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = ("–" if cell is None else str(cell).replace("|", "/") for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def write_page(path: Path) -> None:
    """Write the page anew from the built database."""
    from pipelines.open import open_database

    with open_database() as con:
        path.write_text(page(con), encoding="utf-8")


if __name__ == "__main__":
    write_page(paths.root() / "docs" / "disagreements.md")
