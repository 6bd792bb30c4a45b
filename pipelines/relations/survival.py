"""How long grades last: Kaplan-Meier with intervals, what a grade gives way to, and the shares still in it by year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Lost, Row, Rows, refuse
from pipelines.relations.inputs import GRADE_RANKS
from pipelines.relations.spells import CLOCKS, spells
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import duckdb

_KIND = "survival"
YEARS = (1, 2, 3, 4, 5, 6)


def kaplan_meier(rows: Rows, group: str) -> list[Estimate]:
    """The share still in the state after 1 to 6 years and the median time, by statsmodels' SurvfuncRight.

    Intervals are pointwise on the log-log scale; delayed entries are in the risk set only from when they are seen.
    """
    import numpy as np
    from statsmodels.duration.survfunc import SurvfuncRight

    kept = [row for row in rows if row["years"] > row["entry"]]
    n, method = len(kept), "Kaplan-Meier, log-log interval"
    if n < MINIMUM_N[_KIND]:
        return [refuse("still in it", group, _KIND, n, "per cent", method)]
    entry = np.array([row["entry"] for row in kept])
    # Where nobody has left, or everybody, the log-log scale has no number there: such points carry no interval.
    with np.errstate(divide="ignore", invalid="ignore"):
        found = SurvfuncRight(
            np.array([row["years"] for row in kept]),
            np.array([row["ended"] for row in kept], int),
            entry=entry if entry.any() else None,
        )
        estimates = [_still(found, year, group, n, method) for year in YEARS]
        return [*estimates, _median(found, group, n)]


def _still(found: object, year: int, group: str, n: int, method: str) -> Estimate:
    import numpy as np

    times, shares, errors = (
        np.asarray(getattr(found, name)) for name in ("surv_times", "surv_prob", "surv_prob_se")
    )
    place = int(np.searchsorted(times, year, side="right")) - 1
    name = f"still in it after {_years(year)}"
    if place < 0:
        return Estimate(name, group, 100.0, None, None, n, "per cent", method)
    share, error = float(shares[place]), float(errors[place])
    if not 0 < share < 1 or not np.isfinite(error):
        return Estimate(name, group, 100 * share, None, None, n, "per cent", method)
    width = 1.959964 * error / abs(share * np.log(share))
    low, high = share ** np.exp(width), share ** np.exp(-width)
    return Estimate(name, group, 100 * share, 100 * float(low), 100 * float(high), n, "per cent", method)


def _years(year: int) -> str:
    return f"{year} year{'s' if year > 1 else ''}"


def _median(found: object, group: str, n: int) -> Estimate:
    import math

    name, method = "median years", "Kaplan-Meier, log-log interval of the quantile"
    middle = float(found.quantile(0.5))  # type: ignore[attr-defined]
    if not math.isfinite(middle):
        return Estimate(
            name, group, None, None, None, n, "years", method, refused="half have not left it yet"
        )
    low, high = (float(end) for end in found.quantile_ci(0.5))  # type: ignore[attr-defined]
    ends = [end if math.isfinite(end) else None for end in (low, high)]
    return Estimate(name, group, middle, ends[0], ends[1], n, "years", method)


def competing(rows: Rows, outcomes: Sequence[str], group: str) -> list[Estimate]:
    """The share that had left by each year into each outcome (cumulative incidence, statsmodels).

    The estimator knows no delayed entry: spells already running when first seen are left out here.
    """
    import numpy as np
    from statsmodels.duration.survfunc import CumIncidenceRight

    kept = [row for row in rows if row["entry"] == 0 and row["years"] > 0]
    n, method = len(kept), "cumulative incidence of competing outcomes, log-log interval"
    if n < MINIMUM_N[_KIND]:
        return [refuse(f"left into {outcome}", group, _KIND, n, "per cent", method) for outcome in outcomes]
    status = np.array([outcomes.index(row["outcome"]) + 1 if row["ended"] else 0 for row in kept])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = CumIncidenceRight(np.array([row["years"] for row in kept]), status)
    estimates = []
    for k, outcome in enumerate(outcomes):
        for year in YEARS:
            place = int(np.searchsorted(found.times, year, side="right")) - 1
            share = float(found.cinc[k][place]) if place >= 0 and k < len(found.cinc) else 0.0
            error = float(found.cinc_se[k][place]) if place >= 0 and k < len(found.cinc_se) else 0.0
            estimates.append(
                _incidence(f"left into {outcome} within {_years(year)}", group, share, error, n, method)
            )
    return estimates


def _incidence(name: str, group: str, share: float, error: float, n: int, method: str) -> Estimate:
    import math

    if not 0 < share < 1 or error == 0 or not math.isfinite(error):
        return Estimate(name, group, 100 * share, None, None, n, "per cent", method)
    width = 1.959964 * error / abs(share * math.log(share))
    low, high = share ** math.exp(width), share ** math.exp(-width)
    return Estimate(name, group, 100 * share, 100 * low, 100 * high, n, "per cent", method)


def with_outcome(rows: Rows) -> list[Row]:
    """The spells with the grade they gave way to as `outcome`: a better or a worse one than they began with."""
    found = []
    for row in rows:
        outcome = None
        if row["into"]:
            better = GRADE_RANKS[row["into"]] < GRADE_RANKS[row["first_grade"]]
            outcome = "a better grade" if better else "a worse grade"
        found.append({**row, "outcome": outcome})
    return found


def answer_survival(
    con: "duckdb.DuckDBPyConnection", state: str, *, area: str = "overall", clock: str = "calendar"
) -> Answer:
    """The answer to "how long do councils stay in a grade?": shares by year, the median, and what follows."""
    rows = spells(con, state, area=area, clock=clock)
    unseen = tuple(f"{row['la_name']} {row['start']}" for row in rows if row["years"] <= row["entry"])
    delayed = sum(row["entry"] > 0 for row in rows)
    estimates = kaplan_meier(rows, state)
    estimates += competing(with_outcome(rows), ("a better grade", "a worse grade"), state)
    middle = next((e for e in estimates if e.name == "median years"), estimates[0])
    ended = sum(row["ended"] for row in rows)
    return Answer(
        question=f"How long do councils stay {state} ({area.replace('_', ' ')} grade), and what follows?",
        title=f"Time {state}, from the report that gives the grade to the one that ends it: median {interval(middle, 1)} years",
        unit="spell",
        n=len(rows) - len(unseen),
        lost=(Lost("no time to watch", unseen),) if unseen else (),
        estimates=tuple(estimates),
        method=f"Kaplan-Meier and cumulative incidence; {ended} of {len(rows)} spells ended; {CLOCKS[clock]}.",
        adjusted_for=(),
        releases=tuple(sorted({row["source"] for row in rows})),
        caveats=(
            f"{delayed} spells were already running at the first report on the present scale (since February 2014); they "
            "count from then on (left truncation).",
            "A grade ends when a new report says so, so its length is also the time between inspections.",
            "No council was inspected for a grade from 17 March 2020 to the summer of 2021.",
            "A council can have several spells; intervals treat them as independent.",
        ),
        multiplicity="The years of one curve are shown together; each interval stands alone.",
        rows=tuple(rows),
    )
