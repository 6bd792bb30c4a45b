"""What every question reads: grades by a named rule and date, figures by a named vintage, with who is lost and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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
RULES: Mapping[str, str] = {
    "held": "the grade held on {day}",
    "next": "the next grade given after {day}",
    "last": "the last grade given, whatever its date,",
}
VINTAGES: Mapping[str, str] = {"current": "latest figures", "first": "figures as first published"}
JOINT: Mapping[str, str] = {
    "out": "figures of two authorities together left out",
    "both": "a figure of two authorities together given to both",
}
#: Reports come out weeks after the visit; Ofsted's own lists wait a quarter for them.
CUT_OFF_MONTHS = 3


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


@dataclass(frozen=True, slots=True)
class Pairs:
    """Authorities with a grade and a figure, those without, and what was paired with what."""

    measure: Measure
    year: int
    area: str
    rule: str
    as_at: date
    published_by: date
    vintage: str
    rows: tuple[Row, ...]
    lost: tuple[Lost, ...]
    releases: tuple[str, ...]

    @property
    def rule_in_words(self) -> str:
        """Which grade it is, with its date."""
        return RULES[self.rule].format(day=in_words(self.as_at))


def in_words(day: date) -> str:
    """`31 March 2025`."""
    return f"{day.day} {day:%B %Y}"


def read(
    con: "duckdb.DuckDBPyConnection", name: str, parameters: Mapping[str, Any] | None = None
) -> list[Row]:
    """The rows of one file of `pipelines/relations/sql`, run with named parameters.

    Raises:
        CouncilsError: the database lacks a table or column, so another version built it.
    """
    import duckdb

    statement = (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    try:
        if parameters:
            # Values handed to execute() make DuckDB import pandas, which costs a second; literals do not.
            con.execute(f"PREPARE question AS {statement}")
            given = ", ".join(f"{key} := {_literal(value)}" for key, value in parameters.items())
            found = con.execute(f"EXECUTE question({given})")
        else:
            found = con.execute(statement)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        first = str(error).splitlines()[0]
        raise CouncilsError(
            f"The database lacks something this question stands on ({first}). Build it again: councils build."
        ) from error
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, record, strict=True)) for record in found.fetchall()]


def _literal(value: str | int | date) -> str:
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


def last_of_month(day: date, months: int) -> date:
    """The last day of the month `months` after that of `day`."""
    month = day.month + months + 1
    return date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def pair(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    year: int,
    *,
    area: str = "overall",
    rule: str = "held",
    as_at: date | None = None,
    published_by: date | None = None,
    vintage: str = "current",
    joint: str = "out",
) -> Pairs:
    """One row per authority with its grade (by `rule`, on `as_at`) and its figure of `year`.

    Joined by the authority's code and by date, never by name. `as_at` is the figure's own day unless given; reports
    count that were out by `published_by`, three months later unless given. A figure of two authorities together is out
    unless `joint` gives it to both.

    Raises:
        CouncilsError: the rule or the vintage is not one of the known.
    """
    choices = (
        (rule, RULES, "grade rule"),
        (vintage, VINTAGES, "vintage"),
        (joint, JOINT, "use of joint rows"),
    )
    for wanted, known, kind in choices:
        if wanted not in known:
            raise CouncilsError(f"There is no {kind} '{wanted}'. There are: {', '.join(known)}.")
    day = as_at or measure.day(year)
    out_by = published_by or last_of_month(day, CUT_OFF_MONTHS)
    rows = read(
        con,
        "pairs",
        {
            "measure": measure.name,
            "year": year,
            "area": area,
            "rule": rule,
            "as_at": day,
            "figure_day": measure.day(year),
            "published_by": out_by,
            "vintage": vintage,
            "joint": joint,
        },
    )
    used = tuple(row for row in rows if not row["lost_because"])
    releases = sorted({s for row in used for s in (row["figure_source"], row["grade_source"]) if s})
    return Pairs(measure, year, area, rule, day, out_by, vintage, used, lost_rows(rows), tuple(releases))


def lost_rows(rows: Rows) -> tuple[Lost, ...]:
    """The lost rows by reason, the reason with most first."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row["lost_because"]:
            reasons.setdefault(row["lost_because"], []).append(row["la_name"])
    ordered = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Lost(reason, tuple(names)) for reason, names in ordered)
