"""Headlines between councils (funnel, neighbours) and about printed figures, each under the other choices."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.relations.answer import Answer, Estimate, Row, Rows
from pipelines.relations.choices import (
    ADJUSTMENT,
    FIRST_PUBLISHED,
    JOINT_ROWS,
    METHOD,
    RULE,
    SMALL,
    VINTAGE,
    WITHOUT_SMALL,
    YEAR,
    Choice,
    Headline,
    not_asked,
)
from pipelines.relations.choices_of_grades import in_each_year, without_codes
from pipelines.relations.correlation import spearman
from pipelines.relations.funnel import answer_funnel, outside, usable_counts
from pipelines.relations.inputs import GRADE_RANKS, Measure, read, with_counts
from pipelines.relations.neighbour_lab import Lists, answer_laboratory, laboratory_rows, side_changes
from pipelines.relations.printed_figures import answer_printed
from pipelines.relations.sensitivity import FIRST_YEAR

if TYPE_CHECKING:
    import duckdb

_NO_GRADE = "no grade is used"
_NO_JOINT = "no figure of two authorities together among them"
_COUNT = "a count of councils, without an interval: read the difference"


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure with its counts: of the year asked about, of other years, and as first published."""

    measure: Measure
    year: int
    by_year: dict[int, list[Row]]
    first_published: list[Row]


def read_counts(con: "duckdb.DuckDBPyConnection", measure: Measure, year: int) -> Counted:
    """The counts that the funnel and the neighbours of a measure are asked on."""
    found = [int(row["time_period"]) for row in read(con, "measure_years", {"measure": measure.name})]
    by_year = {y: with_counts(con, measure, y) for y in found if y >= FIRST_YEAR}
    return Counted(measure, year, by_year, with_counts(con, measure, year, vintage="first"))


def funnel_headline(con: "duckdb.DuckDBPyConnection", counted: Counted) -> Headline:
    """How many councils lie outside the 99.8% limits once over-dispersion is allowed for."""
    measure, year = counted.measure, counted.year
    usable = {y: usable_counts(rows, measure, y)[0] for y, rows in counted.by_year.items()}
    own, first = usable.pop(year), usable_counts(counted.first_published, measure, year)[0]
    choices = (
        Choice(SMALL, WITHOUT_SMALL, outside(without_codes(own)), _COUNT),
        *(Choice(YEAR, f"year {other}", outside(rows), _COUNT) for other, rows in usable.items()),
        Choice(ADJUSTMENT, "limits of chance alone", outside(own, widened=False), _COUNT),
        Choice(VINTAGE, FIRST_PUBLISHED, outside(first), _COUNT),
        *not_asked({RULE: _NO_GRADE, JOINT_ROWS: _NO_JOINT}),
    )
    return Headline(answer_funnel(con, measure, year), outside(own), None, choices)


def neighbours_headline(con: "duckdb.DuckDBPyConnection", counted: Counted, lists: Lists) -> Headline:
    """How many councils change side between their neighbours' mean and median."""
    answer = answer_laboratory(con, counted.measure, counted.year)

    def of(rows: Rows) -> Estimate:
        return side_changes(laboratory_rows(rows, lists)[0], 2025)

    choices = (
        Choice(SMALL, WITHOUT_SMALL, side_changes(without_codes(answer.rows), 2025), _COUNT),
        *(
            Choice(YEAR, f"year {y}", of(rows), _COUNT)
            for y, rows in counted.by_year.items()
            if y != counted.year
        ),
        Choice(METHOD, "list of 2021", side_changes(answer.rows, 2021), _COUNT),
        Choice(VINTAGE, FIRST_PUBLISHED, of(counted.first_published), _COUNT),
        *not_asked(
            {
                RULE: _NO_GRADE,
                JOINT_ROWS: _NO_JOINT,
                ADJUSTMENT: "a count of councils; nothing is adjusted for",
            }
        ),
    )
    return Headline(answer, side_changes(answer.rows, 2025), None, choices)


def printed_headline(con: "duckdb.DuckDBPyConnection", name: str, every: Rows) -> Headline:
    """A figure printed in reports, less England's, beside the grade."""
    answer: Answer = answer_printed(con, name, every)

    def rho(rows: Rows, column: str = "gap") -> Estimate:
        used = [row for row in rows if row[column] is not None]
        return spearman([GRADE_RANKS[row["grade"]] for row in used], [row[column] for row in used])

    own: list[Row] = list(answer.rows)
    choices = (
        Choice(SMALL, WITHOUT_SMALL, rho(without_codes(own))),
        *(Choice(YEAR, f"reports of {y}", rho(rows)) for y, rows in in_each_year(own).items()),
        Choice(ADJUSTMENT, "the area's value without England's taken away", rho(own, "local_value")),
        *not_asked(
            {
                RULE: "the grade is the one the same report gives",
                JOINT_ROWS: "a report is of one authority",
                VINTAGE: "the figures are those the inspectors printed, whatever was revised since",
            }
        ),
    )
    estimate = answer.estimate("Spearman's rho")
    return Headline(answer, estimate, 0.0, choices)
