"""Figures that inspectors print in their reports: the area's value against England's printed beside it, by grade."""

from typing import TYPE_CHECKING

from pipelines.charts.estimates import median_interval
from pipelines.errors import CouncilsError
from pipelines.relations.answer import MINIMUM_N, ONE_QUESTION, Answer, Estimate, Lost, Row, Rows, refuse
from pipelines.relations.correlation import spearman
from pipelines.relations.inputs import GRADE_RANKS, GRADES, read
from pipelines.relations.words import direction, interval

if TYPE_CHECKING:
    import duckdb


def printed_rows(con: "duckdb.DuckDBPyConnection") -> list[Row]:
    """One row per report and measure printed for the area and for England, with the overall grade given.

    Raises:
        CouncilsError: the database was built without the figures of reports.
    """
    [there] = read(con, "has_table", {"name": "report_statistics"})
    if not there["is_there"]:
        raise CouncilsError(
            "The figures that reports print are not in this database (there is no table report_statistics). "
            "Build it from a data/raw that has ofsted_reports/statistics.csv: councils build."
        )
    return read(con, "printed_figures")


def printed_measures(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """The measures that reports print beside England's."""
    return sorted({row["measure"] for row in printed_rows(con)})


def answer_printed(con: "duckdb.DuckDBPyConnection", measure: str, every: Rows | None = None) -> Answer:
    """Does an area's printed value lie further from England's where the grade is worse?

    `every` are the rows of `printed_rows`, where they are at hand already.

    Raises:
        CouncilsError: no report prints the measure for England too; the ones printed are named.
    """
    every = printed_rows(con) if every is None else every
    known = sorted({row["measure"] for row in every})
    rows = [row for row in every if row["measure"] == measure]
    if not rows:
        raise CouncilsError(f"No report prints '{measure}' beside England's. They print: {', '.join(known)}.")
    used = [row for row in rows if row["gap"] is not None]
    hidden = tuple(f"{row['la_name']} {row['published']}" for row in rows if row["gap"] is None)
    unit = "percentage points" if "percent" in (rows[0]["unit"] or "") else rows[0]["unit"]
    link = spearman([GRADE_RANKS[row["grade"]] for row in used], [row["gap"] for row in used])
    finding = direction(
        link,
        "further above England's where grades are worse",
        "further below England's where grades are worse",
        "no clear link with the grade",
    )
    return Answer(
        question=f"Does the {measure} that a report prints lie further from England's printed value where its grade is worse?",
        title=f"{measure} as printed in inspection reports, less England's printed beside it: {finding} (Spearman {interval(link)})",
        unit="inspection",
        n=len(used),
        lost=(Lost("value hidden in the report", hidden),) if hidden else (),
        estimates=(*(_median(used, grade, unit) for grade in GRADES), link),
        method="Median gap by the overall grade given, exact interval; rank correlation with the grade.",
        adjusted_for=("England's value as printed in the same report",),
        releases=("ofsted_reports",),
        caveats=(
            "Reports of one framework (2013 to 2017) print these figures; later reports do not.",
            "The printed figures are of different years, each the newest when the report was written.",
            "An association between inspections; it does not say which came first or why.",
        ),
        multiplicity=ONE_QUESTION,
        rows=tuple(used),
    )


def _median(rows: list[Row], grade: str, unit: str) -> Estimate:
    gaps = [row["gap"] for row in rows if row["grade"] == grade]
    name, method = "median gap to England", "median, exact interval by order"
    if len(gaps) < MINIMUM_N["distribution of a group"]:
        return refuse(name, grade, "distribution of a group", len(gaps), unit, method)
    found = median_interval(gaps)
    return Estimate(name, grade, found.estimate, found.lower, found.upper, found.n, unit, method)
