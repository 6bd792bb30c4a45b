"""Numbers as they are printed: counts, percentages, rates per 10,000, number words, and their look-alikes.

Every number of a text is found once, in order, with its place and kind. Dates are left to `dates`; what
belongs to a date, an age, a length of time, an amount of money or an ordinal is told apart here so that it
is never taken for a count of children.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "percent", "rate", "fraction", "all", "none", "hidden", "date", "year", "other"]

_WORD_VALUE = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SIMPLE = "|".join(sorted(_WORD_VALUE, key=len, reverse=True))
_WORDS = (
    rf"(?:(?:{_SIMPLE})|a(?=\s(?:hundred|thousand)\b))"
    rf"(?:[\s-](?:(?:hundred|thousand)\sand\s(?:{_SIMPLE})|hundred|thousand|{_SIMPLE})(?![a-z])){{0,6}}"
)
_FRACTION_VALUE = {
    "half": 0.5,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "two thirds": 2 / 3,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "three quarters": 0.75,
}

# Counts as printed: 62 100, 42,616, 3698, 38.4. A footnote's digit may be glued to the thousands ("56,2002").
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,3}(?:\s\d{3}){1,3}(?!\d)|\d{1,9}(?!\d))(?:\.\d{1,4}(?!\d))?"
_PERCENT = r"\s{0,2}(?:%{1,2}(?:\s%)?|per\s?cent\b|percent\b)"
_PER = r"(?:\s(?:children|young people|cases))?\s(?:per|in every)\s10[,\s]?000\b"
_AGE_UNIT = (
    r"(?:\s|-|–)?(?:years?|months?|weeks?|days?|hours?|miles?|square|bedded|people per|times)\b"
    r"|\sto\s\d{1,2}\syears|-\sto\s\d|-?year-olds?\b|-?\s?and over\b|(?:st|nd|rd|th)\b"
)

_NUMBER = re.compile(
    rf"""
    (?:(?=£)|(?<!\w)(?=[\dabefhlnostvz]))  # no number begins anywhere else; asking first keeps reading fast
    (?:
    (?P<fraction>\b(?:one|two|three|four|five|six|\d{{1,3}})\s(?:in|out\sof)\s(?:every\s)?
        (?:one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,3}})\b(?!\s?%)
        |\b(?:{"|".join(_FRACTION_VALUE).replace(" ", "[ -]")})(?![\w-]))
  | (?P<money>£\s?\d[\d,.]*)
  | (?P<span>(?<![\w.,/])\d{{1,4}}\s?[-–]\s?\d{{1,4}}(?!\w|[.,]\d|\s?%)
        |(?<![\w.,])\d{{1,2}}\sto\s\d{{1,2}}(?=\s(?:years?|child|age|population)\b)
        |(?<![\w.,])\d{{1,3}}(?:\.\d{{1,3}}){{2,5}}(?![\d.]\d))
  | (?<![\w.,/%)\]])(?:(?P<digits>{_DIGITS})(?P<note>\d?)(?!\d)|(?P<words>{_WORDS})(?![\w-]))
        (?:(?P<percent>{_PERCENT})|(?P<per>{_PER}))?
  | \b(?P<no>no)(?=\s(?:(?!longer|more)[\w-]+\s){{0,2}}?
        (?:child|children|young|adoptions?|serious|case|SCRs?|one|looked|care|unaccompanied)\b)
  | \b(?P<none>none|neither)\b
  | \b(?P<all>all|both)\b(?!-)
  | (?P<hidden>\b(?:an?\s)?(?:very\s)?(?:small|low)\snumber\b|\ba\s(?:very\s)?few\b|\bsupp?r?essed\b
        |\btoo\s(?:low|small)\sto\sbe\s(?:reported|published|disclosed)\b)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OTHER_AFTER = re.compile(_AGE_UNIT, re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"\b(?:aged?(?:\s(?:under|over|between|from))?|age\sof|tables?|annex|stage|tier|chapter|paragraph|Year)\s$"
)
_BARE_YEAR = re.compile(r"(?:19[5-9]\d|20[0-4]\d)\d?")
_COUNTED_AFTER = re.compile(r"\s?(?:child|young|pupil|adopt|live|care|of whom)", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:since|in|from|by|during|of|mid-?|to|between|and|until) ?$", re.IGNORECASE)
_SHARED_YEAR = re.compile(r"(?:20)?\d{2}\s?[-–]\s?(?:20)?\d{2}")
_HEDGE = re.compile(
    r"\b(approximately|about|around|nearly|almost|just over|just under|over|under|more than|at least|up to"
    r"|(?:just )?fewer than|(?:just )?less than)\s(?:the\s)?$",
    re.IGNORECASE,
)
_OR_FEWER = re.compile(r"\s(?:or (?:fewer|less))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed. `value` is None where the print hides it; `qualifier` is `approximately` etc.

    `kind`: count, percent, rate (per 10,000), fraction (`one in four`, 0 to 1), all (100), none (0), hidden
    (`a small number`), year, and other (ages, lengths of time, money, ordinals, page and table numbers).
    """

    value: float | int | None
    kind: Kind
    qualifier: str | None
    start: int
    end: int


def number_from_words(words: str) -> int | None:
    """`forty-two` is 42, `one hundred and eighty-two` 182; None where a word is no number."""
    total = current = 0
    for word in re.split(r"[\s-]+", words.strip().lower()):
        if word in ("and", "a"):
            current = current or (1 if word == "a" else 0)
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "thousand":
            total, current = total + max(current, 1) * 1000, 0
        elif word in _WORD_VALUE:
            current += _WORD_VALUE[word]
        else:
            return None
    return total + current


def number_from_digits(digits: str) -> float | int:
    """`62 100`, `42,616` and `3698` are whole numbers, `38.4` is not."""
    plain = re.sub(r"[,\s]", "", digits)
    return float(plain) if "." in plain else int(plain)


def _fraction(printed: str) -> float | None:
    text = " ".join(printed.lower().replace("-", " ").split())
    if text in _FRACTION_VALUE:
        return _FRACTION_VALUE[text]
    ends = re.split(r"\s(?:in|out of)\s(?:every\s)?", text)
    values = [int(end) if end.isdigit() else number_from_words(end) for end in ends]
    if len(values) != 2 or values[0] is None or not values[1]:
        return None
    return values[0] / values[1]


def _kind(text: str, found: re.Match[str]) -> Kind:
    """What a run of digits or number words counts, told from its sign and its neighbours."""
    if found["percent"]:
        return "percent"
    if found["per"]:
        return "rate"
    before = text[max(0, found.start() - 24) : found.start()]
    if _OTHER_AFTER.match(text, found.end()) or _OTHER_BEFORE.search(before):
        return "other"
    digits = found["digits"]
    if digits and _BARE_YEAR.fullmatch(digits) and not _COUNTED_AFTER.match(text, found.end()):
        return "count" if text.startswith(" (", found.end()) and not _YEAR_BEFORE.search(before) else "year"
    return "count"


def _qualified(text: str, number: PrintedNumber) -> PrintedNumber:
    """The number with the word that hedges it; `fewer than five` and `five or fewer` hide the value."""
    before = text[max(0, number.start - 20) : number.start]
    hedge = _HEDGE.search(before)
    fewer = _OR_FEWER.match(text, number.end)
    if fewer:
        words = " ".join(text[number.start : fewer.end()].lower().split())
        return PrintedNumber(None, number.kind, words, number.start, fewer.end())
    if hedge is None:
        return number
    words = " ".join(hedge[1].lower().split())
    hidden = words.endswith(("fewer than", "less than"))
    printed = " ".join(text[number.start : number.end].lower().split())
    return PrintedNumber(
        None if hidden else number.value,
        number.kind,
        f"{words} {printed}" if hidden else words,
        number.start - len(hedge.group()),
        number.end,
    )


def _plain(text: str, found: re.Match[str]) -> PrintedNumber:
    """A run of digits or number words as a number, its footnote mark left out."""
    digits, words = found["digits"], found["words"]
    value = number_from_digits(digits) if digits else number_from_words(words)
    number = PrintedNumber(value, _kind(text, found), None, found.start(), found.end())
    return _qualified(text, number) if number.kind in ("count", "percent", "rate") else number


def find_numbers(text: str) -> list[PrintedNumber]:
    """Every number of the text in order. Dates are not taken out: ask `find_dates` first and mask them."""
    numbers: list[PrintedNumber] = []
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        if found["digits"] or found["words"]:
            numbers.append(_plain(text, found))
        elif found["fraction"]:
            numbers.append(PrintedNumber(_fraction(found.group()), "fraction", None, start, end))
        elif found["span"]:
            shared = len(found.group()) > 6 and _SHARED_YEAR.fullmatch(found.group())
            numbers.append(PrintedNumber(None, "year" if shared else "other", None, start, end))
        elif found["money"]:
            numbers.append(PrintedNumber(None, "other", None, start, end))
        elif found["no"]:
            numbers.append(PrintedNumber(0, "count", None, start, end))
        elif found["none"]:
            numbers.append(PrintedNumber(0, "none", None, start, end))
        elif found["all"]:
            numbers.append(PrintedNumber(100, "all", None, start, end))
        else:
            numbers.append(PrintedNumber(None, "hidden", " ".join(found.group().lower().split()), start, end))
    return numbers
