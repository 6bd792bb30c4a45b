"""Which recommendation a plan answers: by likeness of the words, with the score kept.

Plans edit a recommendation lightly and number it anew, so the number proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipelines.reports.record import Recommendation

LEAST_SCORE = 0.6  # below this two recommendations are as alike as any two about the same subject
MOST_WORDS = 400  # hostile text must not make the comparison long
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Link:
    """The number (for bullets the place) of the recommendation that is most alike, and how much: 0 to 1."""

    recommendation: str | None
    score: float


def similarity(one: str, other: str) -> float:
    """Share of words two texts have in common in the same order, 0 to 1 (difflib's ratio over words)."""
    first, second = (_WORD.findall(text.lower().replace("’", ""))[:MOST_WORDS] for text in (one, other))
    return round(SequenceMatcher(None, first, second, autojunk=False).ratio(), 3)


def link(text: str, recommendations: Sequence[Recommendation]) -> Link | None:
    """The recommendation most like `text`; the score stays where none is alike enough to be named."""
    if not text or not recommendations:
        return None
    scored = [(similarity(text, item.text), -at) for at, item in enumerate(recommendations)]
    score, at = max(scored)
    best = recommendations[-at]
    name = best.number if best.number is not None else f"bullet {-at + 1}"
    return Link(name if score >= LEAST_SCORE else None, score)
