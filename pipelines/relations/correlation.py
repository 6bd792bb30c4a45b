"""Rank correlations of a grade with a figure: Spearman's rho, Kendall's tau-b, and rho with children as the unit.

They are written with numpy because the command must answer in two seconds and importing scipy.stats takes most of
one; tests hold them equal to scipy.stats.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.charts.estimates import spearman as spearman_interval
from pipelines.relations.answer import MINIMUM_N, Estimate, not_estimable, refuse

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_KIND = "correlation"


def spearman(ranks: Sequence[float], values: Sequence[float], group: str = "all grades") -> Estimate:
    """Spearman's rho; interval by Fisher's z with Bonett and Wright's error, p by Student's t."""
    from scipy.special import stdtr

    name, method = "Spearman's rho", "Spearman, Fisher's z with Bonett and Wright's standard error"
    n = len(ranks)
    if n < MINIMUM_N[_KIND]:
        return refuse(name, group, _KIND, n, "correlation", method)
    found = spearman_interval(ranks, values)
    if found is None or found.lower is None:
        return Estimate(
            name, group, None, None, None, n, "correlation", method, refused="one of the two does not vary"
        )
    rho = found.estimate
    p = 0.0 if abs(rho) >= 1 else 2 * float(stdtr(n - 2, -abs(rho) * math.sqrt((n - 2) / (1 - rho**2))))
    return Estimate(name, group, rho, found.lower, found.upper, n, "correlation", method, p)


def kendall(ranks: Sequence[float], values: Sequence[float], group: str = "all grades") -> Estimate:
    """Kendall's tau-b; interval by the jackknife on Fisher's scale, p from the same error without the link."""
    import numpy as np
    from scipy.special import ndtr

    name, method = "Kendall's tau-b", "Kendall's tau-b, jackknife on Fisher's scale"
    n = len(ranks)
    if n < MINIMUM_N[_KIND]:
        return refuse(name, group, _KIND, n, "correlation", method)
    one, other = np.asarray(ranks, float), np.asarray(values, float)
    signs, others = np.sign(one[:, None] - one), np.sign(other[:, None] - other)
    agree, varies, others_vary = signs * others, np.abs(signs), np.abs(others)
    tau = float(agree.sum() / math.sqrt(varies.sum() * others_vary.sum()))
    # Leaving one unit out takes its row and its column away.
    left = (agree.sum() - 2 * agree.sum(axis=1)) / np.sqrt(
        (varies.sum() - 2 * varies.sum(axis=1)) * (others_vary.sum() - 2 * others_vary.sum(axis=1))
    )
    z, zs = np.arctanh(tau), np.arctanh(left)
    error = math.sqrt((n - 1) / n * float(((zs - zs.mean()) ** 2).sum()))
    lower, upper = math.tanh(z - 1.959964 * error), math.tanh(z + 1.959964 * error)
    return Estimate(
        name, group, tau, lower, upper, n, "correlation", method, 2 * float(ndtr(-abs(z) / error))
    )


def weighted_spearman(
    ranks: Sequence[float], values: Sequence[float], weights: Sequence[float], group: str = "all grades"
) -> Estimate:
    """Spearman's rho where each authority counts as its children; interval by drawing authorities again."""
    import numpy as np

    from pipelines.relations.bootstrap import percentile_interval, redrawn

    name, method = "Spearman's rho", "Spearman weighted by children, bootstrap over authorities"
    n = len(ranks)
    if n < MINIMUM_N[_KIND]:
        return refuse(name, group, _KIND, n, "correlation", method)
    one, other, weight = (np.asarray(found, float) for found in (ranks, values, weights))
    value = float(_weighted_rhos(one, other, weight[None, :])[0])
    if not math.isfinite(value):
        return not_estimable(name, group, n, "correlation", method, "one of the two does not vary")
    limits = percentile_interval(_weighted_rhos(one, other, redrawn(n) * weight))
    return Estimate(name, group, value, *limits, n, "correlation", method)


def _weighted_rhos(one: "Array", other: "Array", weights: "Array") -> "Array":
    """Rho for each row of weights (draws x units), not a number where one of the two does not vary."""
    import numpy as np

    total = weights.sum(axis=1, keepdims=True)
    a, b = _weighted_ranks(one, weights), _weighted_ranks(other, weights)
    a = a - (a * weights).sum(axis=1, keepdims=True) / total
    b = b - (b * weights).sum(axis=1, keepdims=True) / total
    spread = (weights * a * a).sum(axis=1) * (weights * b * b).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(spread > 0, (weights * a * b).sum(axis=1) / np.sqrt(spread), np.nan))


def _weighted_ranks(values: "Array", weights: "Array") -> "Array":
    """The weight below a value and half of that at it: ranks as if each unit of weight were a unit."""
    import numpy as np

    levels, places = np.unique(values, return_inverse=True)
    at = weights @ np.equal.outer(places, np.arange(len(levels))).astype(float)
    return np.asarray((np.cumsum(at, axis=1) - at / 2)[:, places])
