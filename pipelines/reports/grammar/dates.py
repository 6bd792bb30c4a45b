"""Dates as they are printed in reports: whole days, months, and the ranges of a front page.

Every function takes a stretch of text and gives back what is printed there with its place in the text.
Nothing is guessed: a day that does not exist (31 September) is no date, and a month or year that is missing
is only taken from the other end of the same range, as a reader would.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|sept|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?![a-z])\.?"
)
_DAY = r"(?<![\d,.£])(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:\s?(?:st|nd|rd|th)(?![a-z]))?"
# A footnote's number is often glued to the year ("31 March 20131"), so one or two more digits are let pass.
_YEAR = r"(?:19[89]\d|20[0-4]\d)(?=\d{0,2}(?!\d))(?:\d{1,2}(?![\d,]))?"

_DATE = re.compile(
    # What every date begins with, asked first: a digit or a month's letter.
    rf"(?=[\djfmasond])(?:(?P<d1>{_DAY})[ ,]{{0,2}}\s?(?:of\s)?(?P<m1>{_MONTH})\s{{0,3}},?\s{{0,3}}(?P<y1>{_YEAR})"
    rf"|(?P<m2>(?<![a-z]){_MONTH})\s{{0,3}}(?P<d2>{_DAY}),?\s{{0,3}}(?P<y2>{_YEAR})"
    rf"|(?P<m3>(?<![a-z]){_MONTH})\s{{0,3}},?\s{{0,3}}(?P<y3>{_YEAR})"
    rf"|(?P<d6>{_DAY})\s(?P<m6>{_MONTH})\s(?P<y6>0\d|[12]\d)(?=[,.;)]|$)(?!,\d)"
    r"|(?<![\d/.])(?P<d4>0?[1-9]|[12]\d|3[01])(?P<sep>[/.])(?P<m4>0?[1-9]|1[0-2])(?P=sep)"
    r"(?P<y4>(?:19|20)\d\d|\d\d)(?![\d/])"
    r"|(?<!\d)(?P<y5>20[0-4]\d)-(?P<m5>0[1-9]|1[0-2])-(?P<d5>0[1-9]|[12]\d|3[01])(?!\d))",
    re.IGNORECASE,
)
# "2015/16", "2015-2016", "2015–16": a year that spans two calendar years is not the year 2015.
_YEAR_ALONE = re.compile(r"(?<![\d,.£/–-])(?:199\d|20[0-4]\d)(?![\d%]|,\d|\.\d|\s?[/–-]\s?(?:20)?\d\d)")

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,3})?"
_END = re.compile(
    rf"{_WEEKDAY}(?P<d>{_DAY})(?:\s{{0,3}}(?:of\s)?(?P<m>{_MONTH}))?(?:\s{{0,3}},?\s{{0,3}}(?P<y>{_YEAR}))?",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s{0,3}(?P<join>to|until|through|,?\s?and|[-‐-―─−/,;&])\s{0,3}", re.IGNORECASE)
_RANGE_WORDS = {"to", "until", "through", "/", "-", "─", "−", *map(chr, range(0x2010, 0x2016))}
_VERBS = {"may", "march"}  # in small letters before a year these may be words of a sentence, not months


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed, with its place: a day, a month (no `day`) or a year alone (no `month` either)."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def iso(self) -> str:
        """`2013-03-31`, `2011-01` or `2016`, as exact as the print."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def as_month(self) -> str:
        """The date cut to its month (`2011-01`), or the year alone where no month is printed."""
        return self.iso[:7]


@dataclass(frozen=True, slots=True)
class Period:
    """A front page's range of days: a (first, last) pair for each visit; `fault` says what is wrong."""

    visits: tuple[tuple[date, date], ...]
    text: str
    fault: str | None = None

    @property
    def start(self) -> date | None:
        """The first day of the first visit."""
        return self.visits[0][0] if self.visits else None

    @property
    def end(self) -> date | None:
        """The last day of the last visit."""
        return self.visits[-1][1] if self.visits else None


def month_number(name: str) -> int | None:
    """1 to 12 for a month's full or short name, None for another word."""
    return _MONTH_NUMBER.get(name.strip(" .").lower())


def _year_number(printed: str) -> int:
    return 2000 + int(printed) if len(printed) == 2 else int(printed[:4])


def _day_number(printed: str) -> int:
    found = re.match(r"\d+", printed)
    return int(found.group()) if found else 0


