"""Headlines about figures around inspections and about time, each under the other choices that were as good."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.relations.after_inadequate import after_inadequate, inadequate_panel, year_one
from pipelines.relations.aligned import Aligned, align
from pipelines.relations.answer import Answer, Estimate, Row, Rows
from pipelines.relations.around_inspection import answer_around, pooled_change
from pipelines.relations.choices import (
    ADJUSTMENT,
    FIRST_PUBLISHED,
    JOINT_ROWS,
    JOINT_TO_BOTH,
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
from pipelines.relations.choices_of_grades import in_each_year, without_codes
from pipelines.relations.downgrades import WORKFORCE, answer_downgrades, hazard_ratios, risk_years
from pipelines.relations.inputs import Measure, figures, graded_events
from pipelines.relations.since_inspection import (
    answer_since_inspection,
    mean_less_neighbours,
    since_inspection_rows,
)
from pipelines.relations.spells import spells
from pipelines.relations.staggered import Panel, group_time
from pipelines.relations.survival import answer_survival, kaplan_meier

if TYPE_CHECKING:
    import duckdb

_STEPS = range(2)
_RULE_OF_EVENT = "the grade is the one given at the inspection itself"
_NO_JOINT = "no figure of two authorities together among them"


def around_headlines(con: "duckdb.DuckDBPyConnection", measure: Measure) -> dict[str, Headline]:
    """A figure in the year after an inadequate grade: against itself, against neighbours; and by move."""
    events = graded_events(con)
    own = align(con, measure, events=events)
    others = {
        FIRST_PUBLISHED: align(con, measure, vintage="first", window=_STEPS, events=events),
        JOINT_TO_BOTH: align(con, measure, joint="both", window=_STEPS, events=events),
        "neighbours of 2021": align(con, measure, edition=2021, window=_STEPS, events=events),
        "neighbours' median": align(con, measure, average="median", window=_STEPS, events=events),
    }
    name = f"around inspection:{measure.name}"
    return {
        f"{name} by grade": _around(answer_around(own), own, others, "grade", "itself"),
        f"{name} by grade against neighbours": _around(
            answer_around(own, against="neighbours"), own, others, "grade", "neighbours"
        ),
        f"{name} by move": _around(answer_around(own, by="move"), own, others, "move", "itself"),
    }


def _around(answer: Answer, own: Aligned, others: dict[str, Aligned], by: str, against: str) -> Headline:
    group = ("inadequate",) if by == "grade" else ("declined",)

    def change(aligned: Aligned, beside: str = against) -> Estimate:
        return pooled_change(aligned, group, 1, beside, by=by)

    def of(rows: Sequence[Row]) -> Estimate:
        return change(replace(own, rows=tuple(rows)))

    same = len(others[JOINT_TO_BOTH].codes) == len(own.codes)
    choices = (
        Choice(SMALL, WITHOUT_SMALL, of(without_codes(own.rows))),
        *(Choice(YEAR, f"reports of {y}", of(rows)) for y, rows in in_each_year(own.rows).items()),
        *(
            Choice(ADJUSTMENT, f"against {beside}", change(own, beside))
            for beside in ("itself", "neighbours", "England")
            if beside != against
        ),
        Choice(ADJUSTMENT, "against neighbours of 2021", change(others["neighbours of 2021"], "neighbours")),
        Choice(
            ADJUSTMENT,
            "against neighbours by their median",
            change(others["neighbours' median"], "neighbours"),
        ),
        Choice(METHOD, "windows cut at other reports (censor)", of([r for r in own.rows if r["is_between_reports"]])),
        Choice(JOINT_ROWS, "does not apply", None, _NO_JOINT)
        if same
        else Choice(JOINT_ROWS, JOINT_TO_BOTH, change(others[JOINT_TO_BOTH])),
        Choice(VINTAGE, FIRST_PUBLISHED, change(others[FIRST_PUBLISHED])),
        *not_asked({RULE: _RULE_OF_EVENT}),
    )  # fmt: skip
    return Headline(answer, change(own), 0.0, choices)


def since_inspection_headline(con: "duckdb.DuckDBPyConnection", measure: Measure, year: int) -> Headline:
    """The change since the last report less the neighbours', of councils last judged inadequate."""
    events = graded_events(con)
    printed = figures(con, measure.name)
    answer = answer_since_inspection(con, measure, year, events=events)
    rows, unit = answer.rows, measure.unit

    def of(chosen: Rows) -> Estimate:
        return mean_less_neighbours(chosen, "inadequate", unit)

    def asked(of_year: int, **choice: Any) -> Rows:
        at_hand = None if {"vintage", "joint"} & set(choice) else printed
        return since_inspection_rows(con, measure, of_year, events=events, printed=at_hand, **choice)[0]

    choices = (
        Choice(SMALL, WITHOUT_SMALL, of(without_codes(rows))),
        *(Choice(YEAR, f"year {year - back}", of(asked(year - back))) for back in range(1, 6)),
        Choice(
            ADJUSTMENT,
            "not less the neighbours' change",
            of([{**row, "change_less_neighbours": row["change_since"]} for row in rows]),
        ),
        Choice(METHOD, "neighbours of 2021", of(asked(year, edition=2021))),
        Choice(METHOD, "neighbours by their median", of(asked(year, average="median"))),
        _joint_choice(of, asked(year, joint="both"), len(rows)),
        Choice(VINTAGE, FIRST_PUBLISHED, of(asked(year, vintage="first"))),
        *not_asked({RULE: "the grade is that of the last report, by what is asked"}),
    )
    return Headline(answer, of(rows), 0.0, choices)


