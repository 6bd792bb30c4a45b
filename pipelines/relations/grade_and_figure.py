"""A grade and a figure at one date: distribution by grade, rank correlations, and odds of a worse grade, adjusted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.charts.estimates import median_interval
from pipelines.errors import CouncilsError
from pipelines.relations.adjustment import Design, design
from pipelines.relations.answer import (
    MINIMUM_N,
    ONE_QUESTION,
    PER_COEFFICIENT,
    Answer,
    Estimate,
    Lost,
    Rows,
    not_estimable,
    refuse,
)
from pipelines.relations.correlation import kendall, spearman, weighted_spearman
from pipelines.relations.inputs import GRADE_RANKS, GRADE_WORDS, GRADES, VINTAGES, Pairs, in_words
from pipelines.relations.words import direction, interval

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

UNITS = ("authority", "child")
_ODDS = "proportional odds of a worse grade"


def relate_grade_and_figure(
    con: "duckdb.DuckDBPyConnection", pairs: Pairs, *, adjust: Sequence[str] = (), unit: str = "authority"
) -> Answer:
    """The answer to "is this figure higher or lower where grades are worse?" for paired rows.

    Means and medians count each authority once (unit authority) or each authority as often as it has children aged 0
    to 17 (unit child). Odds ratios are of a worse grade per standard deviation of the figure over authorities.

    Raises:
        CouncilsError: an unknown unit or adjustment.
    """
    if unit not in UNITS:
        raise CouncilsError(f"There is no unit '{unit}'. There are: {', '.join(UNITS)}.")
    by_child = unit == "child"
    rows, lost = _with_children(pairs, by_child)
    estimates = [e for grade in GRADES for e in _distribution(rows, grade, pairs.measure.unit, by_child)]
    link = _correlations(rows, by_child)
    odds, adjusted, more_lost = _odds(con, pairs, rows, adjust, by_child)
    return Answer(
        question=_question(pairs, unit),
        title=_title(pairs, link[0], unit),
        unit=unit,
        n=len(rows),
        lost=(*lost, *more_lost),
        estimates=(*estimates, *link, *odds),
        method=_method(by_child),
        adjusted_for=adjusted,
        releases=pairs.releases,
        caveats=_caveats(pairs, by_child),
        multiplicity=ONE_QUESTION,
        rows=tuple(rows),
    )


def _with_children(pairs: Pairs, by_child: bool) -> tuple[Rows, tuple[Lost, ...]]:
    if not by_child:
        return pairs.rows, pairs.lost
    rows = tuple(row for row in pairs.rows if row["children"])
    left = tuple(row["la_name"] for row in pairs.rows if not row["children"])
    return rows, (*pairs.lost, Lost("number of children not printed", left)) if left else pairs.lost


def _distribution(rows: Rows, grade: str, unit: str, by_child: bool) -> list[Estimate]:
    """n, median, quartiles and mean of one grade, with intervals where n allows."""
    import numpy as np

    found = [row for row in rows if row["grade"] == grade]
    values = np.array([row["value"] for row in found], float)
    weights = np.array([row["children"] if by_child else 1 for row in found], float)
    n = len(values)
    if n < MINIMUM_N["distribution of a group"]:
        return [
            refuse(name, grade, "distribution of a group", n, unit, "distribution")
            for name in ("median", "lower quartile", "upper quartile", "mean")
        ]
    lower, middle, upper = (_quantile(values, weights, share, by_child) for share in (0.25, 0.5, 0.75))
    how = "median, interval by bootstrap over authorities" if by_child else "median, exact interval by order"
    limits = _median_limits(values, weights, by_child)
    quartile = "quartile"
    return [
        Estimate("median", grade, middle, *limits, n, unit, how),
        Estimate("lower quartile", grade, lower, None, None, n, unit, quartile),
        Estimate("upper quartile", grade, upper, None, None, n, unit, quartile),
        _mean(values, weights, grade, unit, by_child),
    ]


def _mean(values: "Array", weights: "Array", grade: str, unit: str, by_child: bool) -> Estimate:
    import numpy as np

    from pipelines.relations.bootstrap import mean_interval

    n, centre = len(values), float(np.average(values, weights=weights))
    kind = "mean weighted by children" if by_child else "mean, each authority once"
    if n < MINIMUM_N["interval of a group"]:
        return Estimate("mean", grade, centre, None, None, n, unit, kind)
    lower, upper = mean_interval(values, weights)
    return Estimate("mean", grade, centre, lower, upper, n, unit, f"{kind}; seeded bootstrap-t interval")


def _quantile(values: "Array", weights: "Array", share: float, by_child: bool) -> float:
    import numpy as np

    if not by_child:
        return float(np.quantile(values, share))
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share)])


def _median_limits(values: "Array", weights: "Array", by_child: bool) -> tuple[float | None, float | None]:
    from pipelines.relations.bootstrap import percentile_interval

    if len(values) < MINIMUM_N["interval of a group"]:
        return None, None
    if not by_child:
        exact = median_interval(list(values))
        return exact.lower, exact.upper
    return percentile_interval(len(values), lambda i: _quantile(values[i], weights[i], 0.5, by_child))


def _correlations(rows: Rows, by_child: bool) -> list[Estimate]:
    ranks = [GRADE_RANKS[row["grade"]] for row in rows]
    values = [row["value"] for row in rows]
    if by_child:
        return [weighted_spearman(ranks, values, [row["children"] for row in rows])]
    return [spearman(ranks, values), kendall(ranks, values)]


def _odds(
    con: "duckdb.DuckDBPyConnection", pairs: Pairs, rows: Rows, adjust: Sequence[str], by_child: bool
) -> tuple[list[Estimate], tuple[str, ...], tuple[Lost, ...]]:
    """Odds ratios unadjusted and, where asked, adjusted; the test of the assumption; average marginal effects."""
    plain = design(con, pairs, rows, ())
    estimates = _fitted(plain, "unadjusted", by_child)
    if not adjust:
        return estimates, (), ()
    chosen = design(con, pairs, rows, adjust)
    estimates += _fitted(chosen, "adjusted", by_child)
    return estimates, chosen.adjusted_for, chosen.lost


def _fitted(chosen: Design, group: str, by_child: bool) -> list[Estimate]:
    from pipelines.relations.proportional_odds import fit

    n = len(chosen.y)
    name = "odds ratio of a worse grade per standard deviation"
    needed = max(MINIMUM_N["regression"], PER_COEFFICIENT * (chosen.x.shape[1] + 3))
    if n < needed:
        reason = f"n {n} is under the {needed} declared for a regression with {chosen.x.shape[1]} columns"
        return [not_estimable(name, group, n, "odds ratio", _ODDS, reason)]
    try:
        model = fit(chosen.y, chosen.x, chosen.children if by_child else None)
    except CouncilsError as error:
        return [not_estimable(name, group, n, "odds ratio", _ODDS, str(error))]
    return [
        *_odds_ratios(model.coefficients[0], model.errors[0], chosen, group, n, by_child),
        *_marginal(model, chosen, group, n),
        *([] if by_child else [_assumption(chosen, group, n)]),
    ]


def _odds_ratios(
    slope: float, error: float, chosen: Design, group: str, n: int, by_child: bool
) -> list[Estimate]:
    import numpy as np
    from scipy.special import ndtr

    how = f"{_ODDS}, {'weighted by children, sandwich' if by_child else 'Wald'} interval"
    p = 2 * float(ndtr(-abs(slope) / error))
    ends = (slope, slope - 1.959964 * error, slope + 1.959964 * error)
    value, lower, upper = (float(np.exp(end)) for end in ends)
    per_ten, low_ten, high_ten = (float(np.exp(10 * end / chosen.deviation)) for end in ends)
    return [
        Estimate(
            "odds ratio of a worse grade per standard deviation",
            group,
            value,
            lower,
            upper,
            n,
            "odds ratio",
            how,
            p,
        ),
        Estimate(
            "odds ratio of a worse grade per 10 units",
            group,
            per_ten,
            low_ten,
            high_ten,
            n,
            "odds ratio",
            how,
            p,
        ),
        Estimate(
            "standard deviation",
            group,
            chosen.deviation,
            None,
            None,
            n,
            "the figure's unit",
            "over authorities",
        ),
    ]


def _marginal(model: object, chosen: Design, group: str, n: int) -> list[Estimate]:
    from pipelines.relations.proportional_odds import Fit, average_marginal_effects

    assert isinstance(model, Fit)
    centre, lower, upper = average_marginal_effects(model, chosen.x, 0)
    return [
        Estimate(
            f"change in the chance of {GRADE_WORDS[grade]} per standard deviation",
            group,
            float(100 * centre[i]),
            float(100 * lower[i]),
            float(100 * upper[i]),
            n,
            "percentage points",
            "average marginal difference, delta method",
        )
        for i, grade in enumerate(chosen.grades)
    ]


def _assumption(chosen: Design, group: str, n: int) -> Estimate:
    """Brant's test of the figure; without the regions where a cut between grades has none of one of them."""
    from pipelines.relations.parallel_lines import brant

    name, method = "test of proportional odds (the figure)", "Brant's test"
    for columns, remark in ((chosen.x, ""), (chosen.x[:, list(chosen.numeric)], ", regions left out")):
        try:
            statistic, degrees, p = brant(chosen.y, columns).by_column[0]
        except CouncilsError as error:
            reason = str(error)
            continue
        return Estimate(
            name, group, statistic, None, None, n, f"chi-squared on {degrees}", method + remark, p
        )
    return not_estimable(name, group, n, "chi-squared", method, reason)


