"""What a report asks for: the items under "Areas for improvement", "Recommendations" and the like.

A row is one item of such a list. `number` is the number printed before it (SIF), None for a bullet
(ILACS, some lists of safeguarding boards): an order is not a number. `body` is whom the list is
addressed to. Headings are data (`recommendations.toml`); the state of the walk is where we are in
the document, never which document it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.reports.document import Document, Line
from pipelines.reports.list_headings import Headings, Opening, heading_key, headings
from pipelines.reports.record import Problem, Recommendation

LONGEST_ITEM = 1_500  # characters; the longest item seen in the corpus has fewer
WITH_LISTS = {None, "sif", "sif_reinspection", "ilacs", "looked_after_2013", "child_protection_2012"}
LARGEST_STEP = 3  # a number may skip paragraphs that ask for nothing, or one that was lost in conversion

_NUMBER = re.compile(r"(\d{1,3})[.)](?!\d)\s*(?=\S)")
_BULLET = re.compile(r"([•–])\s*")
_GRADED = re.compile(r"\b(?:is|are|was|were|outstanding|good|requires?|inadequate|judged)\b")
_ONLY_MARKS = re.compile(r"\d{1,3}|[\W_]{0,6}")
_FOOTNOTE = re.compile(r"\d{1,2} ?[A-Z‘'(]")
_SENTENCE_END = re.compile(r"[.!?:;)]\s?\d{0,2}['’”]?$")


@dataclass(slots=True)
class Item:
    """One item while it is being read; `group` is the printed heading of its part of the list."""

    body: str
    kind: str
    number: str | None
    page: int | None
    group: str | None
    timescale: str | None
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The item's words on one line; a hyphen at a line's end keeps its two halves together."""
        return join_lines(self.parts)

    @property
    def complete(self) -> bool:
        """Whether the words so far end like a sentence."""
        return bool(self.parts) and _SENTENCE_END.search(self.parts[-1][-6:]) is not None


def join_lines(parts: Sequence[str]) -> str:
    """Lines of one paragraph as one line."""
    text = " ".join(part.strip() for part in parts if part.strip())
    return re.sub(r"(?<=\w)- (?!and\b|or\b|to\b)(?=[a-z])", "-", text)


@dataclass(slots=True)
class _Walk:
    """Where the walk is: the body addressed, the open list, its style and its last number."""

    table: Headings
    body: str = "local_authority"
    opening: Opening | None = None
    list_body: str = "local_authority"
    style: str | None = None  # "number", or the bullet's sign
    last: int = 0
    group: str | None = None
    timescale: str | None = None
    item: Item | None = None
    footnote_page: int | None = None
    items: list[Item] = field(default_factory=list)
    headings_seen: list[tuple[str, int | None]] = field(default_factory=list)

    def open(self, opening: Opening) -> None:
        """A list begins; a second heading inside it ("Areas for improvement") only says its kind."""
        fresh = self.opening is None
        self.opening = opening
        self.list_body = opening.body or (self.body if fresh else self.list_body)
        self.body = self.list_body
        self.item = self.group = self.timescale = None
        self.style = None  # under a second heading a numbered list may go on in bullets
        if fresh:
            self.last = 0

    def close(self) -> None:
        """The list is over."""
        self.opening = self.item = self.group = self.timescale = None

    def begin(self, number: str | None, text: str, page: int | None) -> None:
        """A new item."""
        opening = self.opening
        if opening is None:
            return
        self.item = Item(self.list_body, opening.kind, number, page, self.group, self.timescale)
        self.items.append(self.item)
        _add(self, self.item, text)


def read_items(document: Document, framework: str | None = None) -> tuple[list[Item], list[Problem]]:
    """All items with the heading, group and timescale they stand under, and what is odd about the lists."""
    walk = _Walk(headings())
    lines = document.lines
    for at, line in enumerate(lines):
        _step(walk, lines, at, line)
    return walk.items, [*_faults(walk.items), *_missing(walk, document, framework)]


def read_recommendations(
    document: Document, framework: str | None = None
) -> tuple[list[Recommendation], list[Problem]]:
    """The recommendations in the order printed, and a problem for every gap, double or overlong text."""
    items, problems = read_items(document, framework)
    return [Recommendation(item.body, item.number, item.text, item.page) for item in items], problems


def _step(walk: _Walk, lines: Sequence[Line], at: int, line: Line) -> None:
    """Take one line into account."""
    text = line.text
    key = heading_key(text)
    if key and _heading(walk, key, at, lines):
        return
    if walk.opening is None or _skipped(walk, line):
        return
    if _new_item(walk, line):
        return
    if key and _is_group(walk, lines, at):
        walk.group, walk.item = text.strip(" :"), None
    elif walk.item is not None:
        _add(walk, walk.item, _BULLET.sub("", text, count=1))


