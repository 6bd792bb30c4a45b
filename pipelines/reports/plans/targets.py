"""Target dates as councils print them: a day, a month, a date that does not exist, "Ongoing", or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reports.grammar.dates import find_dates, impossible_dates


@dataclass(frozen=True, slots=True)
class Target:
    """`printed` as it stands (None where nothing is), `due` ISO or None, and then `problem` says why."""

    printed: str | None
    due: str | None
    problem: str | None


def read_target(printed: str) -> Target:
    """One cell or one item of a cell's list. A date is only read where exactly one is printed."""
    words = " ".join(printed.split())
    if not words:
        return Target(None, None, "no date is printed")
    wrong = impossible_dates(words)
    if wrong:
        return Target(words, None, f"{wrong[0]!r} is not a day of the calendar")
    dates = find_dates(words)
    if not dates:
        return Target(words, None, f"{words!r} is not a date")
    if len(dates) > 1:
        return Target(words, None, f"{len(dates)} dates are printed")
    return Target(words, dates[0].iso, None)


def split_dates(printed: str) -> list[str]:
    """The dates of a cell that prints nothing but dates; the whole cell where it has other words."""
    words = " ".join(printed.split())
    dates = find_dates(words)
    left, at = "", 0
    for date in dates:
        left += words[at : date.start]
        at = date.end
    left += words[at:]
    if len(dates) < 2 or impossible_dates(words) or left.strip(" ,;"):
        return [words] if words else []
    return [words[date.start : date.end].strip() for date in dates]
