"""The few figures charts compute: a median and its interval, a rank correlation and its interval.

Intervals are exact or in closed form, not resampled: the same rows give the same figure on every machine.
"""

import math
from collections.abc import Sequence
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
