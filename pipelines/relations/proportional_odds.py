"""Proportional-odds regression of an ordered grade, by Newton's method on the likelihood.

statsmodels' OrderedModel fits the same model, but knows no weights (the unit child needs them) and takes longer to
import than the command has; tests hold the two equal. Coefficients are log odds of a *worse* grade.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

_STEPS, _TOLERANCE, _FLOOR = 60, 1e-9, 1e-12
_TWINS = "Two of the columns adjusted for say the same, so their shares cannot be told apart."
_NO_END = "The regression has no end: one of the columns parts the grades completely (a region without one of them, say)."


@dataclass(frozen=True, slots=True)
class Fit:
    """Thresholds (one less than grades), coefficients, the covariance of both in that order, and the likelihood."""

    thresholds: "Array"
    coefficients: "Array"
    covariance: "Array"
    log_likelihood: float

    @property
    def errors(self) -> "Array":
        """Standard errors of the coefficients."""
        import numpy as np

        return np.asarray(np.sqrt(np.diag(self.covariance))[len(self.thresholds) :])

    def probabilities(self, x: "Array") -> "Array":
        """The probability of each grade for each row of `x`."""
        import numpy as np

        eta = (x @ self.coefficients)[:, None]
        below = _logistic(self.thresholds[None, :] - eta)
        edges = np.hstack([np.zeros_like(eta), below, np.ones_like(eta)])
        return np.asarray(np.diff(edges, axis=1))


def fit(y: "Places", x: "Array", weights: "Array | None" = None) -> Fit:
    """Fit grades 0, 1, 2 … (0 best) on the columns of `x`; P(y <= k) = logistic(threshold k - x b).

    With weights the covariance is the sandwich over rows, so that a council of many children is still one council.

    Raises:
        CouncilsError: a grade has no row, or the fit has no end (a column parts the grades completely).
    """
    import numpy as np

    weight = np.ones(len(y)) if weights is None else weights / weights.mean()
    cuts = int(y.max())
    counts = np.bincount(y, weights=weight, minlength=cuts + 1)
    if (counts == 0).any():
        raise CouncilsError(
            "A grade between the best and the worst has no council, so there is no cut between."
        )
    share = np.cumsum(counts)[:-1] / counts.sum()
    start = np.concatenate([np.log(share / (1 - share)), np.zeros(x.shape[1])])
    found, value, scores, information = _climb(start, y, x, weight, cuts)
    bread = np.linalg.inv(information)
    if weights is not None:
        bread = bread @ (scores.T @ scores) @ bread * len(y) / (len(y) - 1)
    return Fit(found[:cuts], found[cuts:], np.asarray(bread), value)


def _climb(
    start: "Array", y: "Places", x: "Array", weight: "Array", cuts: int
) -> "tuple[Array, float, Array, Array]":
    import numpy as np

    found = start
    value, scores, information = _derivatives(found, y, x, weight, cuts)
    for _ in range(_STEPS):
        try:
            step = np.linalg.solve(information, scores.sum(axis=0))
        except np.linalg.LinAlgError as error:
            # Flat at the start: two columns say the same. Flat far out: the likelihood climbs for ever.
            told = _NO_END if np.abs(found[cuts:]).max(initial=0) > 5 else _TWINS
            raise CouncilsError(told) from error
        size = 1.0
        while size > 1e-6:
            tried = found + size * step
            better = _derivatives(tried, y, x, weight, cuts)
            if (np.diff(tried[:cuts]) > 0).all() and better[0] >= value - 1e-12:
                break
            size /= 2
        found, (value, scores, information) = tried, better
        if np.abs(size * step).max() < _TOLERANCE:
            if np.abs(found[cuts:]).max(initial=0) > 15:
                break
            return found, value, scores, information
    raise CouncilsError(_NO_END)


def _derivatives(
    parameters: "Array", y: "Places", x: "Array", weight: "Array", cuts: int
) -> "tuple[float, Array, Array]":
    """The log likelihood, each row's score and the information, all weighted."""
    import numpy as np

    n = len(y)
    eta = x @ parameters[cuts:]
    ends = np.concatenate([[-np.inf], parameters[:cuts], [np.inf]])
    upper, lower = _logistic(ends[y + 1] - eta), _logistic(ends[y] - eta)
    chance = np.maximum(upper - lower, _FLOOR)
    slope_up, slope_low = upper * (1 - upper), lower * (1 - lower)
    bend_up, bend_low = slope_up * (1 - 2 * upper), slope_low * (1 - 2 * lower)
    design_up, design_low = np.zeros((n, cuts + x.shape[1])), np.zeros((n, cuts + x.shape[1]))
    rows = np.arange(n)
    has_up, has_low = y < cuts, y > 0
    design_up[rows[has_up], y[has_up]] = 1
    design_low[rows[has_low], y[has_low] - 1] = 1
    design_up[:, cuts:] = design_low[:, cuts:] = -x
    gradient = (slope_up[:, None] * design_up - slope_low[:, None] * design_low) / chance[:, None]
    second_up, second_low = weight * bend_up / chance, weight * bend_low / chance
    hessian = (design_up * second_up[:, None]).T @ design_up - (
        design_low * second_low[:, None]
    ).T @ design_low
    information = (gradient * weight[:, None]).T @ gradient - hessian
    return float((weight * np.log(chance)).sum()), gradient * weight[:, None], information


def _logistic(z: "Array") -> "Array":
    from scipy.special import expit

    found: Array = expit(z)
    return found


def average_marginal_effects(model: Fit, x: "Array", column: int) -> "tuple[Array, Array, Array]":
    """Change in the probability of each grade per unit of a column, averaged over rows, with 95% limits.

    Limits by the delta method: the derivative of the average by each parameter, taken numerically.
    """
    import numpy as np

    cuts = len(model.thresholds)
    parameters = np.concatenate([model.thresholds, model.coefficients])

    def effect(given: "Array") -> "Array":
        eta = x @ given[cuts:]
        at = _logistic(given[:cuts][None, :] - eta[:, None])
        slope = at * (1 - at)
        edges = np.hstack([np.zeros((len(x), 1)), slope, np.zeros((len(x), 1))])
        return np.asarray(-given[cuts + column] * np.diff(edges, axis=1).mean(axis=0))

    jacobian = np.empty((cuts + 1, len(parameters)))
    for i in range(len(parameters)):
        shift = np.zeros_like(parameters)
        shift[i] = 1e-5 * max(1.0, abs(parameters[i]))
        jacobian[:, i] = (effect(parameters + shift) - effect(parameters - shift)) / (2 * shift[i])
    error = np.sqrt(np.diag(jacobian @ model.covariance @ jacobian.T))
    centre = effect(parameters)
    return centre, centre - 1.959964 * error, centre + 1.959964 * error
