"""Deprivation and the grade: odds of good or outstanding per tenth of deprivation, by authority or by child."""

from datetime import date
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import (
    MINIMUM_N,
    ONE_QUESTION,
    Answer,
    Estimate,
    Lost,
    Rows,
    not_estimable,
    refuse,
)
from pipelines.relations.inputs import find_measure, in_words
from pipelines.relations.neighbour_lab import deprivation_tenths
from pipelines.relations.pairs import pair
from pipelines.relations.words import direction, interval

if TYPE_CHECKING:
    import duckdb

DEPRIVATION = "imd_2019_average_score"
EDITION = 2019
_NAME = "odds ratio of good or outstanding per tenth of deprivation"


def answer_deprivation(
    con: "duckdb.DuckDBPyConnection",
    as_at: date,
    *,
    published_by: date | None = None,
    area: str = "overall",
    unit: str = "authority",
) -> Answer:
    """Are good grades rarer where deprivation is greater? Logistic regression on the tenth, 1 least deprived.

    Tenths are of authorities in either unit. With the unit child each authority weighs as its children aged 0 to 17,
    and the interval still counts authorities.
    """
    measure = find_measure(con, DEPRIVATION)
    pairs = pair(con, measure, EDITION, area=area, as_at=as_at, published_by=published_by)
    rows = [row for row in pairs.rows if row["children"] or unit == "authority"]
    left = tuple(row["la_name"] for row in pairs.rows if row not in rows)
    estimate = odds_of_good(rows, unit)
    finding = direction(
        estimate,
        "more often good or outstanding",
        "less often good or outstanding",
        "no clear link",
        null=1.0,
    )
    return Answer(
        question=f"Are areas with more deprivation less often good or outstanding, counting each {unit} once?",
        title=(
            f"More deprived areas: {finding}, by the grade held on {in_words(as_at)} (odds ratio per tenth {interval(estimate)}; "
            f"unit {unit})"
        ),
        unit=unit,
        n=len(rows),
        lost=(*pairs.lost, Lost("number of children not printed", left)) if left else pairs.lost,
        estimates=(estimate,),
        method="Logistic regression of good or outstanding on the tenth of deprivation.",
        adjusted_for=(),
        releases=pairs.releases,
        caveats=(
            "Deprivation is of 2019 and of the whole area, not of the children the services work with.",
            "Authorities formed since take their predecessor's deprivation.",
            *(
                ("Children share their council's grade: the interval counts councils.",)
                if unit == "child"
                else ()
            ),
        ),
        multiplicity=ONE_QUESTION,
        rows=tuple(rows),
    )


def odds_of_good(rows: Rows, unit: str, *, regions: bool = False) -> Estimate:
    """The odds ratio of good or outstanding per tenth, of paired rows; `regions` adds a column for each region."""
    import numpy as np
    from scipy.special import ndtr

    from pipelines.relations.proportional_odds import fit

    n = len(rows)
    method = (
        f"logistic regression, {'weighted by children, sandwich' if unit == 'child' else 'Wald'} interval"
    )
    if n < MINIMUM_N["regression"]:
        return refuse(_NAME, "unadjusted", "regression", n, "odds ratio", method)
    tenths = deprivation_tenths(rows)
    names = sorted({row["region"] or "" for row in rows})[1:] if regions else []
    x = np.array(
        [[tenths[r["la_code"]], *((r["region"] or "") == name for name in names)] for r in rows], float
    )
    good = np.array([row["grade"] in ("good", "outstanding") for row in rows], np.intp)
    weights = np.array([row["children"] or 0 for row in rows], float) if unit == "child" else None
    group = "adjusted for region" if regions else "unadjusted"
    try:
        model = fit(good, x, weights)
    except CouncilsError as told:
        return not_estimable(_NAME, group, n, "odds ratio", method, str(told))
    slope, error = float(model.coefficients[0]), float(model.errors[0])
    value, lower, upper = (float(np.exp(slope + k * error)) for k in (0, -1.959964, 1.959964))
    p = 2 * float(ndtr(-abs(slope) / error))
    return Estimate(_NAME, group, value, lower, upper, n, "odds ratio", method, p)