def _joint_choice(of: Callable[[Rows], Estimate], both: Rows, n: int) -> Choice:
    if len(both) == n:
        return Choice(JOINT_ROWS, "does not apply", None, _NO_JOINT)
    return Choice(JOINT_ROWS, JOINT_TO_BOTH, of(both))


def after_inadequate_headline(con: "duckdb.DuckDBPyConnection", measure: Measure) -> Headline:
    """The staggered comparison a year after a first inadequate judgement."""
    events = graded_events(con)
    panel, lost, releases = inadequate_panel(con, measure, events=events)
    answer = after_inadequate(panel, measure, lost, releases)
    first = inadequate_panel(con, measure, vintage="first", events=events)[0]
    joint = inadequate_panel(con, measure, joint="both", events=events)[0]
    levels = answer.estimate("difference, two-way fixed levels", "year +1")
    choices = (
        Choice(SMALL, WITHOUT_SMALL, year_one(_without(panel), measure)),
        *_judged_in_each_year(panel, measure),
        Choice(ADJUSTMENT, "two-way fixed levels", levels),
        Choice(METHOD, "beside councils never judged so", year_one(panel, measure, "never")),
        Choice(JOINT_ROWS, "does not apply", None, _NO_JOINT)
        if joint.units == panel.units
        else Choice(JOINT_ROWS, JOINT_TO_BOTH, year_one(joint, measure)),
        Choice(VINTAGE, FIRST_PUBLISHED, year_one(first, measure)),
        *not_asked({RULE: _RULE_OF_EVENT}),
    )
    return Headline(answer, answer.estimate("difference", "year +1"), 0.0, choices)


def _without(panel: Panel) -> Panel:
    kept = [place for place, code in enumerate(panel.units) if code not in VERY_SMALL]
    units = tuple(panel.units[place] for place in kept)
    return Panel(units, panel.years, panel.figures[kept], panel.groups[kept])


def _judged_in_each_year(panel: Panel, measure: Measure) -> list[Choice]:
    cells = group_time(panel, steps=range(1))
    return [
        Choice(YEAR, f"first judged so before the figures of {cell.group}", year_one([cell], measure))
        for cell in cells
    ]


def survival_headline(con: "duckdb.DuckDBPyConnection", state: str) -> Headline:
    """How long a grade lasts: the median in years."""
    answer = answer_survival(con, state)
    rows = answer.rows
    years = sorted({row["start"].year for row in rows})

    def middle(chosen: Rows) -> Estimate:
        found = kaplan_meier(chosen, state)
        return next((e for e in found if e.name == "median years"), found[0])

    choices = (
        Choice(SMALL, WITHOUT_SMALL, middle(without_codes(rows))),
        *(
            Choice(YEAR, f"begun in {year}", middle([row for row in rows if row["start"].year == year]))
            for year in years
        ),
        Choice(METHOD, "the clock stands still in the pause", middle(spells(con, state, clock="without pause"))),
        *not_asked(
            {
                RULE: "the grades are those given, one after the other",
                ADJUSTMENT: "a curve of all spells; nothing is adjusted for",
                JOINT_ROWS: "no figure is used",
                VINTAGE: "no figure is used",
            }
        ),
    )  # fmt: skip
    return Headline(answer, middle(rows), None, choices)


def downgrades_headline(con: "duckdb.DuckDBPyConnection", measure: str = "agency_rate") -> Headline:
    """A lower next grade beside the workforce: the hazard ratio of one measure, alone."""
    answer = answer_downgrades(con)

    def ratio(rows: Rows, measures: Sequence[str] = (measure,)) -> Estimate:
        return hazard_ratios(list(rows), measures, "one at a time")[0]

    first = risk_years(con, WORKFORCE, vintage="first")[0]
    joint = risk_years(con, WORKFORCE, joint="both")[0]
    together = answer.estimate(answer.estimates[0].name, f"all together: {measure}")
    years = sorted({row["from"].year for row in answer.rows})
    choices = (
        Choice(SMALL, WITHOUT_SMALL, ratio(without_codes(answer.rows))),
        *(Choice(YEAR, f"at risk from {y}", ratio([r for r in answer.rows if r["from"].year == y])) for y in years),
        Choice(ADJUSTMENT, "all four measures together", together),
        Choice(JOINT_ROWS, JOINT_TO_BOTH, ratio(joint)),
        Choice(VINTAGE, FIRST_PUBLISHED, ratio(first)),
        *not_asked({RULE: "the grade held in the year at risk, by what the model is"}),
    )  # fmt: skip
    return Headline(
        answer, answer.estimate(answer.estimates[0].name, f"one at a time: {measure}"), 1.0, choices
    )
