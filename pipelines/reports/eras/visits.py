"""Visits between inspections: focused and monitoring visits, joint targeted area inspections: no grades.

Their letters have no line of dates; the days stand in the first sentence, after *visit* or *inspection*.
"""

from __future__ import annotations

import re

from pipelines.reports.document import Document
from pipelines.reports.eras.front import Front
from pipelines.reports.grammar import Period, read_period
from pipelines.reports.record import Judgement, Problem

# What is in the title, and what the record calls it.
KINDS = (
    ("focused visit", "focused_visit"),
    ("monitoring visit", "monitoring_visit"),
    ("monitoring inspection", "monitoring_visit"),
    ("joint targeted area inspection", "jtai"),
    ("assurance visit", "assurance_visit"),
)
TITLES = tuple((words,) for words, _ in KINDS)
_SENTENCE = re.compile(
    r"\b(?:visit|visited|inspection|took\s+place|carried\s+out|undertaken|inspected)\b[^.]{0,200}?"
    r"\b(?:on|between|from|of|dates?:?)\s+(?P<dates>\d{1,2}(?:st|nd|rd|th)?\b[^.]{0,80}?\b20\d\d)",
    re.IGNORECASE,
)
_OPENING = 6_000  # characters in which the first sentence of a letter stands, after addresses


def visit_type(front: Front) -> str | None:
    """The record's word for the kind of visit a title names."""
    return next((name for words, name in KINDS if front.title_has(words)), None)


def visit_period(document: Document, front: Front) -> Period | None:
    """The days of the visit: the line of dates if there is one, else the first sentence that tells them."""
    if front.period is not None:
        return front.period
    found = _SENTENCE.search(document.text[:_OPENING])
    return read_period(" ".join(found["dates"].split())) if found else None


def read(document: Document, front: Front) -> tuple[str, list[Judgement], list[Problem]]:
    """No judgements, whatever grades the letter quotes from earlier inspections."""
    return visit_type(front) or "visit", [], []
