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
    kept, places = np.unique(unit, return_inverse=True)
    dummies = [np.equal.outer(places, np.arange(len(kept))), np.equal.outer(time, np.arange(1, len(years)))]
    # The levels are taken from both sides first (Frisch and Waugh): the same slopes, without 150 columns of dummies.
    levels, _ = np.linalg.qr(np.column_stack(dummies).astype(float))
    both = np.column_stack([y, *columns])
    left = both - levels @ (levels.T @ both)
    fitted = OLS(left[:, 0], left[:, 1:]).fit(cov_type="cluster", cov_kwds={"groups": unit})
    return {name: (float(fitted.params[i]), float(fitted.bse[i])) for i, name in enumerate(names)}


def _columns(since: "Array", steps: range | None) -> "tuple[list[str], list[Array]]":
    import numpy as np

    if steps is None:
        return ["after"], [(since >= 0).astype(float)]
    wanted = [step for step in steps if step != -1]
    with np.errstate(invalid="ignore"):
        binned = np.where(np.isfinite(since), np.clip(since, steps.start, steps.stop - 1), np.nan)
    return [f"{step:+d}" for step in wanted], [(binned == step).astype(float) for step in wanted]
