"""A document as lines of clean text with their pages: PDF, or a text or Markdown conversion.

Everything the eras read passes through here once. Lines keep the order of the text layer; no
coordinate is used.
Conventions a reader of the lines may rely on:

- a first-level list item starts with "• ", a second-level one with "– ";
- cells of a table row in a text conversion are separated by a tab, paragraphs inside one cell by
  a vertical tab;
- a hyphen at a line break is a plain "-"; all dashes inside a line stay as printed;
- page numbers and running headers are taken out of `lines` and kept in `furniture`.
"""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Literal

from pipelines.reports.normalise import clean_page, clean_text_lines, is_page_number, running_lines
from pipelines.reports.record import Problem

MAX_BYTES = 200_000_000
MAX_PAGES = 1_200
MAX_CHARS = 12_000_000
MAX_PAGE_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `page` is 1-based, or `None` where a conversion has lost its pages."""

    page: int | None
    text: str
    heading: bool = False


@dataclass
class Document:
    """The lines of one file, what was set aside from them, and what could not be read."""

    path: str
    sha256: str
    media: Literal["pdf", "text"]
    lines: list[Line]
    page_count: int
    problems: list[Problem] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    readable: bool = True
    ocr_pages: list[int] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """All lines joined by line breaks: for patterns that run over a line's end."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line.text) + 1 for line in self.lines), initial=0))

    def line_at(self, offset: int) -> int:
        """The index of the line that holds this place of `text`."""
        return max(0, min(bisect_right(self._starts, offset) - 1, len(self.lines) - 1))

    def offset_of(self, line: int) -> int:
        """Where a line begins in `text`; the end of the text for a line past the last."""
        return self._starts[min(line, len(self.lines))]

    def page_at(self, offset: int) -> int | None:
        """The page of a place of `text`."""
        return self.lines[self.line_at(offset)].page if self.lines else None

    def part(self, start: int, end: int) -> Document:
        """Only the lines `start` to `end` (end not included); problems stay with the whole."""
        return Document(self.path, self.sha256, self.media, self.lines[start:end], self.page_count)


def read_document(path: str | Path, *, deadline: float | None = None) -> Document:
    """Read one file. Never raises for what the file holds: a file that cannot be read has `readable = False`.

    `deadline` is a `time.monotonic()` value after which no further page is begun.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file():
            return _unreadable(path, "", "This is a folder or a device, not a file.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            return _unreadable(path, "", f"The file has {size:,} bytes; at most {MAX_BYTES:,} are read.")
        data = path.read_bytes()
    except OSError as error:
        return _unreadable(path, "", f"The file could not be opened: {error.strerror}.")
    sha256 = hashlib.sha256(data).hexdigest()
    if b"%PDF" in data[:1024]:
        from pipelines.reports.pdf import pdf_document  # the PDF library is loaded only when a PDF comes

        return pdf_document(path, data, sha256, deadline)
    fault = _fault(path, data)
    return _unreadable(path, sha256, fault) if fault else _text_document(path, data, sha256)


def _fault(path: Path, data: bytes) -> str | None:
    """Why a file that is no PDF cannot be text either; `None` where it may be."""
    if not data.strip():
        return "The file is empty."
    if data[:1024].lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "The file is a web page, not a report (a download that failed)."
    if path.suffix.lower() == ".pdf":
        return "The file is named .pdf but does not begin like a PDF."
    return "The file is neither a PDF nor text." if b"\0" in data[:65536] else None


def assemble(
    path: Path, sha256: str, pages: list[str], problems: list[Problem], page_count: int | None = None
) -> Document:
    """A PDF's document from the raw text of its pages: cleaned, page furniture set aside."""
    cleaned = [clean_page(text) for text in pages]
    running = running_lines(cleaned)
    lines: list[Line] = []
    furniture: list[Line] = []
    for number, page in enumerate(cleaned, start=1):
        last = len(page) - 1
        for at, text in enumerate(page):
            edge = at < 3 or at > last - 3
            if edge and (is_page_number(text, number) or (number, at) in running):
                furniture.append(Line(number, text))
            else:
                lines.append(Line(number, text))
    count = len(pages) if page_count is None else page_count
    return Document(str(path), sha256, "pdf", lines, count, problems, furniture)


def past(deadline: float | None) -> bool:
    """Whether the time allowed for a file is over."""
    return deadline is not None and time.monotonic() > deadline


def _unreadable(path: Path, sha256: str, what: str) -> Document:
    media: Literal["pdf", "text"] = "pdf" if path.suffix.lower() == ".pdf" else "text"
    return Document(str(path), sha256, media, [], 0, [Problem(what)], readable=False)


def _text_document(path: Path, data: bytes, sha256: str) -> Document:
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        problems.append(Problem("The text is not UTF-8; it was read as Windows-1252, so signs may be wrong."))
    if len(text) > MAX_CHARS:
        problems.append(Problem(f"Only the first {MAX_CHARS:,} of {len(text):,} characters were read."))
        text = text[:MAX_CHARS]
    sheets = text.split("\f")
    paged = len(sheets) > 1
    lines = [
        Line(number if paged else None, line, heading)
        for number, sheet in enumerate(sheets, start=1)
        for line, heading in clean_text_lines(sheet)
    ]
    document = Document(str(path), sha256, "text", lines, len(sheets) if paged else 0, problems)
    if not lines:
        document.readable = False
        problems.append(Problem("The file holds no text."))
    return document