def _add(walk: _Walk, item: Item, text: str) -> None:
    """More words of an item; a heading may have slipped onto the end of its last line."""
    words, _, tail = text.rpartition(". ")
    key = heading_key(tail) if words else None
    opening = walk.table.opening(key) if key else None
    if opening is None:
        item.parts.append(text)
    else:
        item.parts.append(words + ".")
        walk.open(opening)


def _heading(walk: _Walk, key: str, at: int, lines: Sequence[Line]) -> bool:
    """Whether the line is a heading of the table, and what it does to the walk."""
    opening = walk.table.opening(key)
    if opening is not None:
        walk.open(opening)
        walk.headings_seen.append((lines[at].text, lines[at].page))
        return True
    body = walk.table.body(key)
    if body is not None:
        walk.body = body
    if walk.opening is None:
        return body is not None
    if walk.table.timescales.fullmatch(key):
        walk.timescale, walk.item = key, None
        return True
    if body is None and _names_group(walk, key, at, lines):
        walk.group, walk.item = lines[at].text.strip(" :"), None
        return True
    if walk.table.ends.fullmatch(key) or body is not None:
        walk.close()
        return True
    return False


def _skipped(walk: _Walk, line: Line) -> bool:
    """Marks that stand alone, and a footnote at the foot of a page with its following lines."""
    if _ONLY_MARKS.fullmatch(line.text):
        return True
    if walk.footnote_page is not None and walk.footnote_page == line.page:
        return True
    walk.footnote_page = None
    if _FOOTNOTE.match(line.text) and (walk.item is None or walk.item.complete):
        walk.footnote_page = line.page
        return True
    return False


def _new_item(walk: _Walk, line: Line) -> bool:
    """Whether the line begins an item (or a numbered paragraph that asks for nothing, or the findings)."""
    numbered = _NUMBER.match(line.text)
    if numbered:
        if walk.style not in (None, "number"):
            walk.close()  # bullets are followed by the numbered findings
            return True
        if not _in_order(walk, int(numbered[1])):
            return False
        walk.last = int(numbered[1])
        words = line.text[numbered.end() :]
        if walk.table.nothing_asked.match(words.lower()):
            walk.item = None
            return True
        walk.style = "number"
        walk.begin(numbered[1], words, line.page)
        return True
    bullet = _BULLET.match(line.text)
    if bullet is None or walk.style not in (None, bullet[1]):
        return False
    walk.style = bullet[1]
    walk.begin(None, line.text[bullet.end() :], line.page)
    return True


def _in_order(walk: _Walk, number: int) -> bool:
    """Whether a number continues the list (or begins it)."""
    return walk.last == 0 or 0 < number - walk.last <= LARGEST_STEP


def _names_group(walk: _Walk, key: str, at: int, lines: Sequence[Line]) -> bool:
    """Whether what mostly heads a section of the findings heads a part of a numbered list: no grade, next number."""
    if walk.style != "number" or not walk.table.groups.fullmatch(key) or _GRADED.search(key):
        return False
    following = _NUMBER.match(lines[at + 1].text) if at + 1 < len(lines) else None
    return following is not None and int(following[1]) == walk.last + 1 and _is_group(walk, lines, at)


def _is_group(walk: _Walk, lines: Sequence[Line], at: int) -> bool:
    """Whether a line that looks like a heading stands between two items and names the next ones."""
    if walk.item is not None and not walk.item.complete:
        return False
    if lines[at].text[-1:] in ".;,":
        return False
    for line in lines[at + 1 : at + 3]:
        numbered = _NUMBER.match(line.text)
        if numbered:
            return walk.style in (None, "number") and _in_order(walk, int(numbered[1]))
        if heading_key(line.text) is None:
            return False
    return False


def _faults(items: Sequence[Item]) -> Iterator[Problem]:
    """Gaps, doubles and overlong texts: signs that a list was not read as it stands."""
    last: dict[str, int] = {}
    for item in items:
        if len(item.text) > LONGEST_ITEM:
            yield Problem(
                f"The recommendation beginning {item.text[:40]!r} has {len(item.text)} characters; "
                "its end was probably not found.",
                item.page,
            )
        if item.number is None:
            continue
        number, before = int(item.number), last.get(item.body)
        if before is not None and number != before + 1:
            yield Problem(f"After recommendation {before} ({item.body}) comes {number}.", item.page)
        last[item.body] = number


def _missing(walk: _Walk, document: Document, framework: str | None) -> Iterator[Problem]:
    """A report without any item: whether it has such a heading at all."""
    if walk.items or not document.lines or framework not in WITH_LISTS:
        return
    if walk.headings_seen:
        heading, page = walk.headings_seen[-1]
        yield Problem(f"Under the heading {heading!r} stands no list.", page)
    else:
        yield Problem("The document has no heading for recommendations or areas for improvement.")
