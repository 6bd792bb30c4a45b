"""The headline answers as rows of tables, for readers with SQL: every answer with what it stands on.

Tables: `relation_answers` (one row per answer and estimate), `relation_sensitivity` (one row per answer and other
choice), `relation_changes` (one row per inspection and year before or after), `relation_spells` (one row per spell of a
grade), `relation_neighbours` (one row per authority: its figure beside its neighbours by mean and median, 2021 and
2025), `relation_funnel` (one row per authority with its limits) and `relation_many` (p corrected for many questions).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.relations.answer import Answer, Row
from pipelines.relations.choices import Headline
from pipelines.relations.choices_between import (
    funnel_headline,
    neighbours_headline,
    printed_headline,
    read_counts,
)
from pipelines.relations.choices_of_grades import agreement_headlines, deprivation_headlines
from pipelines.relations.choices_over_time import (
    after_inadequate_headline,
    around_headlines,
    downgrades_headline,
    since_inspection_headline,
    survival_headline,
)
from pipelines.relations.grade_and_figure import UNITS
from pipelines.relations.inputs import find_measure, find_year, graded_events, read
from pipelines.relations.multiplicity import corrected, many_asked
from pipelines.relations.neighbour_lab import neighbour_lists, neighbours_grades
from pipelines.relations.pairs import CUT_OFF_MONTHS, last_of_month
from pipelines.relations.printed_figures import printed_rows
from pipelines.relations.sensitivity import grade_headlines
from pipelines.relations.spells import STATES

if TYPE_CHECKING:
    from datetime import date

    import duckdb

#: The measures asked about with the grade, adjusted for deprivation.
WITH_GRADE = (
    "looked_after_rate",
    "child_protection_plans_rate",
    "children_in_need_rate",
    "rereferral_pct",
    "repeat_child_protection_plan_pct",
    "agency_rate",
    "social_worker_turnover",
    "vacancy_rate",
    "caseload",
    "care_leavers_19_21_eet_pct",
    "placements_3plus_pct",
)
AROUND = ("child_protection_plans_rate", "looked_after_rate", "agency_rate")
#: Columns by the names SQL users read, where a word of SQL or a shorter one stands in the row.
_SPELL = {
    "start": "began",
    "end": "watched_to",
    "entry": "years_before_seen",
    "ended": "has_ended",
    "into": "next_grade",
}
_SINCE = (
    "last_report",
    "base_year",
    "change_since",
    "neighbours_change_since",
    "change_less_neighbours",
)
_FUNNEL = {"count": "numerator", "base": "denominator"}
FUNNELS = ("looked_after_rate", "child_protection_plans_rate", "children_in_need_rate")


def headline_rows(
    con: "duckdb.DuckDBPyConnection", asked: dict[str, Headline] | None = None
) -> dict[str, list[Row]]:
    """Every headline table by name; columns are the same in every build.

    `asked` are those of `headlines`, where they are at hand already.
    """
    asked = headlines(con) if asked is None else asked
    answers = {name: headline.answer for name, headline in asked.items()}
    tables: dict[str, list[Row]] = {
        "relation_answers": [row for name, answer in answers.items() for row in answer.table(name)],
        "relation_sensitivity": [row for name, headline in asked.items() for row in headline.table(name)],
        "relation_changes": [
            {"measure": name, **row}
            for name in AROUND
            for row in answers[f"around inspection:{name} by grade"].rows
        ],
        "relation_spells": [
            {"state": state, **_renamed(row, _SPELL)}
            for state in STATES
            for row in answers[f"survival:{state}"].rows
        ],
        "relation_neighbours": _neighbours(con, answers),
        "relation_funnel": [_renamed(row, _FUNNEL) for row in _with_year(con, answers, "funnel")],
        "relation_many": _many(answers),
    }
    return {name: [_rounded(row) for row in rows] for name, rows in tables.items()}


def _renamed(row: Row, names: dict[str, str]) -> Row:
    return {names.get(name, name): value for name, value in row.items()}


def _rounded(row: Row) -> Row:
    """Nine digits: what machines may differ in after them is no finding, and would change the tables' sha256."""
    return {name: float(f"{v:.9g}") if isinstance(v, float) else v for name, v in row.items()}


