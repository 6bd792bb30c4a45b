"""The figures and previous inspections of "Information about this local authority area".

Every number printed in the section is looked up in the table of wordings (`area_measures`); what no line
explains is told as a problem with its page, so that a gap is seen and never guessed over. Source: the SIF
reports' area section, which the local authority reviewed and partly updated with unvalidated data of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.reports.area_dating import State, as_at, by_remark, counts_a_period, inherited, period_end
from pipelines.reports.area_items import Item, elsewhere, read_items
from pipelines.reports.area_masked import Masked, Token, mask_item, quote_around
from pipelines.reports.area_measures import (
    CONTEXT,
    COUNT_OF,
    FRAMES,
    OUT_OF,
    PREVIOUS,
    RATE_OF,
    SHARE_OF,
    UNITS,
    Wording,
    wordings,
)
from pipelines.reports.document import Document
from pipelines.reports.previous_inspections import read_previous_inspections
from pipelines.reports.record import PreviousInspection, Problem, Statistic

WINDOW = 170
# A real section prints fewer than 120 figures; far more means a damaged file, or one made to keep us busy.
MAX_FIGURES = 600
_FRAME = re.compile("|".join(f"(?P<{name}>{words})" for name, words in FRAMES), re.IGNORECASE)
_AT_INSPECTION = re.compile(r"at the time of (?:the |this |our )?inspection", re.IGNORECASE)
_BELONGS = ("@share", "@rate", "@count")
_FIGURE_BLOCKS = {"unknown", "living", "protection", "looked_after"}
_LASTING_FRAMES = {"fsm", "eal"}
_NO_TOPIC = {"looked_after_out_of_area", "looked_after_out_of_area_share", "population_0_17_share"}
_GOES_ON = re.compile(r"(?:this|these|that|of|it|compared|which)\b|\(", re.IGNORECASE)
_INSPECTION_DATED = {"children_in_need", "child_protection_plans", "private_fostering", "looked_after"}


def read_area_section(
    document: Document,
) -> tuple[list[Statistic], list[PreviousInspection], list[Problem]]:
    """The section's figures, the previous inspections it names, and what the reader could not place."""
    items = read_items(document)
    statistics: list[Statistic] = []
    problems: list[Problem] = []
    state = State()
    left = MAX_FIGURES
    for item in items:
        if item.block not in _FIGURE_BLOCKS:
            continue
        masked = mask_item(item)
        left -= len(masked.tokens)
        if left < 0:
            what = f"Area section: only the first numbers were read, since it holds more than {MAX_FIGURES}."
            problems.append(Problem(what, item.page_at(0)))
            break
        _read_item(masked, state, statistics, problems)
    previous, faults = _previous(document, items)
    return statistics, previous, problems + faults


def _previous(document: Document, items: list[Item]) -> tuple[list[PreviousInspection], list[Problem]]:
    """The earlier inspections of the section; where it gives no grade of any, also those told elsewhere."""
    previous, faults = read_previous_inspections(items)
    for place in () if any(one.grade for one in previous) else elsewhere(document):
        more, others = read_previous_inspections(place)
        told = {(one.subject, one.date) for one in previous}
        new = [one for one in more if (one.subject, one.date) not in told]
        if new:
            return [*previous, *new], faults + others
    return previous, faults


def _read_item(masked: Masked, state: State, statistics: list[Statistic], problems: list[Problem]) -> None:
    """Add the figures of one item; numbers that no wording explains become one problem."""
    if masked.item.block != state.block:
        state.block, state.topic, state.last, state.frame = masked.item.block, None, None, ""
    if state.frame not in _LASTING_FRAMES:
        state.frame = ""
    if state.block == "living" and not _GOES_ON.match(masked.text):
        state.topic = state.last = None
    frames = [(found.start(), found.lastgroup or "") for found in _FRAME.finditer(masked.text)]
    first = len(statistics)
    stray: list[Token] = []
    seen = 0
    for at, token in enumerate(masked.tokens):
        while seen < len(frames) and frames[seen][0] < token.start:
            _enter_frame(masked, frames[seen], state)
            seen += 1
        wording = _wording(masked, token, state)
        found = _statistic(masked, at, wording, state) if wording else None
        if found is not None:
            found = _earlier(found, statistics[first:])
            statistics.append(found)
            state.last = found
        elif wording is None and token.letter in "npr":
            state.topic = state.last = None
            stray.append(token)
    statistics[first:] = [replace(found, as_at=by_remark(masked, found)) for found in statistics[first:]]
    for frame in frames[seen:]:
        _enter_frame(masked, frame, state)
    if masked.item.block in ("living", "unknown"):
        stray = [token for token in stray if not CONTEXT.search(masked.text, *masked.sentence(token.start))]
    _report(masked.item, stray, problems)


def _enter_frame(masked: Masked, frame: tuple[int, str], state: State) -> None:
    """Remember what the coming numbers are about; the end of a period dates what is counted over it."""
    place, name = frame
    if name != "period":
        state.frame = name
        return
    start, _ = masked.sentence(place)
    if not any(start <= token.start < place for token in masked.tokens):
        state.period_end = period_end(masked, place)


