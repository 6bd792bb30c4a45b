"""Rank correlations of a grade with a figure: Spearman's rho, Kendall's tau-b, and rho with children as the unit.

They are written with numpy because the command must answer in two seconds and importing scipy.stats takes most of
one; tests hold them equal to scipy.stats.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.charts.estimates import spearman as spearman_interval
from pipelines.relations.answer import MINIMUM_N, Estimate, refuse

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

    from pipelines.relations.bootstrap import percentile_interval

    name, method = "Spearman's rho", "Spearman weighted by children, bootstrap over authorities"
    n = len(ranks)
    if n < MINIMUM_N[_KIND]:
        return refuse(name, group, _KIND, n, "correlation", method)
    one, other, weight = (np.asarray(found, float) for found in (ranks, values, weights))

    def of(places: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> float:
        return _weighted_rho(one[places], other[places], weight[places])

    lower, upper = percentile_interval(n, of)
    return Estimate(name, group, of(np.arange(n)), lower, upper, n, "correlation", method)


def _weighted_rho(one: "Array", other: "Array", weight: "Array") -> float:
    import numpy as np

    a, b = _weighted_ranks(one, weight), _weighted_ranks(other, weight)
    a, b = a - np.average(a, weights=weight), b - np.average(b, weights=weight)
    spread = (weight * a * a).sum() * (weight * b * b).sum()
    return float((weight * a * b).sum() / math.sqrt(spread)) if spread > 0 else math.nan


def _weighted_ranks(values: "Array", weight: "Array") -> "Array":
    """The weight below a value and half of that at it: ranks as if each unit of weight were a unit."""
    import numpy as np

    levels, places = np.unique(values, return_inverse=True)
    at = np.bincount(places, weights=weight, minlength=len(levels))
    return np.asarray((np.cumsum(at) - at / 2)[places])