def _with_year(con: "duckdb.DuckDBPyConnection", answers: dict[str, Answer], kind: str) -> list[Row]:
    found = []
    for name in FUNNELS:
        year = find_year(con, find_measure(con, name), None)
        found += [{"measure": name, "time_period": year, **row} for row in answers[f"{kind}:{name}"].rows]
    return found


def headlines(con: "duckdb.DuckDBPyConnection") -> dict[str, Headline]:
    """The answers behind the tables with their other choices, by id (`kind:subject`)."""
    found = _beside_figures(con)
    day, published_by = newest_list(con)
    found |= deprivation_headlines(con, day, published_by, UNITS)
    found |= agreement_headlines(con, day, published_by)
    for name in AROUND:
        measure = find_measure(con, name)
        found |= around_headlines(con, measure)
        found[f"after inadequate:{name}"] = after_inadequate_headline(con, measure)
    found |= {f"survival:{state}": survival_headline(con, state) for state in STATES}
    found["survival:lower grades and workforce"] = downgrades_headline(con)
    lists = neighbour_lists(con)
    for name in FUNNELS:
        measure = find_measure(con, name)
        year = find_year(con, measure, None)
        counted = read_counts(con, measure, year)
        found[f"funnel:{name}"] = funnel_headline(con, counted)
        found[f"neighbours:{name}"] = neighbours_headline(con, counted, lists)
        found[f"since inspection:{name}"] = since_inspection_headline(con, measure, year)
    every = printed_rows(con)
    found |= {
        f"printed:{name}": printed_headline(con, name, every)
        for name in sorted({r["measure"] for r in every})
    }
    return {name: _with_checks(headline) for name, headline in found.items()}


def _with_checks(headline: Headline) -> Headline:
    answer = headline.answer
    return replace(headline, answer=replace(answer, caveats=(*answer.caveats, *headline.checks())))


def _beside_figures(con: "duckdb.DuckDBPyConnection") -> dict[str, Headline]:
    """Each measure beside the grade; they are asked at once, and each says so with Holm's correction."""
    measures = [find_measure(con, name) for name in WITH_GRADE]
    found = grade_headlines(con, [(measure, find_year(con, measure, None)) for measure in measures])
    links = [replace(headline.estimate, group=name) for name, headline in zip(WITH_GRADE, found, strict=True)]
    note = many_asked(links)
    return {
        f"grade and figure:{name}": replace(headline, answer=replace(headline.answer, multiplicity=note))
        for name, headline in zip(WITH_GRADE, found, strict=True)
    }


def newest_list(con: "duckdb.DuckDBPyConnection") -> "tuple[date, date]":
    """The date Ofsted's newest list is true at, and the last day its reports were out by (a quarter later)."""
    day: date = read(con, "newest_list")[0]["as_at"]
    return day, last_of_month(day, CUT_OFF_MONTHS)


def _neighbours(con: "duckdb.DuckDBPyConnection", answers: dict[str, Answer]) -> list[Row]:
    """The neighbour laboratory's rows, with the neighbours' grades and the change since the last report."""
    lists = neighbour_lists(con)
    grades = {event["la_code"]: event["grade"] for event in graded_events(con)}
    since = {
        (name, row["la_code"]): row for name in FUNNELS for row in answers[f"since inspection:{name}"].rows
    }
    return [
        {
            **row,
            "grade": grades.get(row["la_code"]),
            **neighbours_grades(grades, lists[2025].get(row["la_code"], ())),
            **{column: since.get((row["measure"], row["la_code"]), {}).get(column) for column in _SINCE},
        }
        for row in _with_year(con, answers, "neighbours")
    ]


def _many(answers: dict[str, Answer]) -> list[Row]:
    """The correlations with the grade, corrected for being asked together."""
    links = [
        replace(answer.estimate("Spearman's rho"), group=name)
        for name, answer in answers.items()
        if name.startswith("grade and figure:")
    ]
    return [{"answer_id": row.pop("of_group"), **row} for row in corrected(links)]
