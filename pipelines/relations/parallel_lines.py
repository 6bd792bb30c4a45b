"""Brant's test of the assumption of proportional odds: one odds ratio holds at every cut between grades."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class ParallelLines:
    """Brant's statistic over all columns and for each column, with degrees of freedom and p."""

    statistic: float
    degrees: int
    p_value: float
    by_column: "tuple[tuple[float, int, float], ...]"


def brant(y: "Places", x: "Array") -> ParallelLines:
    """Compare the slopes of the separate yes-or-no regressions at each cut (Brant 1990).

    Raises:
        CouncilsError: a cut has too few on one side for its own regression, so the test cannot be made.
    """
    import numpy as np

    cuts = int(y.max())
    columns = x.shape[1]
    full = np.column_stack([np.ones(len(y)), x])
    slopes, chances = [], []
    for cut in range(cuts):
        slope, chance = _logit((y > cut).astype(float), full)
        slopes.append(slope[1:])
        chances.append(chance)
    covariance = _joint_covariance(full, chances)
    beta = np.concatenate(slopes)
    everything = _wald(beta, covariance, columns, range(columns), cuts)
    one_by_one = tuple(_wald(beta, covariance, columns, [column], cuts) for column in range(columns))
    return ParallelLines(*everything, one_by_one)


def _logit(y: "Array", x: "Array") -> "tuple[Array, Array]":
    import numpy as np
    from scipy.special import expit

    beta = np.zeros(x.shape[1])
    for _ in range(40):
        chance = expit(x @ beta)
        weight = chance * (1 - chance)
        try:
            step = np.linalg.solve((x * weight[:, None]).T @ x, x.T @ (y - chance))
        except np.linalg.LinAlgError as error:
            raise CouncilsError(
                "One cut between grades is parted completely, so the test cannot be made."
            ) from error
        beta = beta + step
        if np.abs(step).max() < 1e-9 and np.abs(beta[1:]).max(initial=0) < 15:
            return beta, expit(x @ beta)
    raise CouncilsError("One cut between grades is parted completely, so the test cannot be made.")


def _joint_covariance(x: "Array", chances: "list[Array]") -> "Array":
    """The covariance of the slopes of all cuts together (they are of the same councils)."""
    import numpy as np

    breads = [np.linalg.inv((x * (c * (1 - c))[:, None]).T @ x) for c in chances]
    blocks = []
    for i, one in enumerate(chances):
        row = []
        for k, other in enumerate(chances):
            shared = np.minimum(one, other) - one * other
            row.append((breads[i] @ ((x * shared[:, None]).T @ x) @ breads[k])[1:, 1:])
        blocks.append(row)
    return np.block(blocks)


def _wald(
    beta: "Array", covariance: "Array", columns: int, chosen: "range | list[int]", cuts: int
) -> tuple[float, int, float]:
    import numpy as np
    from scipy.special import chdtrc

    contrasts = np.zeros((len(chosen) * (cuts - 1), len(beta)))
    for row, (cut, column) in enumerate((cut, column) for cut in range(1, cuts) for column in chosen):
        contrasts[row, column] = -1
        contrasts[row, cut * columns + column] = 1
    gap = contrasts @ beta
    statistic = float(gap @ np.linalg.solve(contrasts @ covariance @ contrasts.T, gap))
    return statistic, len(contrasts), float(chdtrc(len(contrasts), statistic))
