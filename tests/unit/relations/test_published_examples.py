"""Each method on a public example: our number is the one the literature or another program prints."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from pipelines.relations.agreement import _kappa, share
from pipelines.relations.answer import MINIMUM_N, Estimate
from pipelines.relations.correlation import kendall, spearman
from pipelines.relations.downgrades import cox
from pipelines.relations.funnel import LEVELS, _exact
from pipelines.relations.leaders import _exact_share
from pipelines.relations.multiplicity import corrected
from pipelines.relations.parallel_lines import brant
from pipelines.relations.polychoric import polychoric
from pipelines.relations.proportional_odds import fit
from pipelines.relations.staggered import Panel, by_years_after, group_time, overall
from pipelines.relations.survival import competing, kaplan_meier
from pipelines.relations.two_way import two_way

#: Freireich's trial of 6-mercaptopurine, weeks of remission and whether it ended; and the placebo arm.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
TREATED_ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@pytest.fixture(scope="module")
def graduates() -> tuple[np.ndarray, np.ndarray]:
    """The 400 students of UCLA's example of ordinal regression, as statsmodels brings them for its own tests."""
    spec = find_spec("statsmodels")
    assert spec and spec.origin
    path = Path(spec.origin).parent / "miscmodels" / "tests" / "results" / "ologit_ucla.csv"
    if not path.exists():
        pytest.skip("this build of statsmodels does not bring the data of its own tests")
    lines = [line.split(",") for line in path.read_text().splitlines()[1:]]
    levels = {"unlikely": 0, "somewhat likely": 1, "very likely": 2}
    y = np.array([levels[line[0]] for line in lines], dtype=np.intp)
    return y, np.array([[float(v) for v in line[1:]] for line in lines])


def test_proportional_odds_are_those_of_r_polr(graduates: tuple[np.ndarray, np.ndarray]) -> None:
    model = fit(*graduates)
    assert model.coefficients == pytest.approx([1.04769011, -0.05878572, 0.61594057], abs=3e-4)
    assert model.errors == pytest.approx([0.2658, 0.2979, 0.2606], abs=1e-4)
    assert model.thresholds == pytest.approx([2.203915, 4.299363], abs=1e-3)
    assert model.log_likelihood == pytest.approx(-358.51244, abs=1e-4)


def test_brant_is_the_one_stata_prints(graduates: tuple[np.ndarray, np.ndarray]) -> None:
    found = brant(*graduates)
    assert (round(found.statistic, 2), found.degrees, round(found.p_value, 3)) == (4.34, 3, 0.227)
    assert [round(one[0], 2) for one in found.by_column] == [0.13, 3.44, 0.18]
    assert [round(one[2], 3) for one in found.by_column] == [0.716, 0.064, 0.672]


