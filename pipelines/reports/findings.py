"""Figures of the findings: the numbers inspectors print in a paragraph, with unit and whose they are.

`value` is the printed number: percent, a rate per 10,000, a count of children, cases, staff and the like,
a length of time, or a fraction in words (0 to 1). `comparator` is None for the authority's own number; else
`england`, `statistical_neighbours`, `region`, `target`, `previous` (an earlier number of its own) or
`change` (a difference). A number without a known unit is left out: what it counts would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipelines.reports.document import Document
from pipelines.reports.figure_words import FigureWords, figure_words
from pipelines.reports.grammar.dates import find_dates
from pipelines.reports.grammar.numbers import PrintedNumber, find_numbers
from pipelines.reports.paragraphs import Paragraph, read_paragraphs
from pipelines.reports.record import Finding, Recommendation

NEAR = 70  # characters before and after a number that say what it is
LONGEST_SENTENCE = 1_200
_SENTENCE = re.compile(r"[.!?](?=[’'”)]?\s+[A-Z‘'“(\d])")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d|\d[/.]\d{1,2}[/.]\d")
# A sentence without a digit and without one of these words prints no number; asking first keeps reading fast.
_NUMBER_WORDS = frozenset(
    [
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        *("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
        *("half", "third", "thirds", "quarter", "quarters"),
    ]
)
_JOINS = (" and ", "/", " / ")  # a second number joined to the first is the same one's
_NO_COUNTS = ("one", "no", "a")  # "one child said" counts nothing
_UNITS = {"percent": "percent", "rate": "per_10000", "fraction": "fraction"}


def read_findings(
    document: Document, framework: str | None, recommendations: Collection[Recommendation] = ()
) -> list[Finding]:
    """All figures in the order printed; the recommendations' numbered items are left out."""
    asked = {item.number for item in recommendations if item.number is not None}
    table = figure_words()
    found: list[Finding] = []
    for paragraph in read_paragraphs(document, asked, introduction=framework == "ilacs"):
        found.extend(_figures(table, paragraph))
    return found


def _figures(table: FigureWords, paragraph: Paragraph) -> Iterator[Finding]:
    start = 0
    text = paragraph.text
    for end in [match.end() for match in _SENTENCE.finditer(text)] + [len(text)]:
        sentence = text[start:end]
        if len(sentence) <= LONGEST_SENTENCE and _may_hold_number(sentence):
            yield from _in_sentence(table, paragraph, sentence, start)
        start = end


def _may_hold_number(sentence: str) -> bool:
    if _DIGIT.search(sentence):
        return True
    return not _NUMBER_WORDS.isdisjoint(sentence.lower().replace("-", " ").split())


def _in_sentence(table: FigureWords, paragraph: Paragraph, sentence: str, start: int) -> Iterator[Finding]:
    masked = _without_dates(sentence)
    small = masked.lower().replace("’", "'")
    numbers = find_numbers(masked)
    if table.in_order.search(small) and table.named.search(small):
        return  # "for neighbours and England at 87% and 85%, respectively": whose is whose is not told
    words = " ".join(sentence.split())
    comparator: str | None = None
    for at, number in enumerate(numbers):
        left = numbers[at - 1].end if at else 0
        right = numbers[at + 1].start if at + 1 < len(numbers) else len(small)
        before = small[max(left, number.start - NEAR) : number.start]
        after = small[number.end : min(right, number.end + NEAR)]
        if not (left and before in _JOINS and comparator):
            comparator = table.comparator(before, after)
        unit = _unit(table, small, number)
        if unit is not None and number.value is not None:
            value = round(number.value, 4) if number.kind == "fraction" else number.value
            page = paragraph.page_at(start + number.start)
            yield Finding(paragraph.number, value, unit, words, page, comparator)


def _without_dates(sentence: str) -> str:
    """The sentence with every date and year blanked, so that their digits count nothing."""
    if not _YEAR.search(sentence):
        return sentence
    pieces, done = [], 0
    for date in find_dates(sentence, years=True):
        if date.start >= done:
            pieces += [sentence[done : date.start], "_" * (date.end - date.start)]
            done = date.end
    return "".join([*pieces, sentence[done:]])


def _unit(table: FigureWords, small: str, number: PrintedNumber) -> str | None:
    """What the number measures; None where it is no figure (a section, an age) or has no known noun."""
    before = small[max(0, number.start - 24) : number.start]
    after = small[number.end : number.end + NEAR]
    if number.kind == "fraction" and (table.no_fraction.match(after) or before.endswith("and a ")):
        return None
    if number.kind in _UNITS:
        return _UNITS[number.kind]
    if number.value is None or table.before_count.search(before):
        return None
    if number.kind in ("count", "other"):
        duration = table.duration(number.value, before, after)
        if duration is not None:
            return duration
    if number.kind != "count" or small[number.start : number.end] in _NO_COUNTS:
        return None
    return table.counted(after)
