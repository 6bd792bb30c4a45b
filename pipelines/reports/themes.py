"""Themes of recommendations from a declared vocabulary (`themes.toml`), so that the data holds no sentences.

A theme says that a text uses certain words. It serves to count and to search, and is no judgement.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError

TABLE = Path(__file__).with_name("themes.toml")
LONGEST_TEXT = 4_000  # a longer text is no recommendation but a list whose end was not found
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its name in the data, its label for people, and the words that show it."""

    name: str
    label: str
    words: re.Pattern[str]


@cache
def themes() -> tuple[Theme, ...]:
    """The vocabulary in the order of the table; a broken or double entry is an error that names the file."""
    try:
        rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["themes"]
        found = tuple(Theme(row["theme"], row["label"], re.compile(row["words"])) for row in rows)
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(f"{TABLE.name} cannot be used as the vocabulary of themes: {error}") from error
    names = [theme.name for theme in found]
    double = {name for name in names if names.count(name) > 1}
    if double:
        raise CouncilsError(f"{TABLE.name} names a theme twice: {', '.join(sorted(double))}")
    return found


def themes_of(text: str) -> list[str]:
    """The names of all themes a text speaks of, in the order of the vocabulary; empty where no word fits."""
    small = _SPACE.sub(" ", text[:LONGEST_TEXT].lower().replace("’", "'"))
    return [theme.name for theme in themes() if theme.words.search(small)]
