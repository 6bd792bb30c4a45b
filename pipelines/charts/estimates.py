"""The few figures charts compute: a median and its interval, a rank correlation and its interval.

Intervals are exact or in closed form, not resampled: the same rows give the same figure on every machine.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the limits of its interval (95% unless said otherwise); limits are None where n is
    too small.
    """

    estimate: float
    lower: float | None
    upper: float | None
    n: int


def median_interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """The median with its exact distribution-free interval: two of the values, by the binomial at one half.

    The cover is at least `level`; with five values or fewer no two values reach 95% and the limits are None.
    """
    ordered = sorted(values)
    n = len(ordered)
    tail = (1 - level) / 2
    cumulative, rank = 0.0, 0
    while rank < n and cumulative + math.comb(n, rank) / 2**n <= tail:
        cumulative += math.comb(n, rank) / 2**n
        rank += 1
    if rank == 0:
        return Interval(median(ordered), None, None, n)
    return Interval(median(ordered), ordered[rank - 1], ordered[n - rank], n)


def average_ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1, ties sharing the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    return ranks


def spearman(one: Sequence[float], other: Sequence[float]) -> Interval | None:
    """Spearman's rank correlation with its 95% interval (Fisher's z with Bonett and Wright's standard error).

    None where it is not defined: fewer than four pairs, or one of the two does not vary.
    """
    n = len(one)
    ranks, others = average_ranks(one), average_ranks(other)
    mean = (n + 1) / 2
    spread = sum((r - mean) ** 2 for r in ranks) * sum((r - mean) ** 2 for r in others)
    if n < 4 or spread == 0:
        return None
    rho = sum((r - mean) * (o - mean) for r, o in zip(ranks, others, strict=True)) / math.sqrt(spread)
    if abs(rho) >= 1:
        return Interval(rho, rho, rho, n)
    error = math.sqrt((1 + rho**2 / 2) / (n - 3))
    z = math.atanh(rho)
    return Interval(rho, math.tanh(z - 1.959964 * error), math.tanh(z + 1.959964 * error), n)


@dataclass(frozen=True, slots=True)
class Survival:
    """The share still in a state after `time`, with its 95% limits, and how many were at risk just before."""

    time: float
    share: float
    lower: float
    upper: float
    at_risk: int


def kaplan_meier(spells: Sequence[tuple[float, bool]]) -> list[Survival]:
    """The product-limit estimate from durations and whether each ended, at every time at which one ended.

    Limits are Greenwood's on the log-log scale; where all or none are left they are the estimate itself.
    """
    share, total, found = 1.0, 0.0, []
    for time in sorted({length for length, ended in spells if ended}):
        at_risk = sum(length >= time for length, _ in spells)
        ended = sum(length == time and over for length, over in spells)
        share *= 1 - ended / at_risk
        if ended < at_risk:
            total += ended / (at_risk * (at_risk - ended))
        lower, upper = _log_log(share, total)
        found.append(Survival(time, share, lower, upper, at_risk))
    return found


def _log_log(share: float, total: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    width = 1.959964 * math.sqrt(total) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)


def share_after(curve: Sequence[Survival], time: float) -> Survival:
    """The estimate at `time`: that of the last end on or before it, all where none came before."""
    before = [step for step in curve if step.time <= time]
    return before[-1] if before else Survival(time, 1.0, 1.0, 1.0, 0)


def median_time(curve: Sequence[Survival]) -> tuple[float | None, float | None, float | None]:
    """The time at which half are left, and the times at which the lower and the upper limit reach half."""

    def first(reached: Callable[[Survival], bool]) -> float | None:
        return next((step.time for step in curve if reached(step)), None)

    return first(lambda s: s.share <= 0.5), first(lambda s: s.lower <= 0.5), first(lambda s: s.upper <= 0.5)
