"""The front of a report: its title, the dates of the inspection, when it was published and who led it.

Found by words: the line that begins with "Inspection date". It need not be on the first page of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from pipelines.reports.document import Document
from pipelines.reports.grammar import Period, find_dates, read_period
from pipelines.reports.record import Problem

_DATES = re.compile(r"^(?:inspection|visit|review)\s+dates?\b[ :]*", re.IGNORECASE | re.MULTILINE)
# What may follow the dates on a front page; the dates end where one of these begins.
_NEXT = re.compile(
    r"^(?:(?:lead|reporting)\s+inspector|(?:report\s+)?published|age\s+group|judge?ment\b|children[’']?s|the\s|this\s|"
    r"local\s+authority|overall\b|since\b|there\b|we\b|in\s)",
    re.IGNORECASE | re.MULTILINE,
)
_TABLE = re.compile(r"^judge?ments?\s+grades?[ ]*$", re.IGNORECASE | re.MULTILINE)
_PUBLISHED = re.compile(
    r"^(?:report\s+)?published(?:\s+on)?\s*:\s*(?P<date>[^\n]{4,40})", re.IGNORECASE | re.MULTILINE
)
_LEAD = re.compile(
    r"^(?:lead|reporting)\s+inspectors?(?:\s+on\s+site)?\s*:?[ \t]+(?P<name>[A-Z][^\n]{3,80})",
    re.IGNORECASE | re.MULTILINE,
)
_RANK = re.compile(
    r"[\s,(]*\b(?:HMI|H(?:is|er)\s+Majesty[’']?s?\s+Inspectors?|Ofsted\s+Inspector|Senior\s+HMI|SHMI)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"\s\d{1,3}$")
_TITLE_LINES = 15
_FRONT_LINES = 60


@dataclass(frozen=True)
class Front:
    """Places in the document's text, and what the front page prints."""

    start: int
    table_start: int
    end: int
    title: str
    dates_printed: str | None = None
    period: Period | None = None
    published_printed: str | None = None
    published: str | None = None
    lead_inspector: str | None = None
    has_grades: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def begun(self) -> date | None:
        """The first day of the inspection."""
        return self.period.start if self.period else None

    def title_has(self, words: str) -> bool:
        """Whether the title has these words, whatever its line breaks and capitals."""
        return words in self.title


def read_front(document: Document) -> Front:
    """The front of the report a document begins with; without the line of dates, its first page."""
    text = document.text
    label = _DATES.search(text)
    if label is None:
        end = _page_end(document, 0)
        title = _squash(text[: document.offset_of(_TITLE_LINES)])
        has_grades = _TABLE.search(text, 0, end) is not None
        return Front(0, 0, end, title, lead_inspector=_lead(text), has_grades=has_grades)
    at = document.line_at(label.start())
    first = _page_start(document, at)
    start, end = document.offset_of(first), _page_end(document, at)
    problems: list[Problem] = []
    printed, period = _period(document, label.end(), problems)
    published_printed, published = _published(document, start, end, period, problems)
    header = _TABLE.search(text, label.end(), end)
    return Front(
        start=start,
        table_start=header.end() if header else label.end(),
        end=end,
        title=_squash(text[start : label.start()]),
        dates_printed=printed,
        period=period,
        published_printed=published_printed,
        published=published,
        lead_inspector=_lead(text),
        has_grades=header is not None,
        problems=problems,
    )


def _page_start(document: Document, at: int) -> int:
    page = document.lines[at].page
    first = at
    while first > 0 and at - first < _TITLE_LINES and document.lines[first - 1].page == page:
        first -= 1
    return first


def _page_end(document: Document, at: int) -> int:
    """Where the front ends: with its page, or after as many lines as a front page has."""
    if not document.lines:
        return 0
    page = document.lines[at].page
    last = at
    while last < len(document.lines) and last - at < _FRONT_LINES and document.lines[last].page == page:
        last += 1
    return max(0, document.offset_of(last) - 1)


def _period(document: Document, begin: int, problems: list[Problem]) -> tuple[str | None, Period | None]:
    text = document.text
    stop = _NEXT.search(text, begin, begin + 220)
    printed = " ".join(text[begin : stop.start() if stop else min(len(text), begin + 120)].split())
    page = document.page_at(begin)
    period = read_period(printed)
    problems += _header_dates(document, period)
    if period is None:
        problems.append(Problem(f"The dates of the inspection could not be read: {printed[:80]!r}.", page))
        return printed or None, None
    if period.fault:
        problems.append(Problem(f"The dates of the inspection could not be read: {period.fault}.", page))
    return printed[:120], period


def _header_dates(document: Document, period: Period | None) -> list[Problem]:
    """A problem where the running header, a second place for the dates, does not begin on the same day."""
    for line in document.furniture[:4]:
        header = read_period(_PAGE.sub("", line.text))
        if header and header.start and period and period.start and header.start != period.start:
            front, other = period.start.isoformat(), header.start.isoformat()
            return [
                Problem(
                    f"The inspection began on {front} by its front page, on {other} by its headers.",
                    line.page,
                )
            ]
    return []


def _published(
    document: Document, start: int, end: int, period: Period | None, problems: list[Problem]
) -> tuple[str | None, str | None]:
    found = _PUBLISHED.search(document.text, start, end)
    if found is None:
        return None, None
    printed = found["date"].strip()
    dates = [one for one in find_dates(printed) if one.day is not None]
    if not dates:
        problems.append(
            Problem(
                f"The date of publication could not be read: {printed!r}.", document.page_at(found.start())
            )
        )
        return printed, None
    iso = dates[0].iso
    if period and period.end and iso < period.end.isoformat():
        problems.append(
            Problem(
                f"The report is dated {iso}, before the inspection ended ({period.end.isoformat()}).",
                document.page_at(found.start()),
            )
        )
    return printed, iso


def _lead(text: str) -> str | None:
    found = _LEAD.search(text)
    if found is None:
        return None
    name = " ".join(_RANK.sub("", found["name"]).split()).strip(" ,:;")
    return name or None


def _squash(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
