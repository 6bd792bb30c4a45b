"""The date an area section's figure holds for: printed beside it, or handed on by what stands before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.reports.area_masked import Masked
from pipelines.reports.area_measures import DATED_BY_LOOKED_AFTER, YEARLY
from pipelines.reports.grammar import find_dates
from pipelines.reports.record import Statistic

_AT = re.compile(r"(?:\b(?:at|on|in|by|to|of|until|up to)|\() *(?:the )?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|between)\b[^⟦,;]{0,90}$|\bfrom $", re.IGNORECASE)
# A source named in brackets after the last sentence: "... in the area. (Mid-year population estimates 2015)".
_REMARK = re.compile(r"\.\d?\s*\(([^()]{6,120})\)\W*$")
_DATED_BY_REMARK = {"population_0_17", "population_0_17_share", "child_poverty"}
_MONTHS_PAST = re.compile(r"\b(?:last|past|previous|preceding) (?:⟦[xn]⟧ months|year)\b", re.IGNORECASE)
_TO = re.compile(r" (?:to|-|–) ")


@dataclass(slots=True)
class State:
    """What the words so far were about, and the dates they hand on."""

    block: str = ""
    topic: str | None = None
    last: Statistic | None = None
    frame: str = ""
    looked_after: Statistic | None = None
    period_end: str | None = None


def period_end(masked: Masked, place: int) -> str | None:
    """The last date of the sentence that speaks of a period at `place`; a date it begins with is none."""
    start, end = masked.sentence(place)
    dates = [
        iso for at, iso in masked.dates if start <= at < end and not _SINCE.search(masked.text[start:at])
    ]
    return dates[-1] if dates else None


def as_at(masked: Masked, at: int, scope: str, belongs: bool, state: State) -> str | None:
    """The date printed for number `at` of the item in its own sentence.

    A figure that `belongs` to the one before it (its share, its rate) has that one's date where it has none
    of its own; the date of the looked-after sentence or of a period is added by `inherited`.
    """
    if scope == "england":
        return None
    token = masked.tokens[at]
    start, end = masked.sentence(token.start)
    following = next((t.start for t in masked.tokens[at + 1 :] if t.letter == "n"), end)
    before = [(place, iso) for place, iso in masked.dates if start <= place < token.start]
    after = [(place, iso) for place, iso in masked.dates if token.end <= place < min(end, following)]
    if scope == "previous":
        leading = max((t.end for t in masked.tokens[:at] if t.letter == "n"), default=start)
        years = [(place, iso) for place, iso in masked.years if token.end <= place < min(end, following)]
        candidates = sorted(after + years)[:1] + [date for date in before[-1:] if date[0] >= leading]
        return candidates[0][1] if candidates else None
    dated = [iso for place, iso in before if not _SINCE.search(masked.text[start:place])]
    if dated and not belongs:
        return dated[-1]
    if after and _AT.search(masked.text[max(0, after[0][0] - 12) : after[0][0]]):
        ranged = len(after) > 1 and _TO.fullmatch(masked.text, after[0][0] + 3, after[1][0])
        return after[1][1] if ranged else after[0][1]
    return state.last.as_at if belongs and state.last is not None else None


def by_remark(masked: Masked, found: Statistic) -> str | None:
    """The one date of a source named in brackets at the item's end, for a figure that has none of its own."""
    if found.as_at is not None or found.scope != "local" or found.measure not in _DATED_BY_REMARK:
        return found.as_at
    remark = _REMARK.search(masked.item.text)
    dates = find_dates(remark[1], years=True) if remark else []
    return dates[0].iso if len(dates) == 1 else None


def counts_a_period(masked: Masked, place: int) -> bool:
    """Whether the sentence counts over the last months."""
    return _MONTHS_PAST.search(masked.text, *masked.sentence(place)) is not None


def inherited(
    measure: str, value: float | int | None, state: State, *, of_a_period: bool = False
) -> str | None:
    """The looked-after sentence's date for the lists under it, the period's for what is counted in it.

    A sentence that counts over the last months itself (`of_a_period`) is of no day and inherits none.
    """
    if measure in YEARLY:
        return state.period_end
    base = state.looked_after
    if base is None or of_a_period:
        return None
    again = (base.measure, base.value) == (measure, value)
    return base.as_at if again or measure in DATED_BY_LOOKED_AFTER else None
