"""An item of the area section with its dates and numbers masked, as the table of wordings reads it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipelines.reports.area_items import Item
from pipelines.reports.grammar import PrintedDate, PrintedNumber, find_dates, find_numbers

QUOTE = 160
_LETTER = {
    "count": "n",
    "percent": "p",
    "rate": "r",
    "all": "a",
    "none": "o",
    "hidden": "h",
    "fraction": "f",
}
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_DAY_MONTH = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)
_SENTENCE_END = re.compile(r"[.;:•](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """A number of an item: its mask, and its place in the masked text and in the item's own text."""

    letter: str
    number: PrintedNumber
    start: int
    end: int


@dataclass(slots=True)
class Masked:
    """An item's text with its dates and numbers masked; `dates` and `years` are (place, ISO date)."""

    item: Item
    text: str
    tokens: list[Token]
    dates: list[tuple[int, str]]
    years: list[tuple[int, str]]
    ends: list[int]

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence around a place of the masked text."""
        at = bisect_right(self.ends, place)
        start = self.ends[at - 1] if at else 0
        return start, self.ends[at] if at < len(self.ends) else len(self.text)


def mask_item(item: Item) -> Masked:
    """The item's text with every date and number replaced by its mask."""
    text = item.text.translate(_STRAIGHT)
    spans: list[tuple[int, int, PrintedDate | PrintedNumber | None]] = [
        (date.start, date.end, date) for date in find_dates(text)
    ]
    taken = [(start, end) for start, end, _ in spans]
    for found in _DAY_MONTH.finditer(text):
        if not any(start <= found.start() < end for start, end in taken):
            spans.append((found.start(), found.end(), None))
    blanked = list(text)
    for start, end, _ in spans:
        blanked[start:end] = " " * (end - start)
    spans += [(number.start, number.end, number) for number in find_numbers("".join(blanked))]
    spans.sort(key=lambda span: span[0])
    pieces: list[str] = []
    tokens: list[Token] = []
    dates: list[tuple[int, str]] = []
    years: list[tuple[int, str]] = []
    done = length = 0
    for start, end, what in spans:
        pieces.append(text[done:start])
        length += start - done
        letter = "d"
        if isinstance(what, PrintedNumber):
            letter = _LETTER.get(what.kind, "x")
            if what.kind == "year" and what.value is not None:
                years.append((length, str(what.value)))
            if letter != "x":
                tokens.append(Token(letter, what, length, length + 3))
        elif what is not None:
            dates.append((length, what.iso))
        pieces.append(f"⟦{letter}⟧")
        length += 3
        done = end
    pieces.append(text[done:])
    masked = "".join(pieces)
    ends = [found.end() for found in _SENTENCE_END.finditer(masked)]
    return Masked(item, masked, tokens, dates, years, ends)


def quote_around(text: str, start: int, end: int) -> str:
    """The words around a place: its sentence, or as much of it as a short quote holds."""
    begins = [found.end() for found in _SENTENCE_END.finditer(text, max(0, start - 400), start)]
    left = begins[-1] if begins else max(0, start - 400)
    stop = _SENTENCE_END.search(text, end)
    right = stop.start() if stop else len(text)
    if right - left > QUOTE:
        left, right = max(left, start - QUOTE // 2), min(right, end + QUOTE // 2)
        left = left if left == 0 else text.find(" ", left, start) + 1 or left
        right = right if right == len(text) else max(text.rfind(" ", end, right), end)
    return text[left:right].strip()
