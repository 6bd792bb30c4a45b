"""Council packs: a report found inside a longer document of the council.

A pack is a document in which an inspection report begins after, or ends before, a good deal of other
text: the covering report of an officer, an action plan, a constitution. The report is one source, the
rest is another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.reports.document import Document, Line

LEAST_OTHER_LINES = 12  # before its title a report alone has a logo's words or a page number at most
TITLE_ABOVE_DATES = 10  # lines between a report's title and its inspection dates
SHORTEST_REPORT = 30  # lines; nearer to its beginning a copyright line belongs to the front page

_DATES = re.compile(r"(?:inspection|review|visit) dates?\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:re-?|single )?inspection of\b.{0,80}\b(?:children|looked after|safeguarding|services)"
    r"|(?:re-?)?inspection of [A-Z]|review of the effectiveness of the local safeguarding",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"(?:re-?)?inspection of (?:services|local authority|children|looked after|safeguarding)|review of",
    re.IGNORECASE,
)
_END = re.compile(r"©\s?crown copyright", re.IGNORECASE)


def split_pack(document: Document) -> tuple[Document, Document] | None:
    """The report and everything around it, or None where the document is a report alone (most are)."""
    lines = document.lines
    start = _start(lines)
    if start is None:
        return None
    end = _end(lines, start)
    if start < LEAST_OTHER_LINES and len(lines) - end < LEAST_OTHER_LINES:
        return None
    around = replace(document, lines=[*lines[:start], *lines[end:]], problems=[], furniture=[])
    return document.part(start, end), around


def _start(lines: Sequence[Line]) -> int | None:
    """The first line of the report: its title with the authority's name above it."""
    for at, line in enumerate(lines):
        if not _DATES.match(line.text):
            continue
        for title in range(at - 1, max(-1, at - 1 - TITLE_ABOVE_DATES), -1):
            if _TITLE.match(lines[title].text) and not _is_review_after_title(lines, title):
                return title - 1 if title and _names_authority(lines, title) else title
    return None


def _is_review_after_title(lines: Sequence[Line], at: int) -> bool:
    """On a front page the board's review stands below the inspection's title, which begins the report."""
    if not lines[at].text.lower().startswith("review"):
        return False
    return any(_TITLE.match(line.text) for line in lines[max(0, at - 4) : at])


def _names_authority(lines: Sequence[Line], title: int) -> bool:
    """Whether the line above a title without a name is the authority's name."""
    above = lines[title - 1].text
    return (
        bool(_NAMELESS.match(lines[title].text))
        and len(above) <= 70
        and above[:1].isupper()
        and above[-1:] not in ".:;"
        and not above.lower().startswith(("this page", "appendix", "agenda"))
    )


def _end(lines: Sequence[Line], start: int) -> int:
    """One past the report's last line, its copyright; the end of the document where that is missing."""
    for at in range(start + SHORTEST_REPORT, len(lines)):
        if _END.search(lines[at].text):
            return at + 1
    return len(lines)
