"""Other choices that were as good as an answer's own: what each gives, and whether the answer changes.

Every headline is asked under each kind of choice of `KINDS`. Where a kind does not apply, a row says why, so that none
is left out in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.relations.answer import Answer, Estimate, Row

SMALL = "very small councils"
YEAR = "year"
RULE = "grade rule"
ADJUSTMENT = "adjustment"
JOINT_ROWS = "joint rows"
VINTAGE = "vintage"
METHOD = "method"
#: The kinds of choice that every headline is asked under.
KINDS = (SMALL, YEAR, RULE, ADJUSTMENT, JOINT_ROWS, VINTAGE)

WITHOUT_SMALL = "without City of London and Isles of Scilly"
FIRST_PUBLISHED = "figures as first published"
JOINT_TO_BOTH = "a figure of two authorities together given to both"
VERY_SMALL = ("201", "420")


@dataclass(frozen=True, slots=True)
class Choice:
    """One other choice: its estimate, or why there is none; `against` where it is not compared with the headline."""

    kind: str
    choice: str
    estimate: Estimate | None
    note: str = ""
    against: Estimate | None = None
    no_link: float | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """An answer, the one estimate its title states, the value of no link (None: it has none), and the other choices."""

    answer: Answer
    estimate: Estimate
    no_link: float | None
    choices: tuple[Choice, ...]

    def table(self, answer_id: str) -> list[Row]:
        """One row per choice, the headline first."""
        first = _row(answer_id, Choice("headline", "headline", self.estimate), self.no_link, None)
        return [first, *(self._row(answer_id, choice) for choice in self.choices)]

    def _row(self, answer_id: str, choice: Choice) -> Row:
        null = self.no_link if choice.no_link is None else choice.no_link
        return _row(answer_id, choice, null, changes(choice.against or self.estimate, choice.estimate, null))

    def changed(self, kind: str | None = None) -> list[str]:
        """The choices (of one kind) under which the answer changes."""
        return [
            row["choice"]
            for row in self.table("")
            if row["answer_changes"] and (kind is None or row["kind"] == kind)
        ]

    def checks(self) -> tuple[str, ...]:
        """Two sentences for the answer's caveats: on the first published figures, and under the other choices."""
        asked = [row for row in self.table("") if row["answer_changes"] is not None]
        changing = self.changed()
        others = (
            f"Under {len(changing)} of {len(asked)} other choices the answer changes: {'; '.join(changing)}."
            if changing
            else f"Under none of {len(asked)} other choices does the answer change."
        )
        return self._first_published(), others

    def _first_published(self) -> str:
        found = [choice for choice in self.choices if choice.kind == VINTAGE]
        told = [choice for choice in found if choice.estimate and choice.estimate.value is not None]
        if not told:
            return f"First published figures: {found[0].note if found else 'not asked'}."
        then = told[0].estimate
        if FIRST_PUBLISHED in self.changed(VINTAGE):
            return f"THE ANSWER CHANGES on the figures as first published ({_numbers(then)} then; {_numbers(self.estimate)} now)."
        return f"On the figures as first published: {_numbers(then)}; now: {_numbers(self.estimate)}."


def _numbers(estimate: Estimate | None) -> str:
    from pipelines.relations.words import interval

    return interval(estimate) if estimate else "none"


def changes(headline: Estimate, other: Estimate | None, no_link: float | None) -> bool | None:
    """Whether another choice changes the answer; None where either has no interval.

    With a value of no link: the intervals lie on different sides of it (from clear to unclear counts). Without one (a
    median of years, say): the other estimate lies outside the headline's interval.
    """
    if other is None or other.value is None or headline.lower is None or headline.upper is None:
        return None
    if no_link is None:
        return not headline.lower <= other.value <= headline.upper
    if other.lower is None:
        return None
    return side(headline.lower, headline.upper, no_link) != side(other.lower, other.upper, no_link)


def side(lower: float | None, upper: float | None, no_link: float) -> int:
    """1 or -1 where an interval lies wholly on one side of no link, else 0."""
    if lower is None or upper is None:
        return 0
    return 1 if lower > no_link else -1 if upper < no_link else 0


def not_asked(reasons: dict[str, str]) -> list[Choice]:
    """The kinds that do not apply to a question, each with the reason."""
    return [Choice(kind, "does not apply", None, note) for kind, note in reasons.items()]


def by_year(years: Iterable[int], estimates: Iterable[Estimate]) -> list[Choice]:
    """One choice per year."""
    return [Choice(YEAR, f"year {year}", found) for year, found in zip(years, estimates, strict=True)]


def _row(answer_id: str, choice: Choice, no_link: float | None, answer_changes: bool | None) -> Row:
    found = choice.estimate
    return {
        "answer_id": answer_id,
        "kind": choice.kind,
        "choice": choice.choice,
        "estimate": found.name if found else None,
        "of_group": found.group if found else None,
        "value": found.value if found else None,
        "lower_95": found.lower if found else None,
        "upper_95": found.upper if found else None,
        "n": found.n if found else None,
        "unit": found.unit if found else None,
        "no_link": no_link if found else None,
        "answer_changes": answer_changes,
        "note": choice.note or (found.refused if found else ""),
    }
