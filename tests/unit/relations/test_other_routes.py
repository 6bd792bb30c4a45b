"""Each estimate once more by another road: scipy or statsmodels where we wrote it, arithmetic where they did."""

import numpy as np
import pytest

from pipelines.relations.bootstrap import mean_interval
from pipelines.relations.correlation import kendall, spearman, weighted_spearman
from pipelines.relations.funnel import dispersion, funnel_rows
from pipelines.relations.proportional_odds import average_marginal_effects, fit
from pipelines.relations.staggered import Panel, group_time
from pipelines.relations.survival import competing
from pipelines.relations.two_way import two_way


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


def test_rank_correlations_are_scipys_with_ties(random: np.random.Generator) -> None:
    from scipy import stats

    for _ in range(20):
        grades = random.integers(1, 5, 120)
        figures = np.round(grades + random.normal(0, 3, 120))
        rho, tau = spearman(list(grades), list(figures)), kendall(list(grades), list(figures))
        assert rho.value == pytest.approx(stats.spearmanr(grades, figures).statistic, abs=1e-12)
        assert rho.p_value == pytest.approx(stats.spearmanr(grades, figures).pvalue, rel=1e-9)
        assert tau.value == pytest.approx(stats.kendalltau(grades, figures).statistic, abs=1e-12)
        assert weighted_spearman(list(grades), list(figures), [2.0] * 120).value == pytest.approx(rho.value)


def test_whole_weights_are_repeated_rows(random: np.random.Generator) -> None:
    grades, figures = random.integers(1, 5, 40), random.normal(size=40)
    weights = random.integers(1, 4, 40)
    repeated = spearman(list(np.repeat(grades, weights)), list(np.repeat(figures, weights)))
    assert weighted_spearman(list(grades), list(figures), list(weights)).value == pytest.approx(
        repeated.value
    )


def test_proportional_odds_are_statsmodels(random: np.random.Generator) -> None:
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    x = random.normal(size=(151, 3))
    y = np.digitize(x @ [0.8, -0.3, 0.0] + random.logistic(size=151), [-1.5, 0.5, 1.8])
    ours = fit(y, x)
    theirs = OrderedModel(y, x, distr="logit").fit(method="newton", disp=0)
    assert ours.coefficients == pytest.approx(theirs.params[:3], abs=1e-6)
    assert ours.errors == pytest.approx(theirs.bse[:3], abs=1e-4)
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-8)
    assert ours.probabilities(x) == pytest.approx(theirs.predict(), abs=1e-6)
    centre, lower, upper = average_marginal_effects(ours, x, 0)
    step = np.array([1e-5, 0, 0])
    slope = (theirs.predict(exog=x + step) - theirs.predict(exog=x - step)).mean(axis=0) / 2e-5
    assert centre == pytest.approx(slope, abs=1e-5)
    assert centre.sum() == pytest.approx(0, abs=1e-12)
    assert (lower < centre).all() and (centre < upper).all()


def test_weighted_logit_is_statsmodels_glm_with_its_sandwich(random: np.random.Generator) -> None:
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    x = random.normal(size=(150, 1))
    y = (x[:, 0] + random.logistic(size=150) > 0).astype(np.intp)
    weights = random.gamma(2, 1, 150)
    ours = fit(y, x, weights)
    design = np.column_stack([np.ones(150), x])
    shares = weights / weights.mean()
    theirs = GLM(y, design, family=Binomial(), var_weights=shares).fit(cov_type="HC0")
    assert ours.coefficients[0] == pytest.approx(theirs.params[1], abs=1e-6)
    # The sandwich by hand, from the GLM's own fitted chances.
    score = design * (shares * (y - theirs.fittedvalues))[:, None]
    bread = np.linalg.inv(
        (design * (shares * theirs.fittedvalues * (1 - theirs.fittedvalues))[:, None]).T @ design
    )
    by_hand = np.sqrt((bread @ score.T @ score @ bread)[1, 1] * 150 / 149)
    assert ours.errors[0] == pytest.approx(by_hand, rel=1e-5)