def is_real(year: int, month: int, day: int) -> bool:
    """True when the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _matches(text: str) -> Iterator[tuple[re.Match[str], int, int, int | None]]:
    """Each thing that looks like a date with its year, month and day (None for a month)."""
    for found in _DATE.finditer(text):
        form = next(n for n in "123456" if found[f"y{n}"])
        printed_month = found[f"m{form}"]
        month = int(printed_month) if printed_month.isdigit() else month_number(printed_month)
        day = None if form == "3" else _day_number(found[f"d{form}"])
        if month is not None and not (day is None and printed_month in _VERBS):
            yield found, _year_number(found[f"y{form}"]), month, day


def find_dates(text: str, *, years: bool = False) -> list[PrintedDate]:
    """All dates in the order of the text; with `years` also years that stand alone (but not 2015/16)."""
    dates: list[PrintedDate] = []
    taken: list[int] = []
    for found, year, month, day in _matches(text):
        taken += found.span()
        if day is None or is_real(year, month, day):
            dates.append(PrintedDate(year, month, day, found.start(), found.end()))
    if years:
        dates += [
            PrintedDate(int(found.group()), None, None, found.start(), found.end())
            for found in _YEAR_ALONE.finditer(text)
            if bisect_right(taken, found.start()) % 2 == 0  # an odd place is inside a whole date
        ]
    return sorted(dates, key=lambda printed: printed.start)


def first_date(text: str) -> PrintedDate | None:
    """The first day or month printed, or None."""
    dates = find_dates(text)
    return dates[0] if dates else None


def impossible_dates(text: str) -> list[str]:
    """What is printed as a date but is none, such as `31st September 2017`."""
    return [
        found.group()
        for found, year, month, day in _matches(text)
        if day is not None and not is_real(year, month, day)
    ]


def _in_words(text: str) -> str:
    """The text with `12/10/2016` and `October 12 2016` as `12 October 2016`, the form ranges are read in."""
    pieces, done = [], 0
    for found, year, month, day in _matches(text):
        if found["y1"] is None and day is not None:
            pieces += [text[done : found.start()], f"{day} {MONTHS[month - 1].title()} {year}"]
            done = found.end()
    return "".join([*pieces, text[done:]])


def _ends(text: str) -> tuple[list[re.Match[str]], list[str], int]:
    """The days of the first range in the text, the words between them, and where the range ends."""
    found_all = _END.finditer(text)
    first = next((found for found in found_all if found["m"] or _JOIN.match(text, found.end())), None)
    if first is None:
        return [], [], 0
    ends, joins = [first], []
    while joined := _JOIN.match(text, ends[-1].end()):
        following = _END.match(text, joined.end())
        if following is None:
            break
        ends.append(following)
        joins.append(joined["join"].lower())
    return ends, joins, ends[-1].end()


def _filled(ends: list[re.Match[str]]) -> list[tuple[int, int | None, int | None]]:
    """Day, month and year of each end; what is missing comes from the next end, at the last from before."""
    days = [_day_number(end["d"]) for end in ends]
    months = [month_number(end["m"]) if end["m"] else None for end in ends]
    years = [_year_number(end["y"]) if end["y"] else None for end in ends]
    for i in range(len(ends) - 2, -1, -1):
        following = months[i + 1]
        if months[i] is None:
            months[i] = following
        month = months[i]
        year = years[i + 1]
        if years[i] is None and year is not None and month is not None and following is not None:
            years[i] = year - 1 if month > following else year
    for i in range(1, len(ends)):
        if months[i] is None:
            months[i] = months[i - 1]
        month, before, year = months[i], months[i - 1], years[i - 1]
        if years[i] is None and year is not None and month is not None and before is not None:
            years[i] = year + 1 if month < before else year
    return list(zip(days, months, years, strict=True))


def read_period(text: str) -> Period | None:
    """The inspection dates of a front page line, with a month or year missing at one end, one or more visits.

    None when the text holds no range or day at all. A day that does not exist, a missing year or a range
    that runs backwards is told in `fault`; then `visits` is empty and `text` is there for a problem.
    """
    text = _in_words(text)
    ends, joins, stop = _ends(text)
    if not ends:
        return None
    printed = " ".join(text[ends[0].start() : stop].split())
    days: list[date] = []
    for day, month, year in _filled(ends):
        if month is None or year is None:
            return Period((), printed, f"no month or year is printed in {printed!r}")
        if not is_real(year, month, day):
            return Period((), printed, f"{printed!r} names a day that does not exist")
        days.append(date(year, month, day))
    visits: list[tuple[date, date]] = [(days[0], days[0])]
    for join, day_end in zip(joins, days[1:], strict=True):
        if join in _RANGE_WORDS:
            visits[-1] = (visits[-1][0], day_end)
        else:
            visits.append((day_end, day_end))
    edges = [edge for visit in visits for edge in visit]
    if edges != sorted(edges):
        return Period((), printed, f"{printed!r} runs backwards")
    return Period(tuple(visits), printed)
