"""Where marks and labels go when the data alone would put them on top of each other."""

from collections.abc import Iterator, Sequence
from itertools import count
from math import hypot


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label positions apart to at least `gap`, as little as a single pass each way allows, within the
    bounds.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [min(max(wanted[i], low), high) for i in order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    if placed and placed[-1] > high:
        placed[-1] = high
        for i in range(len(placed) - 2, -1, -1):
            placed[i] = min(placed[i], placed[i + 1] - gap)
    result = [0.0] * len(wanted)
    for place, i in zip(placed, order, strict=True):
        result[i] = place
    return result


def swarm(positions: Sequence[float], diameter: float, room: float) -> list[float]:
    """Offsets across the axis that keep dots of `diameter` from covering each other, the middle first.

    `room` bounds the offsets either way; where the dots do not fit, they are packed closer until they do.
    """
    step = diameter / 2
    spacing = diameter
    while True:
        offsets = _swarm(positions, spacing, step)
        if not offsets or max(map(abs, offsets)) <= room or spacing < diameter / 8:
            return offsets
        spacing *= 0.9
        step *= 0.9


def _swarm(positions: Sequence[float], spacing: float, step: float) -> list[float]:
    offsets: dict[int, float] = {}
    for i in sorted(range(len(positions)), key=positions.__getitem__):
        close = [
            (positions[j] - positions[i], offset)
            for j, offset in offsets.items()
            if abs(positions[j] - positions[i]) < spacing
        ]
        offsets[i] = next(t for t in _outwards(step) if all(hypot(x, y - t) >= spacing for x, y in close))
    return [offsets[i] for i in range(len(positions))]


def _outwards(step: float) -> Iterator[float]:
    """`0, step, -step, 2 step, …`."""
    yield 0.0
    for ring in count(1):
        yield ring * step
        yield -ring * step
