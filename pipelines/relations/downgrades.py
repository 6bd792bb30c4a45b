"""Which councils are judged lower next time: a Cox model of the first lower grade on figures known beforehand."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.aligned import base_year
from pipelines.relations.answer import (
    MINIMUM_N,
    PER_COEFFICIENT,
    Answer,
    Estimate,
    Lost,
    Row,
    Rows,
    not_estimable,
)
from pipelines.relations.inputs import GRADE_RANKS, figures, find_measure, graded_events
from pipelines.relations.multiplicity import many_asked
from pipelines.relations.spells import span
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

#: The workforce measures of the other open analysis, lagged.
WORKFORCE = ("agency_rate", "social_worker_turnover", "vacancy_rate", "caseload")
FIRST_DAY = date(2018, 1, 1)
#: Frameworks whose grade can be the one that falls.
FRAMEWORKS = ("sif", "sif_reinspection", "ilacs")
_YEAR = 365.25


def risk_years(
    con: "duckdb.DuckDBPyConnection",
    measures: Sequence[str],
    *,
    first: date = FIRST_DAY,
    frameworks: Sequence[str] = FRAMEWORKS,
    vintage: str = "current",
    joint: str = "out",
    events: Rows | None = None,
) -> tuple[list[Row], tuple[Lost, ...], tuple[str, ...]]:
    """One row per council and year of holding a grade that can still fall: entry, exit, whether it fell, lagged figures.

    A year begins on 1 October and takes the figures of the last day before it (30 September, or 31 March). The clock
    counts years since the grade was given.
    """
    known_before = _lagged(con, measures, vintage, joint)
    events = graded_events(con) if events is None else events
    end_of_data = span(con).last_report
    rows: list[Row] = []
    left: list[str] = []
    for i, event in enumerate(events):
        if event["grade"] == "inadequate" or event["framework"] not in frameworks:
            continue
        later = (
            events[i + 1] if i + 1 < len(events) and events[i + 1]["la_code"] == event["la_code"] else None
        )
        end = later["published"] if later else min(end_of_data, event["abolished"] or end_of_data)
        fell = bool(later and GRADE_RANKS[later["grade"]] > GRADE_RANKS[event["grade"]])
        for start, stop in _years_between(max(event["published"], first), end):
            known = known_before(event["la_code"], start)
            if known is None:
                left.append(f"{event['la_name']} from {start}")
                continue
            rows.append(
                {
                    "la_code": event["la_code"],
                    "la_name": event["la_name"],
                    "grade": event["grade"],
                    "from": start,
                    "entry": (start - event["published"]).days / _YEAR,
                    "exit": (stop - event["published"]).days / _YEAR,
                    "fell": fell and stop == end,
                    **known,
                }
            )
    releases = tuple(sorted({event["source"] for event in events}))
    return rows, (Lost("a lagged figure is not printed", tuple(left)),) if left else (), releases


def _years_between(start: date, end: date) -> list[tuple[date, date]]:
    """The days between two dates, cut on each 1 October."""
    found = []
    while start < end:
        cut = date(start.year + (1 if (start.month, start.day) >= (10, 1) else 0), 10, 1)
        found.append((start, min(cut, end)))
        start = min(cut, end)
    return found


def _lagged(
    con: "duckdb.DuckDBPyConnection", measures: Sequence[str], vintage: str, joint: str
) -> Callable[[str, date], dict[str, float] | None]:
    known = {name: find_measure(con, name) for name in measures}
    values = {
        (name, row["la_code"], row["time_period"]): row["value"]
        for name in measures
        for row in figures(con, name, vintage=vintage, joint=joint)
    }

    def known_before(code: str, day: date) -> dict[str, float] | None:
        before = day - timedelta(days=1)
        found = {name: values.get((name, code, base_year(known[name], before))) for name in measures}
        return None if None in found.values() else {n: v for n, v in found.items() if v is not None}

    return known_before


def answer_downgrades(
    con: "duckdb.DuckDBPyConnection",
    measures: Sequence[str] = WORKFORCE,
    *,
    first: date = FIRST_DAY,
    frameworks: Sequence[str] = FRAMEWORKS,
) -> Answer:
    """Hazard ratios of a lower next grade per standard deviation of each lagged figure, one by one and together."""
    rows, lost, releases = risk_years(con, measures, first=first, frameworks=frameworks)
    falls = sum(row["fell"] for row in rows)
    estimates = [e for name in measures for e in hazard_ratios(rows, [name], "one at a time")]
    estimates += hazard_ratios(rows, measures, "all together")
    clear = [
        e for e in estimates if e.lower is not None and e.upper is not None and (e.lower > 1 or e.upper < 1)
    ]
    alone = [e for e in clear if e.group.startswith("one at a time")]
    finding = (
        "hazard ratio per standard deviation of "
        + "; ".join(f"{find_measure(con, e.group.split(': ')[1]).title.lower()} {interval(e)}" for e in alone)
        if alone
        else "no clear link with any of the measures, one at a time"
    )
    return Answer(
        question=(
            "Do councils with a higher "
            + ", ".join(find_measure(con, name).title.lower() for name in measures)
            + " on the last count get a lower grade sooner?"
        ),
        title=f"Lower next grades beside the workforce the autumn before ({falls} lower grades since {first.year}): {finding}",
        unit="council and year",
        n=len(rows),
        lost=lost,
        estimates=tuple(estimates),
        method=(
            "Cox model (Efron's ties), clock since the grade was given, entry where watching "
            f"began ({first}), baseline by grade held."
        ),
        adjusted_for=("the grade held (a baseline of its own)",),
        releases=releases,
        caveats=(
            f"{falls} lower grades are few: a hazard ratio inside its interval of one is not a finding of no link.",
            "A grade falls only when a council is inspected, and inspections may come sooner where there is concern.",
            "An inadequate grade cannot fall, so councils that hold one are not at risk.",
        ),
        multiplicity=many_asked([e for e in estimates if e.group.startswith("one at a time")]),
        rows=tuple(rows),
    )


def hazard_ratios(rows: list[Row], measures: Sequence[str], group: str) -> list[Estimate]:
    """The hazard ratio of a lower next grade per standard deviation of each measure, all in one model."""
    import numpy as np

    name, method = "hazard ratio of a lower next grade per standard deviation", "Cox, Efron's ties"
    falls = sum(row["fell"] for row in rows)
    labels = [f"{group}: {measure}" for measure in measures]
    needed = max(MINIMUM_N["regression of times"], PER_COEFFICIENT * len(measures))
    if falls < needed:
        reason = f"{falls} lower grades are under the {needed} declared for {len(measures)} columns"
        return [not_estimable(name, label, falls, "hazard ratio", method, reason) for label in labels]
    columns = np.array([[row[measure] for measure in measures] for row in rows], float)
    deviations = columns.std(axis=0, ddof=1)
    slopes, errors, p_values = cox(
        rows, (columns - columns.mean(axis=0)) / deviations, [row["grade"] for row in rows]
    )
    return [
        Estimate(
            name,
            label,
            float(np.exp(slope)),
            float(np.exp(slope - 1.959964 * error)),
            float(np.exp(slope + 1.959964 * error)),
            len(rows),
            "hazard ratio",
            method,
            p,
        )
        for label, slope, error, p in zip(labels, slopes, errors, p_values, strict=True)
    ]


def cox(
    rows: Sequence[Row], columns: "Array", strata: Sequence[str] | None = None
) -> tuple[list[float], list[float], list[float]]:
    """Log hazard ratios, their errors and p of rows with `entry`, `exit` and `fell` (statsmodels' PHReg).

    A council's years follow each other in one risk set, so cutting its time into years adds no false certainty.

    Raises:
        CouncilsError: a row ends where it begins.
    """
    import numpy as np
    from scipy.special import ndtr
    from statsmodels.duration.hazard_regression import PHReg

    if any(row["exit"] <= row["entry"] for row in rows):
        raise CouncilsError("A row of the Cox model ends where it begins; give every row some time at risk.")
    levels = {name: i for i, name in enumerate(sorted(set(strata)))} if strata else {}
    model = PHReg(
        np.array([row["exit"] for row in rows]),
        columns,
        status=np.array([row["fell"] for row in rows], int),
        entry=np.array([row["entry"] for row in rows]),
        strata=np.array([levels[name] for name in strata]) if strata else None,
        ties="efron",
    )
    fitted = model.fit(disp=0)
    slopes, errors = np.asarray(fitted.params), np.asarray(fitted.bse)
    p_values = 2 * ndtr(-np.abs(slopes / errors))
    return slopes.tolist(), errors.tolist(), np.asarray(p_values).tolist()
