"""Titles and sentences of answers. No title says or hints that one thing brings about another; a test reads them all."""

import re
from collections.abc import Iterable

from pipelines.relations.answer import Estimate

#: Words of cause, none of which may stand in a title, question or caption (checked over every answer).
CAUSE = re.compile(
    r"\b(because|caus\w*|effect\w*|impact\w*|drive[ns]?|driving|lead(s|ing)? to|led to|result(s|ed|ing)? in|due to|"
    r"thanks to|owing to|influenc\w*|affect\w*|improves?|worsens?|reduces?|raises?|determin\w+|explain\w*|"
    r"consequence\w*|responsible for|brings?|brought|makes?|made|predict\w*)\b",
    re.IGNORECASE,
)


def says_cause(title: str) -> str | None:
    """The first word of cause in a title, or None."""
    found = CAUSE.search(title)
    return found.group(0) if found else None


def number(value: float | None, decimals: int = 2) -> str:
    """A number as a sentence prints it, or a dash."""
    if value is None:
        return "–"
    return f"{value:,.{decimals}f}".replace("-", "−")


def interval(estimate: Estimate, decimals: int = 2) -> str:
    """`0.31 (95% interval 0.15 to 0.45; n 151)`, or why there is none."""
    if estimate.value is None:
        return f"not given: {estimate.refused}"
    if estimate.lower is None:
        return f"{number(estimate.value, decimals)} (too few for an interval; n {estimate.n})"
    return (
        f"{number(estimate.value, decimals)} (95% interval {number(estimate.lower, decimals)} to "
        f"{number(estimate.upper, decimals)}; n {estimate.n})"
    )


def direction(estimate: Estimate, up: str, down: str, none: str, null: float = 0.0) -> str:
    """Which way an estimate points, or that its interval holds the value of no link."""
    if estimate.value is None or estimate.lower is None or estimate.upper is None:
        return none
    if estimate.lower > null:
        return up
    return down if estimate.upper < null else none


def listed(words: Iterable[str]) -> str:
    """`a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
