"""The declared words around a figure of the findings: what it counts, whose it is, and what is no figure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError

TABLE = Path(__file__).with_name("findings.toml")
WORDS_BETWEEN = (
    4  # words that may stand between a number and the noun it counts ("sixty very young children")
)


@dataclass(frozen=True, slots=True)
class Comparator:
    """Whose number it is, by the words before or after it."""

    name: str
    rank: int
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The table, compiled."""

    nouns: re.Pattern[str]
    durations: re.Pattern[str]
    before_duration: re.Pattern[str]
    after_duration: re.Pattern[str]
    before_count: re.Pattern[str]
    after_count: re.Pattern[str]
    no_fraction: re.Pattern[str]
    in_order: re.Pattern[str]
    named: re.Pattern[str]
    longest: dict[str, int]
    comparators: tuple[Comparator, ...]

    def counted(self, after: str) -> str | None:
        """The unit of a count from the small-letter words after it, None where no known noun follows."""
        if self.after_count.match(after):
            return None
        noun = self.nouns.match(after)
        return noun.lastgroup if noun else None

    def duration(self, value: float, before: str, after: str) -> str | None:
        """The unit of a length of time that is a figure, None for a rule's, an age or a window's length."""
        found = self.durations.match(after)
        if not found or self.before_duration.search(before) or self.after_duration.match(after, found.end()):
            return None
        unit = found.lastgroup or ""
        return unit if value <= self.longest.get(unit, value) else None

    def comparator(self, before: str, after: str) -> str | None:
        """Whose number it is; None for the authority's own."""
        for rank in (1, 2, 3):
            ranked = [c for c in self.comparators if c.rank == rank]
            for c in ranked:
                if c.after.match(after):
                    return c.name
            for c in ranked:
                if c.before.search(before):
                    return c.name
        return None


@cache
def figure_words() -> FigureWords:
    """The table `findings.toml`; a broken table is an error that names the file."""
    try:
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        nouns = "|".join(f"(?P<{row['unit']}>{row['words']})" for row in table["units"])
        spans = "|".join(f"(?P<{unit}>{words})" for unit, words in table["durations"].items())
        word = rf"(?!(?:{table['phrase']['ends']})\s)[^\W\d][\w'-]*"
        rules = table["not_figures"]
        return FigureWords(
            nouns=re.compile(rf"\s(?:{word}\s){{0,{WORDS_BETWEEN}}}?(?:{nouns})(?![\w'-])"),
            durations=re.compile(rf"[\s-](?:{spans})\b"),
            before_duration=re.compile(rules["before_duration"]),
            after_duration=re.compile(rules["after_duration"]),
            before_count=re.compile(rules["before_count"]),
            after_count=re.compile(rules["after_count"]),
            no_fraction=re.compile(rules["fraction"]),
            in_order=re.compile(table["lists"]["in_order"]),
            named=re.compile(table["lists"]["named"]),
            longest=dict(table["longest"]),
            comparators=tuple(
                Comparator(
                    row["comparator"], row["rank"], re.compile(row["before"]), re.compile(row["after"])
                )
                for row in table["comparators"]
            ),
        )
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(f"{TABLE.name} cannot be used as the table of figure words: {error}") from error
