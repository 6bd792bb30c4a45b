"""The headline answers as rows of tables, for readers with SQL: every answer with what it stands on.

Tables: `relation_answers` (one row per answer and estimate), `relation_sensitivity` (one row per headline and choice),
`relation_changes` (one row per inspection and year before or after), `relation_spells` (one row per spell of a grade),
`relation_neighbours` (one row per authority: its figure beside its neighbours by mean and median, 2021 and 2025),
`relation_funnel` (one row per authority with its limits) and `relation_many` (p corrected for many questions).
"""

from typing import TYPE_CHECKING

from pipelines.relations.after_inadequate import answer_after_inadequate
from pipelines.relations.agreement import agreement, of_ilacs
from pipelines.relations.aligned import Aligned, align
from pipelines.relations.answer import Answer, Row
from pipelines.relations.around_inspection import answer_around
from pipelines.relations.deprivation import answer_deprivation
from pipelines.relations.downgrades import answer_downgrades
from pipelines.relations.funnel import answer_funnel
from pipelines.relations.grade_and_figure import UNITS, relate_grade_and_figure
from pipelines.relations.inputs import Measure, find_measure, find_year, read
from pipelines.relations.leaders import leaders_first
from pipelines.relations.multiplicity import corrected
from pipelines.relations.neighbour_lab import answer_laboratory
from pipelines.relations.pairs import last_of_month, pair
from pipelines.relations.printed_figures import answer_printed, printed_measures
from pipelines.relations.sensitivity import sensitivity
from pipelines.relations.spells import STATES
from pipelines.relations.survival import answer_survival

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
FUNNELS = ("looked_after_rate", "child_protection_plans_rate", "children_in_need_rate")
AREAS = ("leadership", "help_and_protection", "care_and_care_leavers", "care", "care_leavers")


def headline_rows(
    con: "duckdb.DuckDBPyConnection", answers: dict[str, Answer] | None = None
) -> dict[str, list[Row]]:
    """Every headline table by name; columns are the same in every build.

    `answers` are those of `headline_answers`, where they are at hand already.
    """
    answers = headline_answers(con) if answers is None else answers
    tables: dict[str, list[Row]] = {
        "relation_answers": [row for name, answer in answers.items() for row in answer.table(name)],
        "relation_sensitivity": [
            row for name in ("looked_after_rate", "agency_rate") for row in _sensitivity(con, name)
        ],
        "relation_changes": [
            {"measure": name, **row}
            for name in AROUND
            for row in answers[f"around inspection:{name} by grade"].rows
        ],
        "relation_spells": [
            {"state": state, **row} for state in STATES for row in answers[f"survival:{state}"].rows
        ],
        "relation_neighbours": _with_year(con, answers, "neighbours"),
        "relation_funnel": _with_year(con, answers, "funnel"),
        "relation_many": _many(answers),
    }
    return {name: [_rounded(row) for row in rows] for name, rows in tables.items()}


def _rounded(row: Row) -> Row:
    """Nine digits: what machines may differ in after them is no finding, and would change the tables' sha256."""
    return {name: float(f"{v:.9g}") if isinstance(v, float) else v for name, v in row.items()}


def _with_year(con: "duckdb.DuckDBPyConnection", answers: dict[str, Answer], kind: str) -> list[Row]:
    found = []
    for name in FUNNELS:
        year = find_year(con, find_measure(con, name), None)
        found += [{"measure": name, "year": year, **row} for row in answers[f"{kind}:{name}"].rows]
    return found


def headline_answers(con: "duckdb.DuckDBPyConnection") -> dict[str, Answer]:
    """The answers behind the tables, by id (`kind:subject`)."""
    answers: dict[str, Answer] = {}
    for name in WITH_GRADE:
        measure = find_measure(con, name)
        pairs = pair(con, measure, find_year(con, measure, None))
        answers[f"grade and figure:{name}"] = relate_grade_and_figure(con, pairs, adjust=("deprivation",))
    day, published_by = newest_list(con)
    for unit in UNITS:
        answers[f"deprivation:{unit}"] = answer_deprivation(con, day, published_by=published_by, unit=unit)
    answers |= _agreements(con)
    for name in AROUND:
        measure = find_measure(con, name)
        aligned = align(con, measure)
        answers |= _around(con, measure, aligned)
    answers |= {f"survival:{state}": answer_survival(con, state) for state in STATES}
    answers["survival:lower grades and workforce"] = answer_downgrades(con)
    for name in FUNNELS:
        measure = find_measure(con, name)
        year = find_year(con, measure, None)
        answers[f"funnel:{name}"] = answer_funnel(con, measure, year)
        answers[f"neighbours:{name}"] = answer_laboratory(con, measure, year)
    if read(con, "has_table", {"name": "report_statistics"})[0]["is_there"]:
        answers |= {f"printed:{name}": answer_printed(con, name) for name in printed_measures(con)}
    return answers


def _agreements(con: "duckdb.DuckDBPyConnection") -> dict[str, Answer]:
    rows, within = of_ilacs(con, *newest_list(con))
    found = {
        f"agreement:{area} with overall": agreement(rows, area, "overall", within=within) for area in AREAS
    }
    found["agreement:leadership with help_and_protection"] = agreement(
        rows, "leadership", "help_and_protection", within=within
    )
    found["agreement:leaders first"] = leaders_first(rows)
    return found


def newest_list(con: "duckdb.DuckDBPyConnection") -> "tuple[date, date]":
    """The date Ofsted's newest list is true at, and the last day its reports were out by (a quarter later)."""
    day: date = read(con, "newest_list")[0]["as_at"]
    return day, last_of_month(day, 3)


def _around(con: "duckdb.DuckDBPyConnection", measure: Measure, aligned: Aligned) -> dict[str, Answer]:
    found = {
        f"around inspection:{measure.name} by grade": answer_around(aligned),
        f"around inspection:{measure.name} by grade against neighbours": answer_around(
            aligned, against="neighbours"
        ),
        f"around inspection:{measure.name} by move": answer_around(aligned, by="move"),
    }
    found[f"after inadequate:{measure.name}"] = answer_after_inadequate(con, measure)
    return found


def _sensitivity(con: "duckdb.DuckDBPyConnection", name: str) -> list[Row]:
    measure = find_measure(con, name)
    return sensitivity(con, measure, find_year(con, measure, None))


def _many(answers: dict[str, Answer]) -> list[Row]:
    """The correlations with the grade, corrected for being asked together."""
    links = []
    for name, answer in answers.items():
        if name.startswith("grade and figure:"):
            rho = answer.estimate("Spearman's rho")
            links.append((name, rho))
    rows = corrected([rho for _, rho in links])
    tested = [name for name, rho in links if rho.p_value is not None]
    return [{"answer_id": name, **row} for name, row in zip(tested, rows, strict=True)]
