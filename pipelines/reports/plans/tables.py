"""The tables of a plan: which lines are a plan's header, and its rows with all their cells in place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError
from pipelines.reports.document import Document, Line
from pipelines.reports.normalise import clean_text_lines

TABLE = Path(__file__).with_name("columns.toml")
_LETTERS = re.compile(r"[^a-z&]+")
_OUTER_PIPES = re.compile(r"^[ ]*\|(.*?)\|?[ ]*$")


@dataclass(frozen=True, slots=True)
class Header:
    """Which column of a table holds what, by the names of `columns.toml`."""

    columns: dict[str, int]

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The row's cell in a column, empty where the row is shorter or the table has no such column."""
        at = self.columns.get(column)
        return cells[at].strip() if at is not None and at < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Names:
    """The table of column names, compiled."""

    columns: dict[str, re.Pattern[str]]
    needed: frozenset[str]


@cache
def _names() -> Names:
    try:
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        columns = {column: re.compile(words) for column, words in table["columns"].items()}
        return Names(columns, frozenset(table["needed"]["columns"]))
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(
            f"{TABLE.name} cannot be used as the table of a plan's columns: {error}"
        ) from error


def read_header(text: str) -> Header | None:
    """The columns of a plan's table, None for any other line."""
    if "\t" not in text or len(text) > 400:
        return None
    names = _names()
    found: dict[str, int] = {}
    for at, cell in enumerate(text.split("\t")):
        key = _LETTERS.sub("", cell.lower())
        column = next((column for column, words in names.columns.items() if words.fullmatch(key)), None)
        if column is not None and column not in found:
            found[column] = at
    return Header(found) if names.needed <= found.keys() else None


def plan_lines(document: Document) -> list[Line]:
    """The document's lines with every table row's cells in place, empty ones at the beginning too.

    The lines of a conversion drop the empty cells before a Markdown row's first word. Where most cells
    of a row are empty their place says what a cell means, so the rows are split again from the file.
    """
    if document.media != "text" or not Path(document.path).is_file():
        return document.lines
    text = Path(document.path).read_text(encoding="utf-8-sig", errors="replace")
    pages = text.split("\f")
    return [
        Line(number if len(pages) > 1 else None, line, heading)
        for number, page in enumerate(pages, start=1)
        for line, heading in clean_text_lines("\n".join(_tabbed(page)))
    ]


def _tabbed(page: str) -> Iterator[str]:
    for line in page.split("\n"):
        piped = _OUTER_PIPES.match(line) if line.lstrip(" ").startswith("|") else None
        yield "\t".join(cell.strip() for cell in piped[1].split("|")) if piped else line
