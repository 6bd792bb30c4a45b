"""The few words of a quotation that may be kept: a grade or a number as printed, never a sentence."""

from __future__ import annotations

import re

from pipelines.reports.grammar import find_numbers
from pipelines.reports.record import Judgement

LONGEST = 6  # words; longer is a sentence of the publisher's
_ROUNDED = 5e-5  # a fraction in the record has four decimals
_GRADE = re.compile(
    r"outstanding|requires?\s+improvement(?:\s+to\s+be\s+good)?|inadequate|adequate|good|not\s+judged",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?: in)? (?P<mark>['\"‘“]).*$", re.DOTALL)


def grade_words(judgement: Judgement) -> str:
    """The words of a judgement's quotation that say its grade, in their own case; empty where none does."""
    said = [found for found in _GRADE.findall(judgement.quote) if _grade(found) == judgement.grade]
    return " ".join(said[-1].split()) if said else ""


def _grade(printed: str) -> str:
    words = "_".join(printed.lower().split())
    return "requires_improvement" if words.startswith("require") else words


def number_words(value: float | int | None, qualifier: str | None, text: str) -> str:
    """The number of a text as printed ("Approximately 47,100", "all", "fewer than five"); empty if not found."""
    if value is None:
        return few(qualifier or "")
    numbers = [n for n in find_numbers(text) if n.value is not None and abs(n.value - value) < _ROUNDED]
    if not numbers:
        return _plain_number(value, text)
    printed = text[numbers[0].start : numbers[0].end].strip()
    return few(_without_footnote(printed, value))


def _without_footnote(printed: str, value: float | int) -> str:
    """The number without a footnote's digit that the text layer glues to it ("56,2002" for 56,200)."""
    digits = re.sub(r"\D", "", printed)
    whole = str(value) if isinstance(value, int) else ""
    glued = len(whole) > 1 and len(digits) == len(whole) + 1 and digits.startswith(whole)
    return printed[:-1] if glued and printed[-1].isdigit() else printed


def _plain_number(value: float | int, text: str) -> str:
    """The number where the grammar reads a neighbour with it: the same digits, thousands marks aside."""
    digits = f"{value:g}" if isinstance(value, float) else str(value)
    spaced = r"[,\s]?".join(map(re.escape, digits))
    found = re.search(rf"(?<!\d){spaced}(?!\d)", text)
    return few(found.group()) if found else ""


def few(text: str) -> str:
    """The text where it is a few words, else nothing; dashes and strokes between them are no words."""
    parts = text.split()
    words = [part for part in parts if any(sign.isalnum() for sign in part)]
    return " ".join(parts) if len(words) <= LONGEST else ""


def without_quotation(what: str) -> str:
    """A problem's sentence, ours, with the publisher's sentence at its end left out."""
    quoted = _QUOTED.search(what)
    if not quoted or len(quoted.group().split()) <= LONGEST + 1:
        return what
    return what[: quoted.start()].rstrip() + " (the words are on the page)"
