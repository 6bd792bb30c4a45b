"""Polychoric correlation of two ordered grades: thresholds from the margins, rho by maximum likelihood (Olsson 1979)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_EDGE = 8.0


def polychoric(table: "Array") -> tuple[float, float, float]:
    """Rho of a table of counts, with the limits at which the likelihood has fallen by 1.92 (95%)."""
    from scipy.optimize import brentq, minimize_scalar

    counts = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    rows, columns = _thresholds(counts.sum(axis=1)), _thresholds(counts.sum(axis=0))

    def loss(rho: float) -> float:
        return -_log_likelihood(rho, counts, rows, columns)

    best = minimize_scalar(loss, bounds=(-0.9999, 0.9999), method="bounded", options={"xatol": 1e-7})

    def fallen(rho: float) -> float:
        return loss(rho) - float(best.fun) - 1.920729

    def limit(end: float) -> float:
        return (
            end if fallen(end) <= 0 else float(brentq(fallen, min(best.x, end), max(best.x, end), xtol=1e-6))
        )

    return float(best.x), limit(-0.99999), limit(0.99999)


def _thresholds(margin: "Array") -> "Array":
    import numpy as np
    from scipy.special import ndtri

    inner = ndtri(np.cumsum(margin)[:-1] / margin.sum())
    return np.concatenate([[-_EDGE], inner, [_EDGE]])


def _log_likelihood(rho: float, counts: "Array", rows: "Array", columns: "Array") -> float:
    import numpy as np

    grid = _bivariate_normal(rows[:, None], columns[None, :], rho)
    cells = grid[1:, 1:] - grid[:-1, 1:] - grid[1:, :-1] + grid[:-1, :-1]
    return float((counts * np.log(np.maximum(cells, 1e-14))).sum())


def _bivariate_normal(h: "Array", k: "Array", rho: float) -> "Array":
    """P(X <= h, Y <= k) of the standard bivariate normal, by Owen's T."""
    import numpy as np
    from scipy.special import ndtr, owens_t

    h, k = np.broadcast_arrays(np.where(h == 0, 1e-12, h), np.where(k == 0, 1e-12, k))
    root = np.sqrt(1 - rho**2)
    below = 0.5 * (ndtr(h) + ndtr(k))
    below = below - owens_t(h, (k - rho * h) / (h * root)) - owens_t(k, (h - rho * k) / (k * root))
    return np.asarray(below - np.where(h * k < 0, 0.5, 0.0))