def test_group_time_is_least_squares_on_two_groups_and_two_years(random: np.random.Generator) -> None:
    from statsmodels.regression.linear_model import OLS

    figures = random.normal(size=(60, 6)).cumsum(axis=1)
    groups = np.repeat([2017.0, 2018.0, np.inf], 20)
    panel = Panel(tuple(map(str, range(60))), tuple(range(2014, 2020)), figures, groups)
    for cell in group_time(panel, comparison="never", draws=5):
        chosen = (groups == cell.group) | np.isinf(groups)
        base, year = cell.group - 1 - 2014, cell.year - 2014
        y = np.concatenate([figures[chosen, base], figures[chosen, year]])
        treated = np.tile(groups[chosen] == cell.group, 2).astype(float)
        after = np.repeat([0.0, 1.0], chosen.sum())
        theirs = OLS(y, np.column_stack([np.ones_like(y), treated, after, treated * after])).fit()
        assert cell.difference == pytest.approx(theirs.params[3], abs=1e-10)


def test_two_way_levels_are_dummies(random: np.random.Generator) -> None:
    from statsmodels.regression.linear_model import OLS

    figures = random.normal(size=(30, 6))
    figures[random.random((30, 6)) < 0.1] = np.nan
    groups = np.where(np.arange(30) < 12, 2017.0, np.inf)
    panel = Panel(tuple(map(str, range(30))), tuple(range(2014, 2020)), figures, groups)
    unit, time = np.nonzero(np.isfinite(figures))
    dummies = [np.equal.outer(unit, np.arange(30)), np.equal.outer(time, np.arange(1, 6))]
    after = (2014 + time >= groups[unit]).astype(float)
    theirs = OLS(figures[unit, time], np.column_stack([after, *dummies]).astype(float)).fit()
    assert two_way(panel)["after"][0] == pytest.approx(theirs.params[0], abs=1e-10)


def test_incidence_without_censoring_is_the_share() -> None:
    years = [0.5 + i / 10 for i in range(30)]
    outcomes = ["up" if i % 3 else "down" for i in range(30)]
    rows = [
        {"years": y, "entry": 0.0, "ended": True, "outcome": o} for y, o in zip(years, outcomes, strict=True)
    ]
    found = competing(rows, ("up", "down"), "all")
    for outcome in ("up", "down"):
        after_two = next(e for e in found if e.name == f"left into {outcome} within 2 years")
        share = sum(o == outcome and y <= 2 for y, o in zip(years, outcomes, strict=True)) / 30
        assert after_two.value == pytest.approx(100 * share)


def test_funnel_limits_hold_the_wanted_share_of_chance(random: np.random.Generator) -> None:
    base = random.integers(20_000, 200_000, 400)
    rows = [
        {
            "la_code": str(i),
            "la_name": str(i),
            "kind": "rate",
            "per": 10_000,
            "numerator": float(k),
            "denominator": float(b),
        }
        for i, (b, k) in enumerate(zip(base, random.poisson(base * 0.007), strict=True))
    ]
    placed, common, phi = funnel_rows(rows)
    assert common == pytest.approx(70, abs=0.5)
    assert phi == pytest.approx(
        0.75, abs=0.15
    )  # pulling the tenths in takes a quarter of chance's own spread away
    inside = np.mean([row["lower_95"] <= row["rate"] <= row["upper_95"] for row in placed])
    assert 0.92 < inside < 0.985
    assert dispersion(3 * random.normal(size=1000)) == pytest.approx(9 * phi, rel=0.2)


def test_mean_interval_is_near_students_for_normal_values(random: np.random.Generator) -> None:
    from scipy import stats

    values = random.normal(50, 10, 60)
    lower, upper = mean_interval(values)
    low, high = stats.t.interval(0.95, 59, values.mean(), stats.sem(values))
    assert (lower, upper) == pytest.approx((low, high), abs=0.6)
    assert mean_interval(values) == (lower, upper)  # seeded: the same rows, the same interval
