"""What every form of plan gives back, before the plan is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.reports.grammar.dates import find_dates
from pipelines.reports.record import Plan, PlanAction, PlanMilestone, Problem


@dataclass(slots=True)
class PlanRows:
    """The rows of all plans of a document."""

    plans: list[Plan] = field(default_factory=list)
    actions: list[PlanAction] = field(default_factory=list)
    milestones: list[PlanMilestone] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def paired(values: Sequence[str], count: int) -> list[str] | None:
    """The values for `count` things one by one where there are as many, else None: which is whose is open."""
    return list(values) if len(values) == count else None


def unpaired(values: Sequence[str], count: int, things: str) -> str:
    """The sentence that says why the printed target dates could not be given to their things."""
    printed = "; ".join(" ".join(value.split()) for value in values)
    if not printed:
        return "no date is printed"
    if not find_dates(printed):
        return f"{printed!r} is not a date"
    stand = "1 date stands" if len(values) == 1 else f"{len(values)} dates stand"
    return f"{stand} beside {count} {things}; which belongs to which is not known"
