"""Group-time differences for councils judged inadequate in different years (Callaway and Sant'Anna 2021).

For each group g (first year after the base) and year t: the mean change from the base year of the councils of g, less
that of councils not yet judged so (or never). statsmodels and scipy have no such estimator, so it is written here, and
tests hold it to the published example. Intervals draw councils again, seeded.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

COMPARISONS = ("not yet", "never")
BASES = ("universal", "varying")
DRAWS = 999


@dataclass(frozen=True, slots=True)
class Panel:
    """Units x years: figures (NaN where none) and each unit's first year after (infinite: never in the window)."""

    units: tuple[str, ...]
    years: tuple[int, ...]
    figures: "Array"
    groups: "Array"


@dataclass(frozen=True, slots=True)
class GroupTime:
    """One group and year: the difference, how many councils on each side, and the difference in each redrawn sample."""

    group: int
    year: int
    difference: float
    treated: int
    compared: int
    draws: "Array"


@dataclass(frozen=True, slots=True)
class Summary:
    """An average of group-time differences, weighted by the councils in each, with 95% limits."""

    name: str
    value: float
    lower: float
    upper: float
    error: float
    units: int
    draws: "Array"


def group_time(
    panel: Panel,
    *,
    comparison: str = "not yet",
    base: str = "universal",
    draws: int = DRAWS,
    seed: int = 20_250_331,
    steps: range | None = None,
) -> list[GroupTime]:
    """Every group-time difference that has a council on both sides.

    With a universal base all years are set against the last year before; with a varying one a year before is set
    against the year before it, as the authors' software prints them. `steps` keeps some years since the group's first.

    Raises:
        CouncilsError: the comparison or base is not one of the known.
    """
    import numpy as np

    for wanted, known, kind in ((comparison, COMPARISONS, "comparison"), (base, BASES, "base")):
        if wanted not in known:
            raise CouncilsError(f"There is no {kind} '{wanted}'. There are: {', '.join(known)}.")
    random = np.random.default_rng(seed)
    size = len(panel.units)
    counts = random.multinomial(size, np.full(size, 1 / size), draws).astype(float)
    weights = np.vstack([np.ones(size), counts])
    found = []
    for group in sorted({int(g) for g in panel.groups if np.isfinite(g)}):
        for t, year in enumerate(panel.years):
            if steps is not None and year - group not in steps:
                continue
            from_year = group - 1 if base == "universal" or year >= group else year - 1
            if from_year not in panel.years or from_year == year:
                continue
            change = panel.figures[:, t] - panel.figures[:, panel.years.index(from_year)]
            cell = _difference(
                change, panel.groups, group, max(year, from_year, group - 1), comparison, weights
            )
            if cell:
                found.append(GroupTime(group, year, *cell))
    return found


def _difference(
    change: "Array", groups: "Array", group: int, year: int, comparison: str, weights: "Array"
) -> "tuple[float, int, int, Array] | None":
    import numpy as np

    known = np.isfinite(change)
    treated = known & (groups == group)
    compared = known & (np.isinf(groups) if comparison == "never" else (groups > year) & (groups != group))
    if not treated.any() or not compared.any():
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        one = weights[:, treated] @ change[treated] / weights[:, treated].sum(axis=1)
        other = weights[:, compared] @ change[compared] / weights[:, compared].sum(axis=1)
    gap = one - other
    return float(gap[0]), int(treated.sum()), int(compared.sum()), gap[1:]


def by_years_after(cells: list[GroupTime]) -> list[Summary]:
    """The differences averaged by years since the group's first year after (0 is that year)."""
    steps = sorted({cell.year - cell.group for cell in cells})
    return [_average(f"{step:+d}", [c for c in cells if c.year - c.group == step]) for step in steps]


def overall(cells: list[GroupTime], last_step: int | None = None) -> Summary:
    """All differences of years after, averaged ("simple" in the authors' software)."""
    after = [c for c in cells if c.year >= c.group and (last_step is None or c.year - c.group <= last_step)]
    return _average("after", after)


def _average(name: str, cells: list[GroupTime]) -> Summary:
    import numpy as np

    sizes = np.array([cell.treated for cell in cells], float)
    value = float(np.average([cell.difference for cell in cells], weights=sizes))
    drawn = np.array([cell.draws for cell in cells])
    weight = np.where(np.isfinite(drawn), sizes[:, None], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        draws = np.nansum(np.where(weight > 0, drawn, 0.0) * weight, axis=0) / weight.sum(axis=0)
    sound = draws[np.isfinite(draws)]
    error = float(sound.std(ddof=1))
    return Summary(
        name, value, value - 1.959964 * error, value + 1.959964 * error, error, _units(cells), draws
    )


def _units(cells: list[GroupTime]) -> int:
    """Councils on the side of the judged, each once however many years it is in."""
    most: dict[int, int] = {}
    for cell in cells:
        most[cell.group] = max(most.get(cell.group, 0), cell.treated)
    return sum(most.values())


def trend_before(steps: list[Summary]) -> tuple[float, int, float]:
    """Wald test that all differences before are nil: statistic, degrees of freedom, p."""
    import numpy as np
    from scipy.special import chdtrc

    before = [step for step in steps if int(step.name) < -1 or (int(step.name) == -1 and step.error > 0)]
    draws = np.array([step.draws for step in before])
    draws = draws[:, np.isfinite(draws).all(axis=0)]
    values = np.array([step.value for step in before])
    statistic = float(values @ np.linalg.solve(np.atleast_2d(np.cov(draws)), values))
    return statistic, len(before), float(chdtrc(len(before), statistic))


def placebo(panel: Panel, years_earlier: int) -> Panel:
    """The panel as if each judgement had come years earlier, with the real years after cut off.

    What the estimator finds here is not the judgement's.
    """
    import numpy as np

    figures = panel.figures.copy()
    years = np.array(panel.years)
    figures[years[None, :] >= panel.groups[:, None]] = np.nan
    return Panel(panel.units, panel.years, figures, panel.groups - years_earlier)
