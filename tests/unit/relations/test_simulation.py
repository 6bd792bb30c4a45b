"""Data made with a known link gives it back within the interval at the nominal rate; data with none rejects at 5 per cent.

A run fails where the rate is further from the nominal one than the method's own approximation (`slack`) and chance (999
times in 1,000) allow. How far off a method must be for its run to fail is computed from the repeats, and held: the short
runs tell 95 from 80 per cent, the slow ones (2,000 repeats for the costly methods, up to 20,000 for the others) 95 from
90, those of the rank correlations 95 from 93.
"""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import binom

from pipelines.relations.bootstrap import mean_interval
from pipelines.relations.correlation import kendall, spearman
from pipelines.relations.downgrades import cox
from pipelines.relations.parallel_lines import brant
from pipelines.relations.proportional_odds import fit
from pipelines.relations.staggered import Panel, Summary, group_time, overall
from pipelines.relations.survival import kaplan_meier
from pipelines.relations.two_way import two_way

Trial = Callable[[np.random.Generator], bool]


def bounds(repeats: int, rate: float, slack: float) -> tuple[float, float]:
    """The fewest and the most trials that may say True."""
    low = binom.ppf(0.0005, repeats, max(rate - slack, 1e-9))
    return float(low), float(binom.isf(0.0005, repeats, min(rate + slack, 1 - 1e-9)))


def tells(repeats: int, rate: float, slack: float, other: float) -> bool:
    """Whether a method whose rate is `other` fails its run 99 times in 100."""
    low, high = bounds(repeats, rate, slack)
    return bool(binom.cdf(high, repeats, other) - binom.cdf(low - 1, repeats, other) < 0.01)


def check_rate(trial: Trial, repeats: int, rate: float, slack: float) -> None:
    """The share of trials that say True is `rate`, give or take `slack` and chance."""
    random = np.random.default_rng(2026)
    hits = sum(trial(random) for _ in range(repeats))
    low, high = bounds(repeats, rate, slack)
    assert low <= hits <= high, f"{hits} of {repeats}; {rate:.0%} give or take {slack:.0%} was meant"


def _grades(random: np.random.Generator, x: np.ndarray, slope: float) -> np.ndarray:
    return np.digitize(slope * x + random.logistic(size=len(x)), [-1.3, 0.8, 2.0])


def rho_covers(random: np.random.Generator) -> bool:
    one, other = random.multivariate_normal([0, 0], [[1, 0.35], [0.35, 1]], 150).T
    found = spearman(list(one), list(other))
    assert found.lower is not None and found.upper is not None
    return bool(found.lower <= 6 / np.pi * np.arcsin(0.175) <= found.upper)


def rho_rejects_nothing(random: np.random.Generator) -> bool:
    found = spearman(list(random.integers(1, 5, 150)), list(random.normal(size=150)))
    assert found.p_value is not None
    return found.p_value < 0.05


def tau_covers(random: np.random.Generator) -> bool:
    one, other = random.multivariate_normal([0, 0], [[1, 0.35], [0.35, 1]], 150).T
    found = kendall(list(one), list(other))
    assert found.lower is not None and found.upper is not None
    return bool(found.lower <= 2 / np.pi * np.arcsin(0.35) <= found.upper)


def tau_rejects_nothing(random: np.random.Generator) -> bool:
    found = kendall(list(random.integers(1, 5, 150)), list(random.normal(size=150)))
    assert found.p_value is not None
    return found.p_value < 0.05


def odds_cover(random: np.random.Generator) -> bool:
    x = random.normal(size=(151, 2))
    model = fit(_grades(random, x[:, 0] + 0.5 * x[:, 1], 0.6), x)
    return bool(abs(model.coefficients[0] - 0.6) <= 1.959964 * model.errors[0])


def odds_reject_nothing(random: np.random.Generator) -> bool:
    x = random.normal(size=(151, 1))
    model = fit(_grades(random, x[:, 0], 0.0), x)
    return bool(abs(model.coefficients[0]) > 1.959964 * model.errors[0])


