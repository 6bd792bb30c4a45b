"""The section "Information about this local authority area" as blocks of items, without its footnotes.

A SIF report prints its area's figures as lists under a handful of headings. Lists lose their marks in some
files and footnotes fall into the middle of others, so an item is a stretch of text between list marks, with
the page of every part of it; which number means what is not decided here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.reports.document import Document, Line

MAX_LINES = 220
MAX_LINE = 4_000
MAX_ITEM = 8_000  # the longest real item has about 1,000 characters

_TITLE = re.compile(
    r"information about (?:this|the) (?:local authority|(?:local authority )?area)\W*\d{0,2}\W*",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"(?:summary of )?progress (?:made )?since (?:the |its |our )?(?:last|previous|most recent) (?:ofsted )?"
    r"inspections?\W*",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\d{1,3}\.\s+(?=[A-Z‘'])")
_TITLE_HALF = re.compile(r"information about (?:this|the) local(?: authority)?", re.IGNORECASE)
_END = re.compile(
    r"(?:executive summary|inspection judge?ments?\b.*|recommendations?(?: for\b.{0,40})?\W*\d{0,3}|summary for children\b.*"
    r"|summary of (?:key )?findings\b.*|what the inspection\b.*|section \d(?!\d).*|the inspection judge?ments\b.*"
    r"|information about this (?:local authority )?area.{0,4}|key strengths.*|areas for (?:development|improvement).*"
    r"|the experiences and progress of .{0,90}|(?:the )?local authority has the following strengths.*)",
    re.IGNORECASE,
)

# Headings inside the section and the block they open; the first that fits counts.
BLOCKS: tuple[tuple[str, str], ...] = (
    (
        "inspections",
        r"(?:Previous|Other|Earlier|Recent|Last|Past) (?:[Oo]fsted )?[Ii]nspections?(?: history| outcomes?)?",
    ),
    ("inspections", r"(?:Ofsted )?[Ii]nspection history"),
    ("leadership", r"Local [Ll]eadership"),
    ("living", r"(?:Children(?: and young people)?|Young people) living {place}"),
    ("protection", r"(?:Child protection|Safeguarding|Children in need) {place}"),
    ("looked_after", r"(?:Children(?: and young people)?|Young people) (?:looked after|in care) {place}"),
    ("looked_after", r"Looked after children {place}"),
    ("other", r"(?:Other|Additional|Further)(?: contextual)? information(?: about [^.,:;%]{2,60})?"),
    ("other", r"The (?:casework|social work|practice) model.{0,40}"),
)
_PLACE = r"(?:in|on) (?:this|the|[A-Z])[^.,:;%\d]{1,50}"
_BLOCK = tuple(
    (block, re.compile(rf"{words.replace('{place}', _PLACE)} ?:?\W?\d{{0,2}}")) for block, words in BLOCKS
)

_MARK = re.compile(r"^(?:[•–—-]|o(?= [A-Z\d]))\s*")
_STRAY = re.compile(r"\[?\d{1,3}\]?(?:[ |]\d{1,3})?|[-–—•|.*]")
# A note begins with its number and a capital, or with words that every report's notes share.
_NOTE_CAPITAL = re.compile(
    r"\[?\(?\d{1,2}[\])]?\s?(?:(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s\d)[A-Z‘'\"]|www|http)"
)
_KNOWN_NOTE = re.compile(
    r"(?:\[?\d{1,2}\]?\s?)?(?:the local authority was given the opportunity|these are residential special)",
    re.IGNORECASE,
)
# Two items printed without a space between them ("... authority areaOne child is ...").
_GLUED = re.compile(
    r"(?<=[a-z])(?=(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|No|None|There)\b)|(?<= is)(?=\d)"
)
_LAST_MARK = re.compile(r"(?<=[a-z][.:;])\d{1,2}$")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Item:
    """A list item, or a sentence outside a list, its lines joined; `pages` maps offsets to pages."""

    block: str
    text: str
    pages: tuple[tuple[int, int | None], ...]

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` is printed."""
        return self.pages[bisect_right([start for start, _ in self.pages], offset) - 1][1]


def block_of(text: str) -> str | None:
    """The block that a line opens as a heading, or None."""
    if len(text) > 90 or text[:1] in "•–":
        return None
    return next((block for block, words in _BLOCK if words.fullmatch(text)), None)


def find_section(lines: list[Line]) -> tuple[int, int] | None:
    """First and last line of the section's body (end not included); None where a report has none.

    A table of contents names the section too, so a title only counts when a heading of the section follows
    before the next section begins, and the last such title is the section's.
    """
    titles = (_body_start(lines, at, line.text) for at, line in enumerate(lines) if "nformation" in line.text)
    for begin in reversed([begin for begin in titles if begin is not None]):
        end = _section_end(lines, begin)
        if any(block_of(line.text) for line in lines[begin : min(end, begin + 30)]):
            return begin, end
    first = next((at for at, line in enumerate(lines) if block_of(line.text) == "living"), None)
    return None if first is None else (first, _section_end(lines, first))


