"""Change since the last inspection against the neighbours': each council's newest figure less the one it was judged on.

The base is the last 31 March (30 September for the workforce) on or before the newest report; the neighbours' change is
taken over the same years, by their mean or median and the list of 2021 or 2025.
"""

from typing import TYPE_CHECKING

from pipelines.relations.aligned import AVERAGES, NEIGHBOURS_NEEDED, base_year, neighbours_by_authority
from pipelines.relations.answer import MINIMUM_N, ONE_QUESTION, Answer, Estimate, Lost, Row, Rows, refuse
from pipelines.relations.bootstrap import mean_interval
from pipelines.relations.inputs import GRADE_WORDS, GRADES, Measure, figures, graded_events
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import duckdb

_NAME = "mean change since the last report, less the neighbours'"


def since_inspection_rows(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    year: int,
    *,
    edition: int = 2025,
    average: str = "mean",
    vintage: str = "current",
    joint: str = "out",
    events: Rows | None = None,
    printed: Rows | None = None,
) -> tuple[list[Row], tuple[Lost, ...], tuple[str, ...]]:
    """One row per authority with a report before the year's figure and figures of both days; who is lost; releases.

    `events` are the rows of `graded_events`, `printed` those of `figures`, where they are at hand.

    Raises:
        CouncilsError: there is no list of that edition.
    """
    events = graded_events(con) if events is None else events
    last = {event["la_code"]: event for event in events if event["published"] <= measure.day(year)}
    if printed is None:
        printed = figures(con, measure.name, vintage=vintage, joint=joint)
    known = {(row["la_code"], row["time_period"]): row["value"] for row in printed}
    names = {row["la_code"]: row["la_name"] for row in printed if row["time_period"] == year}
    lists = neighbours_by_authority(con, edition)
    rows: list[Row] = []
    left: dict[str, list[str]] = {}
    for code, name in names.items():
        reason = "no graded report yet" if code not in last else ""
        base = base_year(measure, last[code]["published"]) if code in last else year
        if not reason and base == year:
            reason = "no figure since the last report"
        elif not reason and (code, base) not in known:
            reason = "no figure for the base year"
        if reason:
            left.setdefault(reason, []).append(name)
            continue
        changes = [
            known[n, year] - known[n, base]
            for n in lists.get(code, ())
            if (n, year) in known and (n, base) in known
        ]
        change = known[code, year] - known[code, base]
        beside = AVERAGES[average](changes) if len(changes) >= NEIGHBOURS_NEEDED else None
        rows.append(
            {
                "la_code": code,
                "la_name": name,
                "grade": last[code]["grade"],
                "last_report": last[code]["published"],
                "base_year": base,
                "change_since": change,
                "neighbours_change_since": beside,
                "change_less_neighbours": None if beside is None else change - beside,
            }
        )
    releases = {row["figure_source"] for row in printed if row["time_period"] == year}
    lost = tuple(Lost(reason, tuple(found)) for reason, found in left.items())
    return rows, lost, tuple(sorted(releases | {event["source"] for event in last.values()}))


def answer_since_inspection(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    year: int,
    *,
    edition: int = 2025,
    average: str = "mean",
    events: Rows | None = None,
) -> Answer:
    """How have figures moved since each council's last report, against its neighbours', by the grade it gave?"""
    rows, lost, releases = since_inspection_rows(
        con, measure, year, edition=edition, average=average, events=events
    )
    used = [row for row in rows if row["change_less_neighbours"] is not None]
    without = tuple(row["la_name"] for row in rows if row["change_less_neighbours"] is None)
    estimates = tuple(_mean(used, grade, measure.unit) for grade in GRADES)
    worst = estimates[-1]
    few = (Lost("fewer than five neighbours have both figures", without),) if without else ()
    return Answer(
        question=(
            f"How has {measure.title} changed since each council's last report to {year}, against its statistical neighbours "
            f"of {edition} ({average})?"
        ),
        title=(
            f"{measure.title} to {year}: in councils whose last report says inadequate, a mean change since it of "
            f"{interval(worst, 1)}, less the neighbours' ({average}, list of {edition})"
        ),
        unit="authority",
        n=len(used),
        lost=(*lost, *few),
        estimates=estimates,
        method=(
            "Change from the last figure on or before the newest report to the figure of the year, less the neighbours' "
            f"{average} change in the same years ({edition}, at least {NEIGHBOURS_NEEDED} of ten)."
        ),
        adjusted_for=("the change of the neighbours in the same years",),
        releases=releases,
        caveats=(
            "Reports are of different years, so the changes are over different spans.",
            "A figure far from usual at the report tends to come back, whatever is published.",
            "Neighbours are alike in population, not in the year they were judged in.",
        ),
        multiplicity=ONE_QUESTION,
        rows=tuple(rows),
    )


def mean_less_neighbours(rows: Rows, grade: str, unit: str) -> Estimate:
    """The mean change less the neighbours' of the councils with a grade."""
    return _mean([row for row in rows if row["change_less_neighbours"] is not None], grade, unit)


def _mean(rows: Rows, grade: str, unit: str) -> Estimate:
    import numpy as np

    values = np.array([row["change_less_neighbours"] for row in rows if row["grade"] == grade], float)
    n, how = len(values), "mean, each authority once; seeded bootstrap-t interval"
    if n < MINIMUM_N["change after an inspection"]:
        return refuse(_NAME, GRADE_WORDS[grade], "change after an inspection", n, unit, how)
    return Estimate(_NAME, GRADE_WORDS[grade], float(values.mean()), *mean_interval(values), n, unit, how)
