"""What an answer carries, so that none of it can be left behind: question, unit, n, lost, estimate, interval, method."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: One row: column name -> value. Absent values are None, never NaN and never zero.
Row = dict[str, Any]
Rows = Sequence[Row]

#: The fewest units an estimate is given for. Below it the estimate is refused, and the answer says so.
MINIMUM_N: Mapping[str, int] = {
    "distribution of a group": 3,
    "interval of a group": 6,
    "correlation": 20,
    "regression": 40,
    "agreement": 20,
    "change after an inspection": 6,
    "comparison of groups over time": 6,
    "survival": 15,
    "regression of times": 10,
}

#: Observations (or, for times, events) asked for each coefficient of a regression.
PER_COEFFICIENT = 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with its interval (95% unless `level` says otherwise), or the reason it is refused."""

    name: str
    group: str
    value: float | None
    lower: float | None
    upper: float | None
    n: int
    unit: str
    method: str
    p_value: float | None = None
    refused: str = ""
    level: float = 0.95

    def as_row(self) -> Row:
        """The estimate as a row of a table."""
        return {
            "estimate": self.name,
            "of_group": self.group,
            "value": self.value,
            "lower_95": self.lower,
            "upper_95": self.upper,
            "n": self.n,
            "unit": self.unit,
            "p_value": self.p_value,
            "method": self.method,
            "refused": self.refused,
        }


def refuse(name: str, group: str, kind: str, n: int, unit: str, method: str) -> Estimate:
    """An estimate not given, because n is under the declared least number for its kind."""
    reason = f"n {n} is under the {MINIMUM_N[kind]} declared for a {kind}"
    return Estimate(name, group, None, None, None, n, unit, method, refused=reason)


def not_estimable(name: str, group: str, n: int, unit: str, method: str, reason: str) -> Estimate:
    """An estimate that the rows cannot give, with the reason."""
    return Estimate(name, group, None, None, None, n, unit, method, refused=reason)


@dataclass(frozen=True, slots=True)
class Lost:
    """Units that are not in an answer, and why."""

    reason: str
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with everything a reader needs before repeating it.

    `rows` are the units used, one row each; `unit` is what is counted once (authority, child, inspection, spell).
    """

    question: str
    title: str
    unit: str
    n: int
    lost: tuple[Lost, ...]
    estimates: tuple[Estimate, ...]
    method: str
    adjusted_for: tuple[str, ...]
    releases: tuple[str, ...]
    caveats: tuple[str, ...]
    multiplicity: str
    rows: tuple[Row, ...] = field(default=(), repr=False)

    def estimate(self, name: str, group: str | None = None) -> Estimate:
        """The estimate of this name (and group, where several have it).

        Raises:
            KeyError: none, or more than one, is called so.
        """
        found = [e for e in self.estimates if e.name == name and (group is None or e.group == group)]
        if len(found) != 1:
            raise KeyError(f"{len(found)} estimates are called '{name}' of '{group}'")
        return found[0]

    def table(self, answer_id: str = "") -> list[Row]:
        """One row per estimate, each with what it stands on: the answer as SQL users read it."""
        return [
            {
                "answer_id": answer_id,
                "question": self.question,
                "title": self.title,
                "unit_of_analysis": self.unit,
                **estimate.as_row(),
                "n_lost": sum(lost.count for lost in self.lost),
                "lost_because": lost_in_words(self.lost),
                "adjusted_for": ", ".join(self.adjusted_for) or "nothing",
                "releases": "; ".join(self.releases),
                "caveats": " ".join(self.caveats),
                "multiplicity": self.multiplicity,
            }
            for estimate in self.estimates
        ]


def lost_in_words(lost: Iterable[Lost], *, names: bool = False) -> str:
    """`suppressed 2; joint row 2`, with the names where asked for; `none` where nothing is lost."""
    parts = [
        f"{one.reason} {one.count}" + (f" ({', '.join(one.names)})" if names else "")
        for one in lost
        if one.count
    ]
    return "; ".join(parts) or "none"


ONE_QUESTION = "One question was asked; no correction for many is made."