def _body_start(lines: list[Line], at: int, text: str) -> int | None:
    if len(text) > 80:
        return None
    if _TITLE.fullmatch(text):
        return at + 1
    if _TITLE_HALF.fullmatch(text) and at + 1 < len(lines):
        joined = f"{text} {lines[at + 1].text}"
        return at + 2 if _TITLE.fullmatch(joined) else None
    return None


def _section_end(lines: list[Line], begin: int, *, prose: bool = False) -> int:
    """Where the next section begins; in prose a line that goes on in small letters is a sentence, no heading."""
    last = min(len(lines), begin + MAX_LINES)
    for at in range(begin, last):
        text = lines[at].text
        if len(text) >= 120 or not (text[:1].isupper() or text[:1].isdigit()) or not _END.fullmatch(text):
            continue
        if not (prose and at + 1 < len(lines) and lines[at + 1].text[:1].islower()):
            return at
    return last


def _is_note(text: str) -> bool:
    return bool(_KNOWN_NOTE.match(text) or _NOTE_CAPITAL.match(text))


def _without_notes(lines: list[Line], media: str) -> list[Line]:
    """The lines without footnotes: in a PDF from the first note to the page's end, else line by line."""
    if media == "text":
        return [line for line in lines if not (_is_note(line.text) or _STRAY.fullmatch(line.text))]
    kept: list[Line] = []
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and lines[stop].page == lines[start].page:
            stop += 1
        kept += _page_without_notes(lines[start:stop])
        start = stop
    return kept


def _page_without_notes(page: list[Line]) -> list[Line]:
    """One page's lines up to its notes, which stand below all else and hold no list item or heading."""
    tail = len(page)
    while tail and not _MARK.match(page[tail - 1].text) and block_of(page[tail - 1].text) is None:
        tail -= 1
    end = next((at for at in range(tail, len(page)) if _is_note(page[at].text)), len(page))
    while end > tail and _STRAY.fullmatch(page[end - 1].text):
        end -= 1
    return [line for line in page[:end] if not (_STRAY.fullmatch(line.text) or _KNOWN_NOTE.match(line.text))]


def _begins_item(text: str, media: str) -> bool:
    """Whether an unmarked line begins an item: only in conversions, where a line is a paragraph."""
    if media == "pdf":
        return False
    return not (text[:1].islower() or text[:1] in ",.;:)(" or _YEAR_FIRST.match(text))


def read_items(document: Document) -> list[Item]:
    """The section's items in order, each with its block; empty where the report has no such section."""
    place = find_section(document.lines)
    return [] if place is None else _items(document, *place, "unknown")


def elsewhere(document: Document) -> Iterator[list[Item]]:
    """Where earlier inspections may be named outside the area section, in some reports of 2014 and 2015.

    First under a heading of their own, then in the prose under "Progress since the last inspection".
    """
    lines = document.lines
    heading = next((at for at, line in enumerate(lines) if block_of(line.text) == "inspections"), None)
    if heading is not None:
        found = _items(document, heading, _section_end(lines, heading), "inspections")
        yield found[: next((at for at, item in enumerate(found) if item.block != "inspections"), len(found))]
    for at, line in enumerate(lines):
        if _PROGRESS.fullmatch(line.text):
            yield _items(document, at + 1, _section_end(lines, at + 1, prose=True), "prose")


def _items(document: Document, begin: int, end: int, block: str) -> list[Item]:
    """The items of some lines, beginning in `block`."""
    items: list[Item] = []
    text, pages = "", [(0, document.lines[begin].page if begin < end else None)]

    def finish() -> None:
        if text.strip() and not _STRAY.fullmatch(text.strip()):
            items.append(Item(block, _LAST_MARK.sub("", text), tuple(pages)))

    # A damaged document may hold lines without a letter: they join nothing.
    lines = [replace(line, text=line.text[:MAX_LINE]) for line in document.lines[begin:end] if line.text]
    for line in _without_notes(lines, document.media):
        opened = block_of(line.text)
        marked = _MARK.match(line.text) or (_PARAGRAPH.match(line.text) if block == "prose" else None)
        if opened or marked or _begins_item(line.text, document.media):
            finish()
            block = opened or block
            text = "" if opened else _GLUED.sub(" ", line.text[marked.end() if marked else 0 :])
            pages = [(0, line.page)]
            continue
        if len(text) > MAX_ITEM:
            finish()
            text, pages = "", [(0, line.page)]
        glue = "" if not text or text.endswith("-") or line.text[0] in ",.;:)" else " "
        if line.page != pages[-1][1]:
            pages.append((len(text) + len(glue), line.page))
        text += glue + _GLUED.sub(" ", line.text)
    finish()
    return items
