"""Funnel limits: which rates lie further from the common one than chance alone would put them.

Limits are exact Poisson for rates of a count per 10,000 children and exact binomial for percentages; with
over-dispersion they are widened by the square root of phi, estimated from winsorised z-scores (Spiegelhalter 2005).
"""

from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Lost, Row, Rows
from pipelines.relations.inputs import Measure, lost_rows, with_counts

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

LEVELS = {"95": 1.959964, "99.8": 3.090232}
#: Rates have Poisson limits, percentages binomial ones; a mean (cases per worker) has neither.
KINDS = ("rate", "percentage")
_WINSOR = 0.1


def counts(
    con: "duckdb.DuckDBPyConnection", measure: Measure, year: int, *, vintage: str = "current"
) -> tuple[list[Row], tuple[Lost, ...]]:
    """Authorities with a count and a base, and those without.

    Raises:
        CouncilsError: the measure is not made of a count and a base.
    """
    return usable_counts(with_counts(con, measure, year, vintage=vintage), measure, year)


def usable_counts(rows: Rows, measure: Measure, year: int) -> tuple[list[Row], tuple[Lost, ...]]:
    """The rows of `with_counts` that have a count and a base, and who is lost; raises as `counts` does."""
    usable = [row for row in rows if row["numerator"] is not None and row["denominator"]]
    if not usable or rows[0]["kind"] not in KINDS:
        raise CouncilsError(
            f"'{measure.name}' is no rate or percentage made of a count and a base in {year}, so it has no funnel."
        )
    left = [
        {**row, "lost_because": f"figure {row['value_status']}".replace("_", " ")}
        for row in rows
        if row not in usable
    ]
    return usable, lost_rows(left)


def dispersion(z: "Array") -> float:
    """Phi: the mean square of z-scores with the tenth at either end pulled in; 1 is chance alone."""
    import numpy as np

    low, high = np.quantile(z, [_WINSOR, 1 - _WINSOR])
    return float((np.clip(z, low, high) ** 2).mean())


def funnel_rows(rows: Rows) -> tuple[list[Row], float, float]:
    """Each authority's rate, the common rate, its limits with and without over-dispersion; the common rate and phi."""
    import numpy as np

    observed = np.array([row["numerator"] for row in rows], float)
    base = np.array([row["denominator"] for row in rows], float)
    per = float(rows[0]["per"])
    common = observed.sum() / base.sum()
    is_share = rows[0]["kind"] == "percentage"
    z = _scores(observed, base, common, is_share)
    phi = dispersion(z)
    factor = max(phi, 1.0) ** 0.5
    found = []
    exact = {name: _exact(base, common, width, is_share) for name, width in LEVELS.items()}
    for i, row in enumerate(rows):
        limits: Row = {}
        for name, width in LEVELS.items():
            low, high = (ends[i] for ends in exact[name])
            limits |= {f"lower_{name}": per * low / base[i], f"upper_{name}": per * high / base[i]}
            error = factor * width * _error(base[i], common, is_share)
            limits |= {f"lower_{name}_overdispersed": per * max(0.0, common - error)}
            limits |= {f"upper_{name}_overdispersed": per * (common + error)}
        found.append(
            {
                "la_code": row["la_code"],
                "la_name": row["la_name"],
                "rate": float(per * observed[i] / base[i]),
                "count": float(observed[i]),
                "base": float(base[i]),
                "common_rate": float(per * common),
                "z": float(z[i]),
                "z_overdispersed": float(z[i]) / factor,
                **{name.replace(".", "_"): float(value) for name, value in limits.items()},
            }
        )
    return found, float(per * common), phi


def _error(base: float, common: float, is_share: bool) -> float:
    return float((common * ((1 - common) if is_share else 1) / base) ** 0.5)


def _scores(observed: "Array", base: "Array", common: float, is_share: bool) -> "Array":
    """z-scores on a scale that evens out the spread: square root for counts, arcsine for shares."""
    import numpy as np

    if is_share:
        gap = np.arcsin(np.sqrt(np.clip(observed / base, 0, 1))) - np.arcsin(np.sqrt(common))
        return np.asarray(2 * np.sqrt(base) * gap)
    return np.asarray(2 * (np.sqrt(observed) - np.sqrt(base * common)))


def _exact(base: "Array", common: float, width: float, is_share: bool) -> "tuple[Array, Array]":
    """Counts that the exact distribution leaves outside the limits with the wanted chance."""
    from scipy.stats import binom, norm, poisson

    tail = float(norm.sf(width))
    if is_share:
        return binom.ppf(tail, base.round(), common), binom.isf(tail, base.round(), common)
    return poisson.ppf(tail, base * common), poisson.isf(tail, base * common)


def outside(rows: Rows, *, widened: bool = True) -> Estimate:
    """How many councils lie outside the 99.8% limits, with or without over-dispersion."""
    import numpy as np

    observed = np.array([row["numerator"] for row in rows], float)
    base = np.array([row["denominator"] for row in rows], float)
    z = _scores(observed, base, observed.sum() / base.sum(), rows[0]["kind"] == "percentage")
    factor = max(dispersion(z), 1.0) ** 0.5 if widened else 1.0
    found = float((np.abs(z) / factor > LEVELS["99.8"]).sum())
    group = "with over-dispersion" if widened else "chance alone"
    return Estimate(
        "councils outside the 99.8% limits", group, found, None, None, len(rows), "councils", "count"
    )


def answer_funnel(con: "duckdb.DuckDBPyConnection", measure: Measure, year: int) -> Answer:
    """How many councils lie outside the funnel, with chance alone and with over-dispersion."""
    rows, lost = counts(con, measure, year)
    placed, common, phi = funnel_rows(rows)
    n = len(placed)
    estimates = [
        Estimate("common rate", "all", common, None, None, n, measure.unit, "sum of counts over sum of bases")
    ]
    estimates.append(
        Estimate("over-dispersion phi", "all", phi, None, None, n, "ratio", "winsorised mean square of z")
    )
    for name, width in LEVELS.items():
        for group, column in (("chance alone", "z"), ("with over-dispersion", "z_overdispersed")):
            for side, sign in (("above", 1), ("below", -1)):
                outside = float(sum(bool(sign * row[column] > width) for row in placed))
                estimates.append(
                    Estimate(
                        f"councils {side} the {name}% limit",
                        group,
                        outside,
                        None,
                        None,
                        n,
                        "councils",
                        "count",
                    )
                )
    wide = sum(bool(abs(row["z_overdispersed"]) > LEVELS["99.8"]) for row in placed)
    return Answer(
        question=f"Which councils' {measure.title} in {year} lie further from the common rate than chance would put them?",
        title=(
            f"{measure.title}, {year}: {wide} of {n} councils lie outside the 99.8% limits once over-dispersion "
            f"(phi {phi:.1f}) is allowed for"
        ),
        unit="authority",
        n=n,
        lost=lost,
        estimates=tuple(estimates),
        method="Funnel round the sum of counts over the sum of bases; exact limits, and normal ones widened by phi.",
        adjusted_for=(),
        releases=tuple(sorted({row["figure_source"] for row in rows if row["figure_source"]})),
        caveats=(
            "Councils differ for real, so most lie outside limits of chance alone; over-dispersed limits set against the "
            "usual differences between councils.",
            "Far from the common rate is neither good nor bad.",
            f"phi is estimated from {n} councils (the least is {MINIMUM_N['regression']}).",
        ),
        multiplicity=f"Of {n} councils within the limits by chance, about {0.002 * n:.1f} would lie outside the 99.8% ones.",
        rows=tuple(placed),
    )