def weighted_odds_cover(random: np.random.Generator) -> bool:
    x = random.normal(size=(151, 1))
    model = fit(_grades(random, x[:, 0], 0.6), x, random.gamma(3, 1, 151))
    return bool(abs(model.coefficients[0] - 0.6) <= 1.959964 * model.errors[0])


def brant_rejects_nothing(random: np.random.Generator) -> bool:
    x = random.normal(size=(300, 1))
    return brant(_grades(random, x[:, 0], 0.6), x).p_value < 0.05


def mean_covers(random: np.random.Generator) -> bool:
    lower, upper = mean_interval(random.gamma(4, 20, 19), draws=600)
    return lower <= 80 <= upper


def _panel(random: np.random.Generator, gain: float) -> Panel:
    """150 councils, 13 years, levels of their own, years that move together, noise that lasts, 45 judged in turn."""
    noise = np.zeros((150, 13))
    shocks = random.normal(0, 4, (150, 13))
    for t in range(13):
        noise[:, t] = shocks[:, t] + (0.6 * noise[:, t - 1] if t else 0)
    figures = 45 + random.normal(0, 12, (150, 1)) + np.linspace(0, 8, 13) + noise
    groups = np.full(150, np.inf)
    groups[:45] = random.integers(2016, 2024, 45)
    figures += gain * (np.arange(2013, 2026)[None, :] >= groups[:, None])
    return Panel(tuple(map(str, range(150))), tuple(range(2013, 2026)), figures, groups)


def _difference(panel: Panel, random: np.random.Generator) -> Summary:
    """All years after, averaged; the years before are not asked for, since they cost as much again."""
    return overall(group_time(panel, draws=199, seed=int(random.integers(1 << 30)), steps=range(13)))


def difference_covers(random: np.random.Generator) -> bool:
    found = _difference(_panel(random, 8.0), random)
    return found.lower <= 8.0 <= found.upper


def difference_rejects_nothing(random: np.random.Generator) -> bool:
    found = _difference(_panel(random, 0.0), random)
    return not found.lower <= 0 <= found.upper


def two_way_covers(random: np.random.Generator) -> bool:
    value, error = two_way(_panel(random, 8.0))["after"]
    return abs(value - 8) <= 1.959964 * error


def survival_covers(random: np.random.Generator) -> bool:
    years, watched = random.exponential(4, 66), random.uniform(1, 9, 66)
    rows = [
        {"years": float(min(y, w)), "entry": 0.0, "ended": bool(y <= w)}
        for y, w in zip(years, watched, strict=True)
    ]
    found = next(e for e in kaplan_meier(rows, "") if e.name == "still in it after 3 years")
    assert found.lower is not None and found.upper is not None
    return bool(found.lower <= 100 * np.exp(-0.75) <= found.upper)


def late_entry_covers(random: np.random.Generator) -> bool:
    """Half the spells began before anyone looked, and only those still running then are seen."""
    years, entry = random.exponential(4, 260), np.where(np.arange(260) % 2, random.uniform(0, 3, 260), 0.0)
    rows = [
        {"years": float(min(y, 9)), "entry": float(e), "ended": bool(y <= 9)}
        for y, e in zip(years, entry, strict=True)
        if y > e
    ]
    found = next(e for e in kaplan_meier(rows, "") if e.name == "still in it after 4 years")
    assert found.lower is not None and found.upper is not None
    return bool(found.lower <= 100 * np.exp(-1) <= found.upper)


def _hazards(random: np.random.Generator, slope: float) -> tuple[float, float]:
    x = random.normal(size=120)
    years = random.exponential(8 / np.exp(slope * x))
    rows = [
        {"la_code": str(i), "entry": 0.0, "exit": float(min(y, 3)), "fell": bool(y <= 3)}
        for i, y in enumerate(years)
    ]
    slopes, errors, _ = cox(rows, x[:, None])
    return slopes[0], errors[0]


