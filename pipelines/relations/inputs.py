"""What every question reads: grades by a named rule and date, figures by a named vintage, with who is lost and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.relations.answer import Lost, Row, Rows

if TYPE_CHECKING:
    import duckdb

SQL_FOLDER = Path(__file__).parent / "sql"

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
#: 1 is best, so a positive correlation is a higher figure beside a worse grade.
GRADE_RANKS: Mapping[str, int] = {grade: rank for rank, grade in enumerate(GRADES, start=1)}
GRADE_WORDS: Mapping[str, str] = {
    "outstanding": "outstanding",
    "good": "good",
    "requires_improvement": "requires improvement",
    "inadequate": "inadequate",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the registry, as far as questions need it."""

    name: str
    title: str
    unit: str
    decimals: int
    polarity: str
    as_at: str

    def day(self, year: int) -> date:
        """The day its figure of `year` is true at (or its year ends on)."""
        return date(year, 9, 30) if "30 September" in self.as_at else date(year, 3, 31)


def in_words(day: date) -> str:
    """`31 March 2025`."""
    return f"{day.day} {day:%B %Y}"


def read(
    con: "duckdb.DuckDBPyConnection", name: str, parameters: Mapping[str, Any] | None = None
) -> list[Row]:
    """The rows of one file of `pipelines/relations/sql`, run with named parameters.

    Values are written into the statement as quoted literals: handed to execute() they would make DuckDB import pandas,
    which costs a second, and a prepared statement is planned twice.

    Raises:
        CouncilsError: the database lacks a table or column, so another version built it.
    """
    import duckdb

    statement = (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    try:
        given = parameters or {}
        found = con.execute(re.sub(r"\$([a-z_]+)", lambda name: _literal(given[name.group(1)]), statement))
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        first = str(error).splitlines()[0]
        raise CouncilsError(
            f"The database lacks something this question stands on ({first}). Build it again: councils build."
        ) from error
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, record, strict=True)) for record in found.fetchall()]


def figures(
    con: "duckdb.DuckDBPyConnection",
    measure: str,
    first_year: int = 0,
    last_year: int = 9999,
    *,
    vintage: str = "current",
    joint: str = "out",
) -> list[Row]:
    """The numbers of a measure for authorities over years; `vintage` and `joint` as in `pairs.Question`."""
    return read(
        con,
        "figures",
        {
            "measure": measure,
            "first_year": first_year,
            "last_year": last_year,
            "vintage": vintage,
            "joint": joint,
        },
    )


def graded_events(con: "duckdb.DuckDBPyConnection", area: str = "overall") -> list[Row]:
    """One row per graded inspection since 2013 of an area, with the grade before and the reports around it."""
    return read(con, "events", {"area": area})


def with_counts(
    con: "duckdb.DuckDBPyConnection", measure: "Measure", year: int, *, vintage: str = "current"
) -> list[Row]:
    """A measure of one year for every authority that exists then, with the count and the base it is made of."""
    return read(
        con,
        "counts",
        {"measure": measure.name, "year": year, "day": measure.day(year), "vintage": vintage},
    )


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(name)}: {_literal(part)}" for name, part in value.items()) + "}"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def find_measure(con: "duckdb.DuckDBPyConnection", wanted: str) -> Measure:
    """The measure of that name.

    Raises:
        CouncilsError: there is none; the nearest ones are named.
    """
    known = {row["measure"]: row for row in read(con, "measures")}
    row = known.get(wanted)
    if row is None:
        raise CouncilsError(f"There is no measure '{wanted}'.{_nearest(wanted, known)}")
    return Measure(
        row["measure"],
        row["title"],
        row["unit"],
        int(row["decimals"] or 0),
        row["polarity"],
        row["as_at"] or "",
    )


def find_year(con: "duckdb.DuckDBPyConnection", measure: Measure, wanted: int | None) -> int:
    """The year asked for, or the newest; both must have figures of authorities.

    Raises:
        CouncilsError: the measure has no figure for that year; the years it has are named.
    """
    years = [int(row["time_period"]) for row in read(con, "measure_years", {"measure": measure.name})]
    if not years:
        raise CouncilsError(f"'{measure.name}' has no figure of an authority.")
    if wanted is None:
        return max(years)
    if wanted not in years:
        near = min(years, key=lambda year: (abs(year - wanted), -year))
        raise CouncilsError(
            f"'{measure.name}' has no figures for {wanted}; it has {_spans(years)}. The nearest is {near}."
        )
    return wanted


def find_area(con: "duckdb.DuckDBPyConnection", wanted: str) -> str:
    """The judgement area of that name under the frameworks since 2013.

    Raises:
        CouncilsError: no such area; the nearest ones are named.
    """
    known = [str(row["area"]) for row in read(con, "areas")]
    if wanted not in known:
        raise CouncilsError(f"There is no judgement area '{wanted}'.{_nearest(wanted, known)}")
    return wanted


def _nearest(wanted: str, known: Any) -> str:
    names = sorted(known)
    near = get_close_matches(wanted.lower(), names, n=3, cutoff=0.5)
    near = near or [name for name in names if wanted.lower() in name][:3]
    listed = ", ".join(f"'{name}'" for name in (near or names[:12]))
    return f" The nearest: {listed}." if near else f" There are: {listed}{' …' if len(names) > 12 else ''}."


def _spans(years: list[int]) -> str:
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in spans)


def lost_rows(rows: Rows) -> tuple[Lost, ...]:
    """The lost rows by reason, the reason with most first."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["lost_because"]:
            reasons.setdefault(row["lost_because"], []).append(row["la_name"])
    ordered = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Lost(reason, tuple(names)) for reason, names in ordered)
