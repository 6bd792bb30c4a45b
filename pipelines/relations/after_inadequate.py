"""The staggered comparison asked of this data: a figure after a council's first inadequate judgement."""

from typing import TYPE_CHECKING

from pipelines.relations.aligned import base_year
from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Lost, Rows, refuse
from pipelines.relations.inputs import Measure, figures, graded_events
from pipelines.relations.staggered import (
    GroupTime,
    Panel,
    Summary,
    by_years_after,
    group_time,
    overall,
    placebo,
    trend_before,
)
from pipelines.relations.two_way import two_way
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import duckdb

STEPS = range(-4, 4)
PLACEBO_YEARS = 3


def inadequate_panel(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    *,
    area: str = "overall",
    vintage: str = "current",
    joint: str = "out",
    events: Rows | None = None,
) -> tuple[Panel, tuple[Lost, ...], tuple[str, ...]]:
    """Authorities by years, each with the first year after its first inadequate judgement since 2013.

    Left out: authorities never inspected under the frameworks since 2013, and those without two figures.
    """
    import numpy as np

    events = graded_events(con, area) if events is None else events
    printed = figures(con, measure.name, 2010, vintage=vintage, joint=joint)
    names = {row["la_code"]: row["la_name"] for row in printed}
    inspected = {event["la_code"] for event in events}
    first: dict[str, int] = {}
    for event in events:
        if event["grade"] == "inadequate":
            first.setdefault(event["la_code"], base_year(measure, event["published"]) + 1)
    years = tuple(sorted({row["time_period"] for row in printed}))
    counts: dict[str, int] = {}
    for row in printed:
        counts[row["la_code"]] = counts.get(row["la_code"], 0) + 1
    units = tuple(sorted(code for code in names if code in inspected and counts[code] > 1))
    table = np.full((len(units), len(years)), np.nan)
    places = {code: i for i, code in enumerate(units)}
    for row in printed:
        if row["la_code"] in places:
            table[places[row["la_code"]], years.index(row["time_period"])] = row["value"]
    groups = np.array([first.get(code, np.inf) for code in units], float)
    left = tuple(names[code] for code in sorted(names) if code not in inspected)
    releases = {row["figure_source"] for row in printed} | {event["source"] for event in events}
    lost = (Lost("not inspected under the frameworks since 2013", left),) if left else ()
    return Panel(units, years, table, groups), lost, tuple(sorted(releases))


def answer_after_inadequate(
    con: "duckdb.DuckDBPyConnection", measure: Measure, *, area: str = "overall", comparison: str = "not yet"
) -> Answer:
    """A figure in the years after a first inadequate judgement, beside councils not yet judged so."""
    panel, lost, releases = inadequate_panel(con, measure, area=area)
    return after_inadequate(panel, measure, lost, releases, area=area, comparison=comparison)


def after_inadequate(
    panel: Panel,
    measure: Measure,
    lost: tuple[Lost, ...],
    releases: tuple[str, ...],
    *,
    area: str = "overall",
    comparison: str = "not yet",
) -> Answer:
    """The answer of a panel at hand."""
    import numpy as np

    judged = int(np.isfinite(panel.groups).sum())
    method = f"Callaway and Sant'Anna, compared with councils {comparison} judged inadequate; bootstrap over councils"
    if judged < MINIMUM_N["comparison of groups over time"]:
        estimates = [
            refuse("difference", "after", "comparison of groups over time", judged, measure.unit, method)
        ]
    else:
        estimates = _estimates(panel, measure, comparison, method)
    first_year = next((e for e in estimates if e.group == "year +1"), estimates[0])
    return Answer(
        question=(
            f"How did {measure.title} move after a council's first inadequate {area.replace('_', ' ')} judgement, beside "
            f"councils {comparison} judged so in the same years?"
        ),
        title=(
            f"{measure.title}: a year after a first inadequate judgement, a difference from councils {comparison} judged so "
            f"of {interval(first_year, 1)}"
        ),
        unit="authority",
        n=len(panel.units),
        lost=lost,
        estimates=tuple(estimates),
        method=method,
        adjusted_for=(
            "each council's own level in the base year",
            "the change of the other councils in the same years",
        ),
        releases=releases,
        caveats=(
            "The comparison stands on both kinds of council moving alike without the judgement. The years before and the "
            "placebo dates show how far they did; neither can show it for the years after.",
            "Year +1 is the first figure after publication; the base is the last one on or before it.",
            "A second inadequate judgement is part of what came after the first.",
        ),
        multiplicity="The years are shown together; each interval stands alone.",
    )


def year_one(cells: "Panel | list[GroupTime]", measure: Measure, comparison: str = "not yet") -> Estimate:
    """The difference in the first year after, of a panel or of group-time differences at hand."""
    found = group_time(cells, comparison=comparison, steps=range(1)) if isinstance(cells, Panel) else cells
    first = [cell for cell in found if cell.year == cell.group]
    method = f"Callaway and Sant'Anna, compared with councils {comparison} judged inadequate; bootstrap over councils"
    return _estimate("difference", "year +1", overall(first), measure, method)


def _estimates(panel: Panel, measure: Measure, comparison: str, method: str) -> list[Estimate]:
    cells = group_time(panel, comparison=comparison)
    shown = [step for step in by_years_after(cells) if int(step.name) in STEPS]
    found = [
        _estimate("difference", f"year {int(step.name) + 1:+d}", step, measure, method) for step in shown
    ]
    found.append(_estimate("difference", "years +1 to +4 together", overall(cells, 3), measure, method))
    before = [step for step in shown if int(step.name) < -1]
    statistic, degrees, p = trend_before(before)
    found.append(
        Estimate(
            "test of no difference before",
            "years -3 to -1",
            statistic,
            None,
            None,
            len(panel.units),
            f"chi-squared on {degrees}",
            "Wald test on the redrawn samples",
            p,
        )
    )
    false = [c for c in group_time(placebo(panel, PLACEBO_YEARS), comparison=comparison) if c.year >= c.group]
    found.append(
        _estimate(
            "difference at placebo dates", f"{PLACEBO_YEARS} years earlier", overall(false), measure, method
        )
    )
    found += _two_way_estimates(panel, measure)
    return found


def _estimate(name: str, group: str, summary: Summary, measure: Measure, method: str) -> Estimate:
    if summary.units < MINIMUM_N["comparison of groups over time"]:
        return refuse(name, group, "comparison of groups over time", summary.units, measure.unit, method)
    return Estimate(
        name, group, summary.value, summary.lower, summary.upper, summary.units, measure.unit, method
    )


def _two_way_estimates(panel: Panel, measure: Measure) -> list[Estimate]:
    found = []
    for name, (value, error) in (two_way(panel) | two_way(panel, STEPS)).items():
        group = "all years after" if name == "after" else f"year {int(name) + 1:+d}"
        found.append(
            Estimate(
                "difference, two-way fixed levels",
                group,
                value,
                value - 1.959964 * error,
                value + 1.959964 * error,
                len(panel.units),
                measure.unit,
                "OLS with a level for each council and year, clustered by council",
            )
        )
    return found
