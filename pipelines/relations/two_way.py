"""Two-way fixed effects: each council's level and each year's level taken away, statsmodels' OLS by council cluster.

It is shown beside the staggered estimator since readers know it; with judgements in different years it can mix later
ones into the comparison, so the other is the one to quote.
"""

from typing import TYPE_CHECKING

from pipelines.relations.staggered import Panel

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def two_way(panel: Panel, steps: range | None = None) -> dict[str, tuple[float, float]]:
    """Estimate and clustered standard error of "after", or of each step of `steps` (-1 left out; the ends binned)."""
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    unit, time = np.nonzero(np.isfinite(panel.figures))
    y = panel.figures[unit, time]
    years = np.array(panel.years)
    since = years[time] - panel.groups[unit]
    names, columns = _columns(since, steps)
    _, places = np.unique(unit, return_inverse=True)
    # The levels are taken away first (Frisch and Waugh): the same slopes, without 150 columns of dummies.
    later = np.equal.outer(time, np.arange(1, len(years))).astype(float)
    both = _without_own_mean(np.column_stack([y, *columns, later]), places)
    share, _ = np.linalg.qr(both[:, 1 + len(columns) :])
    left = both[:, : 1 + len(columns)]
    left = left - share @ (share.T @ left)
    fitted = OLS(left[:, 0], left[:, 1:]).fit(cov_type="cluster", cov_kwds={"groups": unit})
    return {name: (float(fitted.params[i]), float(fitted.bse[i])) for i, name in enumerate(names)}


def _without_own_mean(columns: "Array", places: "np.ndarray[tuple[int, ...], np.dtype[np.intp]]") -> "Array":
    import numpy as np

    counts = np.bincount(places)
    means = np.stack([np.bincount(places, weights=column) / counts for column in columns.T], axis=1)
    return np.asarray(columns - means[places])


def _columns(since: "Array", steps: range | None) -> "tuple[list[str], list[Array]]":
    import numpy as np

    if steps is None:
        return ["after"], [(since >= 0).astype(float)]
    wanted = [step for step in steps if step != -1]
    with np.errstate(invalid="ignore"):
        binned = np.where(np.isfinite(since), np.clip(since, steps.start, steps.stop - 1), np.nan)
    return [f"{step:+d}" for step in wanted], [(binned == step).astype(float) for step in wanted]