def cox_covers(random: np.random.Generator) -> bool:
    slope, error = _hazards(random, 0.4)
    return abs(slope - 0.4) <= 1.959964 * error


def cox_rejects_nothing(random: np.random.Generator) -> bool:
    slope, error = _hazards(random, 0.0)
    return abs(slope) > 1.959964 * error


#: Trial, nominal rate, what the method's own approximation may add (stated in docs/methods.md), short and long repeats.
COVERING: list[tuple[Trial, float, int, int]] = [
    (rho_covers, 0.01, 1500, 20000),
    (tau_covers, 0.01, 1500, 20000),
    (odds_cover, 0.01, 1000, 10000),
    (weighted_odds_cover, 0.02, 1000, 10000),
    (mean_covers, 0.015, 1000, 10000),
    (difference_covers, 0.015, 250, 2000),
    (two_way_covers, 0.015, 250, 2000),
    (survival_covers, 0.01, 1000, 5000),
    (late_entry_covers, 0.01, 1000, 5000),
    (cox_covers, 0.015, 250, 2000),
]
REJECTING: list[tuple[Trial, float, int, int]] = [
    (rho_rejects_nothing, 0.01, 1500, 20000),
    (tau_rejects_nothing, 0.01, 1500, 20000),
    (odds_reject_nothing, 0.01, 1000, 10000),
    (brant_rejects_nothing, 0.01, 1000, 8000),
    (difference_rejects_nothing, 0.015, 250, 2000),
    (cox_rejects_nothing, 0.015, 250, 2000),
]


def _named(cases: list[tuple[Trial, float, int, int]]) -> list[str]:
    return [case[0].__name__ for case in cases]


def test_the_repeats_are_enough_to_tell() -> None:
    for cases, rate, off in ((COVERING, 0.95, -1), (REJECTING, 0.05, 1)):
        for trial, slack, short, long in cases:
            assert tells(short, rate, slack, rate + off * 0.15), trial.__name__
            assert tells(long, rate, slack, rate + off * 0.05), trial.__name__
            if trial.__name__.startswith(("rho", "tau")):
                assert tells(long, rate, slack, rate + off * 0.02), trial.__name__


@pytest.mark.parametrize(("trial", "slack", "short", "long"), COVERING, ids=_named(COVERING))
def test_a_known_link_is_inside_95_of_100_intervals(
    trial: Trial, slack: float, short: int, long: int
) -> None:
    check_rate(trial, short, 0.95, slack)


@pytest.mark.parametrize(("trial", "slack", "short", "long"), REJECTING, ids=_named(REJECTING))
def test_no_link_is_rejected_5_times_in_100(trial: Trial, slack: float, short: int, long: int) -> None:
    check_rate(trial, short, 0.05, slack)


@pytest.mark.slow
@pytest.mark.parametrize(("trial", "slack", "short", "long"), COVERING, ids=_named(COVERING))
def test_a_known_link_in_many_repeats(trial: Trial, slack: float, short: int, long: int) -> None:
    check_rate(trial, long, 0.95, slack)


@pytest.mark.slow
@pytest.mark.parametrize(("trial", "slack", "short", "long"), REJECTING, ids=_named(REJECTING))
def test_no_link_in_many_repeats(trial: Trial, slack: float, short: int, long: int) -> None:
    check_rate(trial, long, 0.05, slack)


def test_the_test_of_the_assumption_finds_a_broken_one() -> None:
    """A figure that parts outstanding from the rest and nothing else has no one odds ratio."""
    random = np.random.default_rng(3)
    x = random.normal(size=(400, 1))
    top = (1.5 * x[:, 0] + random.logistic(size=400) > -1).astype(int)
    y = top * (1 + (random.random(400) > 0.5) + (random.random(400) > 0.8) * (random.random(400) > 0.5))
    assert brant(y.astype(np.intp), x).p_value < 0.001
