"""Odds of a worse grade: the regression unadjusted and adjusted, the test of its assumption, marginal differences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.adjustment import Design, design
from pipelines.relations.answer import MINIMUM_N, PER_COEFFICIENT, Estimate, Lost, Rows, not_estimable
from pipelines.relations.inputs import GRADE_WORDS
from pipelines.relations.pairs import Pairs

if TYPE_CHECKING:
    import duckdb

_METHOD = "proportional odds of a worse grade"
NAME = "odds ratio of a worse grade per standard deviation"


def odds_of_worse_grade(
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


def odds_ratio(con: "duckdb.DuckDBPyConnection", pairs: Pairs, rows: Rows, adjust: Sequence[str]) -> Estimate:
    """The odds ratio alone, each authority once."""
    return _fitted(design(con, pairs, rows, adjust), "adjusted" if adjust else "unadjusted", False)[0]


def _fitted(chosen: Design, group: str, by_child: bool) -> list[Estimate]:
    from pipelines.relations.proportional_odds import fit

    n = len(chosen.y)
    needed = max(MINIMUM_N["regression"], PER_COEFFICIENT * (chosen.x.shape[1] + 3))
    if n < needed:
        reason = f"n {n} is under the {needed} declared for a regression with {chosen.x.shape[1]} columns"
        return [not_estimable(NAME, group, n, "odds ratio", _METHOD, reason)]
    try:
        model = fit(chosen.y, chosen.x, chosen.children if by_child else None)
    except CouncilsError as error:
        return [not_estimable(NAME, group, n, "odds ratio", _METHOD, str(error))]
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

    how = f"{_METHOD}, {'weighted by children, sandwich' if by_child else 'Wald'} interval"
    p = 2 * float(ndtr(-abs(slope) / error))
    ends = (slope, slope - 1.959964 * error, slope + 1.959964 * error)
    value, lower, upper = (float(np.exp(end)) for end in ends)
    per_ten, low_ten, high_ten = (float(np.exp(10 * end / chosen.deviation)) for end in ends)
    return [
        Estimate(
            NAME,
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