def _question(pairs: Pairs, unit: str) -> str:
    return (
        f"Do areas with a worse {_area(pairs.area)} grade have a higher or lower figure of {pairs.measure.title} in "
        f"{pairs.year} ({VINTAGES[pairs.vintage]}), by {pairs.rule_in_words} counting each {unit} once?"
    )


def _area(area: str) -> str:
    return area.replace("_", " ")


def _title(pairs: Pairs, link: Estimate, unit: str) -> str:
    finding = direction(
        link, "higher where grades are worse", "lower where grades are worse", "no clear link with the grade"
    )
    what = f"Spearman {interval(link)}" if link.value is not None else f"correlation {interval(link)}"
    return (
        f"{pairs.measure.title}, {pairs.year}: {finding}, by {pairs.rule_in_words} ({_area(pairs.area)}; "
        f"{what}; unit {unit})"
    )


def _method(by_child: bool) -> str:
    counted = "weighted by children aged 0 to 17" if by_child else "each authority counted once"
    return (
        f"Medians, quartiles and means by grade, {counted}; rank correlation with the grade (1 best, 4 worst); "
        "proportional-odds regression of the grade on the figure."
    )


def _caveats(pairs: Pairs, by_child: bool) -> tuple[str, ...]:
    notes = ["An association between councils; it does not say which came first or why."]
    if pairs.rule == "held":
        notes.append(
            f"A grade held on {in_words(pairs.as_at)} may be years old: reports out by {in_words(pairs.published_by)} count."
        )
    elif pairs.rule == "next":
        notes.append("Councils not inspected since are left out; they tend to hold better grades.")
    else:
        notes.append("The grade may be earlier or later than the figure by years.")
    if pairs.measure.polarity == "none":
        notes.append("A high figure is neither good nor bad in itself.")
    if by_child:
        notes.append("Children share their council's grade, so the interval counts councils, not children.")
    small = [row["la_name"] for row in pairs.rows if row["is_very_small"]]
    if small:
        notes.append(
            f"Includes {' and '.join(small)}, where one child moves the figure; see the sensitivity table."
        )
    return tuple(notes)
