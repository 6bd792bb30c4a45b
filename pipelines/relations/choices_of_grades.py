"""Headlines about grades alone, and about deprivation, each under the other choices that were as good."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pipelines.relations.agreement import (
    agreement,
    answer_apart,
    apart_from_overall,
    by_span,
    graded_inspections,
    of_ilacs,
    share,
    weighted_kappa,
)
from pipelines.relations.answer import Answer, Estimate, Row, Rows
from pipelines.relations.choices import (
    ADJUSTMENT,
    JOINT_ROWS,
    METHOD,
    RULE,
    SMALL,
    VERY_SMALL,
    VINTAGE,
    WITHOUT_SMALL,
    YEAR,
    Choice,
    Headline,
    not_asked,
)
from pipelines.relations.deprivation import DEPRIVATION, EDITION, answer_deprivation, odds_of_good
from pipelines.relations.inputs import GRADE_RANKS, find_measure
from pipelines.relations.leaders import leaders_first
from pipelines.relations.pairs import RULES, Pairs, Question, pair_many
from pipelines.relations.sensitivity import FIRST_YEAR

if TYPE_CHECKING:
    import duckdb

AREAS = ("leadership", "help_and_protection", "care_and_care_leavers", "care", "care_leavers")
_GRADES_ALONE = {
    RULE: "both grades are of the same inspection",
    ADJUSTMENT: "two grades are set beside each other; nothing is adjusted for",
    JOINT_ROWS: "no figure is used",
    VINTAGE: "no figure is used",
}


def without_codes(rows: Rows) -> list[Row]:
    """The rows of other authorities than the two very small ones."""
    return [row for row in rows if row["la_code"] not in VERY_SMALL]


def in_each_year(rows: Rows) -> dict[int, list[Row]]:
    """Rows by the year their report was published in."""
    return {
        year: [row for row in rows if row["published"].year == year]
        for year in sorted({row["published"].year for row in rows})
    }


def agreement_headlines(
    con: "duckdb.DuckDBPyConnection", as_at: date, published_by: date
) -> dict[str, Headline]:
    """Each area with the overall grade, leaders with help and protection, and whether leaders' grade moves first."""
    rows, within = of_ilacs(con, as_at, published_by)
    every = graded_inspections(con)
    asked = [(area, "overall") for area in AREAS] + [("leadership", "help_and_protection")]
    found = {
        f"agreement:{one} with {other}": _agreement(agreement(rows, one, other, within=within), every, rows, one, other)
        for one, other in asked
    }  # fmt: skip
    return found | {
        "agreement:areas apart from overall": _apart(rows, within, every),
        "agreement:leaders first": _leaders(rows),
    }


def _agreement(answer: Answer, every: Rows, rows: Rows, one: str, other: str) -> Headline:
    def kappa(chosen: Iterable[Row], group: str) -> Estimate:
        pairs = [
            (GRADE_RANKS[row["grades"][one]], GRADE_RANKS[row["grades"][other]])
            for row in chosen
            if one in row["grades"] and other in row["grades"]
        ]
        return weighted_kappa(pairs, group)

    sif = [row for row in every if row["framework"] != "ilacs"]
    choices = (
        Choice(SMALL, WITHOUT_SMALL, kappa(without_codes(rows), "others")),
        *(Choice(YEAR, f"year {y}", kappa(found, str(y))) for y, found in in_each_year(rows).items()),
        Choice(METHOD, "under SIF and its re-inspections", kappa(sif, "sif")),
        *not_asked(_GRADES_ALONE),
    )
    headline = answer.estimate("weighted kappa")
    by_framework_and_year = (*answer.estimates, *by_span(every, one, other))
    return Headline(replace(answer, estimates=by_framework_and_year), headline, 0.0, choices)


def _apart(rows: Rows, within: str, every: Rows) -> Headline:
    answer = answer_apart(rows, within)
    name = "alone as bad as overall"
    headline = max((e for e in answer.estimates if e.name == name), key=lambda e: e.value or 0.0)

    def of(chosen: Rows) -> Estimate:
        found = {e.group: e for e in apart_from_overall(chosen) if e.name == name}
        return found.get(headline.group) or share(0, 0, name, headline.group)

    sif = [row for row in every if row["framework"] != "ilacs"]
    choices = (
        Choice(SMALL, WITHOUT_SMALL, of(without_codes(rows))),
        *(Choice(YEAR, f"year {y}", of(found)) for y, found in in_each_year(rows).items()),
        Choice(METHOD, "under SIF and its re-inspections", of(sif)),
        *not_asked(_GRADES_ALONE),
    )
    return Headline(answer, headline, None, choices)


def _leaders(rows: Rows) -> Headline:
    answer = leaders_first(rows)
    years = sorted({row["published"].year for row in rows})
    choices = (
        Choice(SMALL, WITHOUT_SMALL, leaders_first(without_codes(rows)).estimates[0]),
        *(Choice(YEAR, f"year {y}", leaders_first(rows, year=y).estimates[0]) for y in years),
        Choice(METHOD, "care and care leavers", leaders_first(rows, "care").estimates[0]),
        *not_asked(_GRADES_ALONE),
    )
    return Headline(answer, answer.estimates[0], 50.0, choices)


def deprivation_headlines(
    con: "duckdb.DuckDBPyConnection", as_at: date, published_by: date, units: Sequence[str]
) -> dict[str, Headline]:
    """The odds of good or outstanding per tenth of deprivation, by each unit."""
    measure = find_measure(con, DEPRIVATION)
    days = {f"year {year}": date(year, 3, 31) for year in range(FIRST_YEAR, as_at.year)}
    asked = {"headline": Question(measure, EDITION, as_at=as_at, published_by=published_by)}
    asked |= {name: Question(measure, EDITION, as_at=day) for name, day in days.items()}
    asked |= {
        f"grade rule: {r}": Question(measure, EDITION, as_at=as_at, rule=r) for r in RULES if r != "held"
    }
    pairs = dict(zip(asked, pair_many(con, list(asked.values())), strict=True))
    return {
        f"deprivation:{unit}": _deprivation(
            answer_deprivation(con, as_at, published_by=published_by, unit=unit), pairs, unit
        )
        for unit in units
    }


def _deprivation(answer: Answer, pairs: dict[str, Pairs], unit: str) -> Headline:
    def usable(name: str) -> list[Row]:
        return [row for row in pairs[name].rows if row["children"] or unit == "authority"]

    def odds(kind: Callable[[str], bool], named: str) -> list[Choice]:
        return [Choice(named, name, odds_of_good(usable(name), unit)) for name in pairs if kind(name)]

    other = "child" if unit == "authority" else "authority"
    choices = (
        Choice(SMALL, WITHOUT_SMALL, odds_of_good(without_codes(usable("headline")), unit)),
        *odds(lambda name: name.startswith("year"), YEAR),
        *odds(lambda name: name.startswith("grade rule"), RULE),
        Choice(ADJUSTMENT, "adjusted for region", odds_of_good(usable("headline"), unit, regions=True)),
        Choice(METHOD, f"unit {other}", odds_of_good(usable_of(pairs["headline"]), other)),
        *not_asked(
            {
                JOINT_ROWS: "the index is of single authorities",
                VINTAGE: "one edition of the index is used, and it has not been revised",
            }
        ),
    )
    return Headline(answer, answer.estimates[0], 1.0, choices)


def usable_of(pairs: Pairs) -> list[Row]:
    """The pairs whose authority has a number of children."""
    return [row for row in pairs.rows if row["children"]]
