"""A grade and a figure at one date: distribution by grade, rank correlations, and odds of a worse grade, adjusted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.charts.estimates import median_interval
from pipelines.errors import CouncilsError
from pipelines.relations.answer import (
    MINIMUM_N,
    ONE_QUESTION,
    Answer,
    Estimate,
    Lost,
    Rows,
    refuse,
)
from pipelines.relations.correlation import kendall, spearman, weighted_spearman
from pipelines.relations.inputs import GRADE_RANKS, GRADES, in_words
from pipelines.relations.odds import odds_of_worse_grade
from pipelines.relations.pairs import VINTAGES, Pairs
from pipelines.relations.words import direction, interval

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

UNITS = ("authority", "child")


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
    rows, lost = with_children(pairs, by_child)
    estimates = [e for grade in GRADES for e in _distribution(rows, grade, pairs.measure.unit, by_child)]
    link = correlations(rows, by_child)
    odds, adjusted, more_lost = odds_of_worse_grade(con, pairs, rows, adjust, by_child)
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


def with_children(pairs: Pairs, by_child: bool) -> tuple[Rows, tuple[Lost, ...]]:
    """The rows an answer counts and who is lost: with the unit child, authorities without a number of children too."""
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
    from pipelines.relations.bootstrap import drawn_quantiles

    return float(drawn_quantiles(values, weights[None, :], share)[0])


def _median_limits(values: "Array", weights: "Array", by_child: bool) -> tuple[float | None, float | None]:
    from pipelines.relations.bootstrap import drawn_quantiles, percentile_interval, redrawn

    if len(values) < MINIMUM_N["interval of a group"]:
        return None, None
    if not by_child:
        exact = median_interval(list(values))
        return exact.lower, exact.upper
    return percentile_interval(drawn_quantiles(values, redrawn(len(values)) * weights, 0.5))


def correlations(rows: Rows, by_child: bool) -> list[Estimate]:
    """Rank correlations of the figure with the grade, Spearman's first."""
    ranks = [GRADE_RANKS[row["grade"]] for row in rows]
    values = [row["value"] for row in rows]
    if by_child:
        return [weighted_spearman(ranks, values, [row["children"] for row in rows])]
    return [spearman(ranks, values), kendall(ranks, values)]


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