def _wording(masked: Masked, token: Token, state: State) -> Wording | None:
    """The first line of the table that fits the number and its neighbours."""
    window = masked.text[max(0, token.start - WINDOW) : token.start]
    for wording in wordings().get(token.letter, ()):
        if wording.frame and wording.frame != state.frame:
            continue
        if wording.blocks and state.block not in wording.blocks:
            continue
        if wording.after_pattern and not wording.after_pattern.match(masked.text, token.end):
            continue
        if wording.before_pattern and not wording.before_pattern.search(window):
            continue
        if wording.measure.startswith("@") and not _refers(wording.measure, state):
            continue
        return wording
    return None


def _refers(measure: str, state: State) -> bool:
    """Whether there is something that `@topic`, `@share` and their like can refer to."""
    if measure in ("@out", "@out_share", "@within_share"):
        return state.topic in OUT_OF
    if measure == "@reviews":
        return state.topic in ("serious_case_reviews", "serious_incident_notifications")
    if measure in ("@share", "@count"):
        return state.last is not None
    return state.topic is not None


def _measure(wording: Wording, token: Token, state: State) -> str | None:
    """The measure that a line of the table gives this number; None where the record has none for it."""
    name = wording.measure
    topic = state.topic or ""
    last = state.last.measure if state.last else ""
    if name.startswith("-"):
        return None
    if not name.startswith("@"):
        return name
    resolved = {
        "@topic": RATE_OF.get(topic) if token.letter == "r" else topic,
        "@rate": RATE_OF.get(topic),
        "@share": SHARE_OF.get(last),
        "@count": COUNT_OF.get(last),
        "@out": OUT_OF.get(topic),
        "@out_share": SHARE_OF.get(OUT_OF.get(topic, "")),
        "@within_share": SHARE_OF.get(OUT_OF.get(topic, "")),
        "@reviews": "serious_case_reviews",
    }
    return resolved[name]


def _statistic(masked: Masked, at: int, wording: Wording, state: State) -> Statistic | None:
    """The row of one number, or None for a number that is understood but is no figure of the record."""
    token = masked.tokens[at]
    if wording.measure == "-topic":
        state.topic = state.last = None
    measure = _measure(wording, token, state)
    if measure is None:
        return None
    scope = _scope(masked, token, wording, state)
    belongs = wording.measure in _BELONGS and state.last is not None
    date = as_at(masked, at, scope, belongs, state)
    if date is None and scope == "local":
        date = inherited(measure, token.number.value, state, of_a_period=counts_a_period(masked, token.start))
    value, qualifier = token.number.value, token.number.qualifier or wording.qualifier
    if wording.measure == "@within_share":
        value, qualifier = (0 if token.letter == "a" else 100), "printed as a share within the area"
    if date is None and qualifier is None and measure in _INSPECTION_DATED and scope == "local":
        start, end = masked.sentence(token.start)
        if _AT_INSPECTION.search(masked.text, start, end):
            qualifier = "at the time of the inspection"
    offset = token.number.start
    found = Statistic(
        measure,
        scope,
        value,
        UNITS[measure],
        date,
        qualifier,
        masked.item.page_at(offset),
        quote_around(masked.item.text, offset, token.number.end),
    )
    if not wording.measure.startswith("@") and scope == "local":
        state.topic = state.topic if measure in _NO_TOPIC and state.topic else measure
        if measure == "looked_after":
            state.looked_after = found
    return found


def _scope(masked: Masked, token: Token, wording: Wording, state: State) -> str:
    """Local, england or previous, from the table or from the words before the number."""
    if wording.scope:
        return wording.scope
    window = masked.text[max(0, token.start - WINDOW) : token.start]
    if token.letter != "p" and PREVIOUS.search(window):
        return "previous"
    if wording.measure in _BELONGS and state.last is not None:
        return state.last.scope
    return "local"


def _earlier(found: Statistic, before: list[Statistic]) -> Statistic:
    """The row as `previous` where its item has printed the same measure for a later date already."""
    if found.scope != "local" or found.as_at is None:
        return found
    later = any(
        row.measure == found.measure
        and row.scope == "local"
        and row.as_at
        and row.as_at[: len(found.as_at)] > found.as_at
        for row in before
    )
    return replace(found, scope="previous") if later else found


def _report(item: Item, stray: list[Token], problems: list[Problem]) -> None:
    """One problem for the numbers of an item that no wording explains; a lone `one` is an ordinary word."""
    told = [
        token
        for token in stray
        if any(sign.isdigit() for sign in item.text[token.number.start : token.number.end])
        or (item.block not in ("living", "unknown") and token.number.value != 1)
    ]
    if not told:
        return
    printed = ", ".join(item.text[token.number.start : token.number.end] for token in told)
    first = told[0].number
    quote = quote_around(item.text, first.start, first.end)
    what = f"Area section: no wording explains {printed} in {quote!r}."
    problems.append(Problem(what, item.page_at(first.start)))
