"""Grades and figures set beside each other: by a named rule and date, in a named vintage, with who is lost and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import Lost, Row
from pipelines.relations.inputs import Measure, in_words, lost_rows, read

if TYPE_CHECKING:
    import duckdb

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
class Question:
    """Which figure is to stand beside which grade.

    `as_at` is the figure's own day unless given; reports count that were out by `published_by`, three months later
    unless given. A figure of two authorities together is out unless `joint` gives it to both.

    Raises:
        CouncilsError: the rule, the vintage or the use of joint rows is not one of the known.
    """

    measure: Measure
    year: int
    area: str = "overall"
    rule: str = "held"
    as_at: date | None = None
    published_by: date | None = None
    vintage: str = "current"
    joint: str = "out"

    def __post_init__(self) -> None:
        for wanted, known, kind in (
            (self.rule, RULES, "grade rule"),
            (self.vintage, VINTAGES, "vintage"),
            (self.joint, JOINT, "use of joint rows"),
        ):
            if wanted not in known:
                raise CouncilsError(f"There is no {kind} '{wanted}'. There are: {', '.join(known)}.")

    @property
    def day(self) -> date:
        """The date of the grade."""
        return self.as_at or self.measure.day(self.year)

    @property
    def out_by(self) -> date:
        """The last day on which a report that counts was out."""
        return self.published_by or last_of_month(self.day, CUT_OFF_MONTHS)

    def as_parameter(self, place: int) -> dict[str, int | str | date]:
        """The question as `pairs.sql` takes it."""
        return {
            "question": place,
            "measure": self.measure.name,
            "year": self.year,
            "area": self.area,
            "rule": self.rule,
            "as_at": self.day,
            "figure_day": self.measure.day(self.year),
            "published_by": self.out_by,
            "vintage": self.vintage,
            "joint": self.joint,
        }


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
    """One row per authority with its grade (by `rule`, on `as_at`) and its figure of `year`: see `Question`.

    Joined by the authority's code and by date, never by name.
    """
    asked = Question(measure, year, area, rule, as_at, published_by, vintage, joint)
    return pair_many(con, [asked])[0]


def pair_many(con: "duckdb.DuckDBPyConnection", asked: Sequence[Question]) -> list[Pairs]:
    """The pairs of several questions, read together: the grades of a day are looked up once, not once a question."""
    given = [question.as_parameter(place) for place, question in enumerate(asked)]
    found: dict[int, list[Row]] = {place: [] for place in range(len(asked))}
    for row in read(con, "pairs", {"questions": given}):
        found[row.pop("question")].append(row)
    return [_pairs(question, found[place]) for place, question in enumerate(asked)]


def _pairs(question: Question, rows: list[Row]) -> Pairs:
    used = tuple(row for row in rows if not row["lost_because"])
    releases = sorted({s for row in used for s in (row["figure_source"], row["grade_source"]) if s})
    return Pairs(
        question.measure,
        question.year,
        question.area,
        question.rule,
        question.day,
        question.out_by,
        question.vintage,
        used,
        lost_rows(rows),
        tuple(releases),
    )
