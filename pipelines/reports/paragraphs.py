"""The paragraphs of the findings: numbered ones, and the unnumbered introduction of an ILACS report.

The numbered items of a list of recommendations are no findings; neither are the area section, the summary for
children and the end matter, none of which is numbered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pipelines.reports.document import Document
from pipelines.reports.list_headings import heading_key, headings

LARGEST_STEP = 6  # numbered recommendations may stand between two paragraphs of the findings
_NUMBER = re.compile(r"(\d{1,3})\.(?!\d)\s*(?=\S)")
_FOOTNOTE = re.compile(r"\d{1,2} ?(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z‘'(]")
_ENDS = (".", "!", "?", ")", "’", "'", "”")
_OWN_TEXT = re.compile(r"overall effectiveness\b", re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its number as printed (None in the introduction) and its lines with their pages."""

    number: str | None
    lines: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    text: str = ""

    def add(self, text: str, page: int | None) -> None:
        """One more line."""
        self.lines.append(text)
        self.pages.append(page)

    def close(self) -> Paragraph:
        """The lines as one text, with the place where each begins."""
        pieces: list[str] = []
        length = 0
        for line in self.lines:
            self.starts.append(length)
            glued = line.endswith("-") and not line.endswith(" -")
            piece = line if glued else line + " "
            pieces.append(piece)
            length += len(piece)
        self.text = "".join(pieces).rstrip()
        return self

    @property
    def ends_a_sentence(self) -> bool:
        """Whether the words so far end like a sentence."""
        return bool(self.lines) and self.lines[-1].endswith(_ENDS)

    def page_at(self, place: int) -> int | None:
        """The page of the line a place in the text belongs to."""
        return self.pages[bisect_right(self.starts, place) - 1] if self.starts else None


def read_paragraphs(document: Document, asked: Collection[str], introduction: bool) -> Iterator[Paragraph]:
    """The paragraphs of the findings; `asked` are the numbers of the recommendations, which are left out."""
    current: Paragraph | None = None
    last = 0
    footnote_page: int | None = None
    for line in document.lines:
        first = line.text[:1]
        numbered = _NUMBER.match(line.text) if first.isdigit() else None
        if numbered and last < int(numbered[1]) <= last + LARGEST_STEP:
            if current is not None and current.lines:
                yield current.close()
            last, introduction, footnote_page = int(numbered[1]), False, None
            current = None if numbered[1] in asked else Paragraph(numbered[1])
            if current is not None:
                current.add(line.text[numbered.end() :], line.page)
        elif introduction and _OWN_TEXT.match(line.text):
            current = Paragraph(None)
        elif current is None or (footnote_page is not None and line.page == footnote_page):
            continue
        elif first.isupper() and _is_heading(line.text):
            if current.lines:
                yield current.close()
            current = None
        elif first.isdigit() and current.ends_a_sentence and _FOOTNOTE.match(line.text):
            footnote_page = line.page
        else:
            current.add(line.text.lstrip("•– ") if first in "•–" else line.text, line.page)
    if current is not None and current.lines:
        yield current.close()


def _is_heading(text: str) -> bool:
    key = heading_key(text)
    return key is not None and (
        headings().ends.fullmatch(key) is not None
        or headings().opening(key) is not None
        or headings().body(key) is not None
    )
