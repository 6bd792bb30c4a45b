"""The declared words of earlier inspections: what was inspected, how it was judged, what is no such inspection."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.errors import CouncilsError

TABLE = Path(__file__).with_name("previous_inspections.toml")


@dataclass(frozen=True, slots=True)
class InspectionWords:
    """The table, compiled. `phrases` are the patterns of its part `sentence`, `prose` those of its part `prose`.

    Before `single_since`, a month, there was no single inspection.
    """

    subject: re.Pattern[str]
    grade: re.Pattern[str]
    grade_for: re.Pattern[str]
    part: re.Pattern[str]
    part_beside_overall: re.Pattern[str]
    grades: tuple[tuple[re.Pattern[str], str], ...]
    phrases: dict[str, re.Pattern[str]]
    prose: dict[str, re.Pattern[str]]
    single_since: str

    def has(self, phrase: str, words: str) -> bool:
        """Whether a phrase of the table stands in the words."""
        return self.phrases[phrase].search(words) is not None

    def subjects(self, words: str) -> list[str]:
        """What the words name as inspected, in order, each as often as it is named."""
        return [found.lastgroup or "" for found in self.subject.finditer(words)]

    def services(self, named: Sequence[str], date: str | None) -> list[str]:
        """Each service once, those that say the same as one, for an inspection of this date.

        "Safeguarding arrangements / arrangements for the protection of children" is one; what is named beside a
        single inspection is a part of it, but "children's services" before its time are just those named.
        """
        once = list(dict.fromkeys(named))
        if date is not None and date[:7] < self.single_since[: len(date)] and len(once) > 1:
            once = [one for one in once if one != "single_inspection"]
        if "single_inspection" in once:
            return ["single_inspection"]
        if "safeguarding" in once and "child_protection" in once:
            once.remove("child_protection")
        return once

    def grade_name(self, printed: str) -> str | None:
        """The record's word for a printed grade; None for a word that is of no scale."""
        plain = " ".join(printed.lower().split())
        return next((name for pattern, name in self.grades if pattern.fullmatch(plain)), None)


@cache
def inspection_words() -> InspectionWords:
    """The table `previous_inspections.toml`; a broken table is an error that names the file."""
    try:
        return _compiled(tomllib.loads(TABLE.read_text(encoding="utf-8")))
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(
            f"{TABLE.name} cannot be used as the table of words for earlier inspections: {error}"
        ) from error


def _compiled(table: dict[str, Any]) -> InspectionWords:
    rules = table["grade"]
    scale = "|".join(table["grades"])

    def pattern(words: str) -> re.Pattern[str]:
        return re.compile(words.replace("{grade}", scale), re.IGNORECASE)

    subjects = "|".join(f"(?P<{name}>{words})" for name, words in table["subjects"].items())
    phrases = {name: pattern(words) for name, words in table["sentence"].items() if name != "ends"}
    phrases["whole"] = pattern(table["whole"]["words"])
    # Where a sentence ends is told by its capitals.
    phrases["ends"] = re.compile(table["sentence"]["ends"])
    return InspectionWords(
        subject=pattern(subjects),
        grade=pattern(rf"{rules['not_after']}\b(?:{scale}|{rules['no_scale']})\b(?={rules['before']})"),
        grade_for=pattern(rules["is_for"]),
        part=pattern(rules["part"]),
        part_beside_overall=pattern(rules["part_beside_overall"]),
        grades=tuple((re.compile(words), name) for words, name in table["grades"].items()),
        phrases=phrases,
        prose={name: pattern(words) for name, words in table["prose"].items()},
        single_since=table["whole"]["since"],
    )
