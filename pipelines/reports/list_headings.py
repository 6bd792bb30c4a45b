"""The declared headings of recommendation lists: what opens one, whom it addresses, and what ends it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError

TABLE = Path(__file__).with_name("recommendations.toml")
LONGEST_HEADING = 130
_CONTENTS_ENTRY = re.compile(r".*[ \t.…]\d{1,3}")
_EDGES = re.compile(r"^[^a-z0-9(]+|[^a-z]+$")


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading that opens a list: what its items are and, where the heading says so, whom it addresses."""

    kind: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Headings:
    """The table of headings, compiled once."""

    opens: tuple[tuple[re.Pattern[str], Opening], ...]
    bodies: tuple[tuple[re.Pattern[str], str], ...]
    timescales: re.Pattern[str]
    ends: re.Pattern[str]
    groups: re.Pattern[str]
    nothing_asked: re.Pattern[str]

    def opening(self, key: str) -> Opening | None:
        """What a heading opens, None for any other line."""
        return next((opening for pattern, opening in self.opens if pattern.fullmatch(key)), None)

    def body(self, key: str) -> str | None:
        """Whom the lists after this heading are addressed to, None where the line says nothing of it."""
        return next((body for pattern, body in self.bodies if pattern.fullmatch(key)), None)


@cache
def headings() -> Headings:
    """The table `recommendations.toml`; a broken table is an error that names the file."""
    try:
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        return Headings(
            opens=tuple(
                (re.compile(row["heading"]), Opening(row["kind"], row.get("body"))) for row in table["opens"]
            ),
            bodies=tuple((re.compile(row["heading"]), row["body"]) for row in table["bodies"]),
            timescales=_any_of(row["heading"] for row in table["timescales"]),
            ends=_any_of(row["heading"] for row in table["ends"]),
            groups=_any_of(row["heading"] for row in table["ends"] if row.get("group")),
            nothing_asked=_any_of(row["sentence"] for row in table["nothing_asked"]),
        )
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(f"{TABLE.name} cannot be used as the table of list headings: {error}") from error


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def heading_key(text: str) -> str | None:
    """A line as the table spells headings; None where it cannot be one (too long, small first letter).

    An entry of the table of contents ends in its page and is no heading; a footnote's digit is glued on.
    """
    if len(text) > LONGEST_HEADING or not text or not (text[0].isupper() or text[0] in "'‘"):
        return None
    if _CONTENTS_ENTRY.fullmatch(text):
        return None
    return _EDGES.sub("", text.lower().replace("’", "'")).strip()
