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

*Explained* means that the values themselves show why (rounding; another release prints the report's number; the same
count over another population), or that a person looked and wrote the evidence into `pipelines/explanations.csv`. An
explanation names the two values it is about: when a publisher mends one of them, a test says so. *Open* means that it is
not known who is right.

"""
_PUBLISHERS = """\

## What the publishers should know of

Each was looked up at its place. Page numbers are of the file, counted from 1.

"""
_FIGURES = """\

## Figures that are still open

The reports' section about the area was reviewed by the council, and most reports say that the council updated it with
data of its own that nobody had validated. That explains how such differences come about, and not which number is right:
they stay open. Counts are of pairs with the first print of DfE's that is held here; the last column is the median
distance, as a percentage of DfE's number.

"""
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
        + _FIGURES
        + _table(
            ("measure", "checked", "agree", "explained", "open", "median distance"),
            con.execute(_OPEN).fetchall(),
        )
    )


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