def test_rank_correlations_of_canned_tuna(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hollander and Wolfe's example, R's cor.test: tau 0.4444, rho 0.6 with p 0.0968."""
    monkeypatch.setattr("pipelines.relations.correlation.MINIMUM_N", {**MINIMUM_N, "correlation": 9})
    lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    score = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    tau, rho = kendall(lightness, score), spearman(lightness, score)
    assert tau.value == pytest.approx(0.4444444)
    assert rho.value == pytest.approx(0.6)
    # R prints the exact p (0.0968); Student's approximation is what scipy and we print.
    assert rho.p_value == pytest.approx(0.0876228, abs=1e-6)


def test_weighted_kappa_is_the_one_sas_prints() -> None:
    pairs = [
        (i + 1, k + 1)
        for i, row in enumerate([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
        for k, count in enumerate(row)
        for _ in range(count)
    ]
    found = _kappa(pairs, "raters")
    assert (found.value, found.lower, found.upper) == pytest.approx((0.4701, 0.1845, 0.7558), abs=5e-5)


def test_wilson_is_newcombes_example() -> None:
    """Newcombe 1998: 81 of 263, 0.2553 to 0.3662."""
    found = share(81, 263, "share", "example")
    assert found.lower is not None and found.upper is not None
    assert (round(found.lower, 2), round(found.upper, 2)) == (25.53, 36.62)


def test_exact_share_is_newcombes_example() -> None:
    """Newcombe 1998, the same 81 of 263 by Clopper and Pearson: 0.2527 to 0.3676."""
    found = _exact_share(81, 263, "example")
    assert found.lower is not None and found.upper is not None
    assert (round(found.lower, 2), round(found.upper, 2)) == (25.27, 36.76)


@pytest.mark.parametrize(
    ("table", "printed"),
    [
        # Drasgow 1988 (Encyclopedia of Statistical Sciences), as R's polychor prints it: 0.42, standard error 0.0747.
        ([[58, 52, 1], [26, 58, 3], [8, 12, 9]], 0.42),
        # Brown 1977 (algorithm AS 116), as R's polychor prints it: 0.5958.
        ([[1562, 42], [383, 94]], 0.5958),
    ],
)
def test_polychoric_is_the_one_r_prints(table: list[list[int]], printed: float) -> None:
    rho = polychoric(np.array(table, float))[0]
    assert rho == pytest.approx(printed, abs=5e-5 if printed > 0.5 else 5e-3)


def test_polychoric_interval_is_as_wide_as_the_printed_error() -> None:
    """Drasgow's example: R prints 0.07474; a likelihood interval is not even-sided, but as wide to a hundredth."""
    _, lower, upper = polychoric(np.array([[58.0, 52, 1], [26, 58, 3], [8, 12, 9]]))
    assert (upper - lower) / (2 * 1.959964) == pytest.approx(0.07474, rel=0.01)


def test_polychoric_against_the_whole_likelihood() -> None:
    """A table of the literature on rater agreement; another route: scipy's bivariate normal, all parameters at once."""
    from scipy.optimize import minimize
    from scipy.stats import multivariate_normal

    table = np.array([[13.0, 69, 41], [6, 113, 132], [0, 22, 104]])

    def loss(parameters: np.ndarray) -> float:
        rho = np.tanh(parameters[4])
        rows = [-9, parameters[0], parameters[0] + np.exp(parameters[1]), 9]
        columns = [-9, parameters[2], parameters[2] + np.exp(parameters[3]), 9]
        law = multivariate_normal([0, 0], [[1, rho], [rho, 1]])
        total = 0.0
        for i in range(3):
            for k in range(3):
                cell = law.cdf([rows[i + 1], columns[k + 1]], lower_limit=[rows[i], columns[k]])
                total -= table[i, k] * np.log(max(cell, 1e-12))
        return total

    whole = minimize(
        loss, [-0.69, 0.3, -1.77, 0.5, 0.5], method="Nelder-Mead", options={"maxiter": 900, "xatol": 1e-5}
    )
    rho, lower, upper = polychoric(table)
    assert rho == pytest.approx(np.tanh(whole.x[4]), abs=2e-3)
    assert round(rho, 2) == 0.49
    assert lower < rho < upper


def test_kaplan_meier_of_the_leukaemia_trial() -> None:
    """Printed in every textbook: 0.857 after 6 weeks, 0.627 after 13, 0.448 after 23, median 23."""
    rows = [
        {"years": weeks, "ended": bool(ended), "entry": 0.0}
        for weeks, ended in zip(TREATED, TREATED_ENDED, strict=True)
    ]
    found = kaplan_meier(rows, "treated")
    six = next(e for e in found if e.name == "still in it after 6 years")
    assert six.value is not None and round(six.value, 1) == 85.7
    assert (round(six.lower or 0, 1), round(six.upper or 0, 1)) == (62.0, 95.2)
    assert next(e for e in found if e.name == "median years").value == 23


def test_incidence_of_competing_outcomes_is_the_one_r_and_stata_print() -> None:
    """The example in statsmodels' own tests: shares by R's cuminc, errors by Stata's stcompet."""
    years = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    kinds = [1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    rows = [
        {"years": float(y), "entry": 0.0, "ended": k > 0, "outcome": str(k)}
        for y, k in zip(years, kinds, strict=True)
    ]
    found = {e.name: e for e in competing(rows, ("1", "2", "3"), "all")}
    printed = {
        "left into 1 within 1 year": (0.11111111, 0.07407407),
        "left into 1 within 2 years": (0.17037037, 0.08976251),
        "left into 2 within 4 years": (0.20740741, 0.10610391),
        "left into 3 within 6 years": (0.17777778, 0.11196147),
    }
    for name, (share_left, error) in printed.items():
        width = 1.959964 * error / abs(share_left * np.log(share_left))
        ends = (share_left, share_left ** np.exp(width), share_left ** np.exp(-width))
        assert (found[name].value, found[name].lower, found[name].upper) == pytest.approx(
            [100 * end for end in ends], rel=1e-6
        )


def test_funnel_limits_are_those_of_the_printed_poisson_table() -> None:
    """Mean 10: P(X <= 3) is 0.0103 and P(X <= 4) 0.0293, P(X <= 16) 0.9730 and P(X <= 17) 0.9857; so 4 to 17."""
    low, high = _exact(np.array([10_000.0]), 0.001, LEVELS["95"], False)
    assert (low[0], high[0]) == (4, 17)


def test_cox_of_the_leukaemia_trial() -> None:
    """R's coxph with Efron's ties: log hazard ratio 1.572, standard error 0.412."""
    weeks = TREATED + PLACEBO
    ended = TREATED_ENDED + [1] * len(PLACEBO)
    rows = [
        {"la_code": str(i), "entry": 0.0, "exit": float(w), "fell": bool(e)}
        for i, (w, e) in enumerate(zip(weeks, ended, strict=True))
    ]
    slopes, errors, _ = cox(rows, np.array([[0.0]] * len(TREATED) + [[1.0]] * len(PLACEBO)))
    assert (round(slopes[0], 3), round(errors[0], 3)) == (1.572, 0.412)


def minimum_wages() -> Panel:
    """The minimum-wage example of Callaway and Sant'Anna's software: each county with its group's mean."""
    means = {
        np.inf: (309, [5.654630, 5.592000, 5.604808, 5.638896, 5.661133]),
        2004: (20, [6.179697, 6.106564, 6.059452, 6.026704, 6.085388]),
        2006: (40, [6.573994, 6.517884, 6.527941, 6.557435, 6.543041]),
        2007: (131, [5.842906, 5.810783, 5.820866, 5.823866, 5.820048]),
    }
    figures = np.vstack([np.tile(values, (n, 1)) for n, values in means.values()])
    groups = np.concatenate([np.full(n, group, float) for group, (n, _) in means.items()])
    return Panel(tuple(map(str, range(500))), (2003, 2004, 2005, 2006, 2007), figures, groups)


def test_group_time_differences_are_callaway_and_santannas() -> None:
    """The minimum-wage example of the authors' software: its group-time values and their averages, to four digits.

    Only the mean of each group and year enters a difference, so units with their group's mean give the same values.
    """
    cells = group_time(minimum_wages(), comparison="never", base="varying", draws=20)
    printed = {
        (2004, 2004): -0.0105, (2004, 2005): -0.0704, (2004, 2006): -0.1373, (2004, 2007): -0.1008,
        (2006, 2004): 0.0065, (2006, 2005): -0.0028, (2006, 2006): -0.0046, (2006, 2007): -0.0412,
        (2007, 2004): 0.0305, (2007, 2005): -0.0027, (2007, 2006): -0.0311, (2007, 2007): -0.0261,
    }  # fmt: skip
    assert {(cell.group, cell.year): round(cell.difference, 4) for cell in cells} == printed
    assert {s.name: round(s.value, 4) for s in by_years_after(cells) if int(s.name) >= 0} == {
        "+0": -0.0199,
        "+1": -0.0510,
        "+2": -0.1373,
        "+3": -0.1008,
    }
    assert round(overall(cells).value, 4) == -0.0400


def test_two_way_levels_are_those_r_prints_on_the_minimum_wages() -> None:
    """R's fixest on the same counties: -0.036549 (in a balanced panel the group means give the same slope)."""
    assert two_way(minimum_wages())["after"][0] == pytest.approx(-0.036549, abs=1e-6)


def test_holm_and_benjamini_hochberg_by_hand() -> None:
    p_values = [0.01, 0.02, 0.03, 0.04]
    found = corrected([Estimate("rho", str(p), 0.1, 0, 0.2, 100, "correlation", "", p) for p in p_values])
    assert [row["p_holm"] for row in found] == pytest.approx([0.04, 0.06, 0.06, 0.06])
    assert [row["p_benjamini_hochberg"] for row in found] == pytest.approx([0.04] * 4)
