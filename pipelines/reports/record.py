"""The record of one document: what a report prints, value by value, each with its page and its words.

The names are a contract: fields may be added, never renamed. A value the document does not print is
`None` or an absent row, never zero. `page` is 1-based, `None` where a conversion has lost its pages.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Kind = Literal["inspection_report", "council_pack", "visit", "unreadable", "other"]

GRADES = ("outstanding", "good", "requires_improvement", "inadequate", "adequate", "not_judged")


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about something the reader could not settle, with the page it concerns."""

    what: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One printed grade: `area` and `grade` in the vocabulary of the record, `quote` as printed (short)."""

    area: str
    grade: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """One printed number of the area section; `scope` is local, england or previous, `as_at` ISO."""

    measure: str
    scope: str
    value: float | int | None
    unit: str
    as_at: str | None
    qualifier: str | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class PreviousInspection:
    """An earlier inspection the report itself names; `date` is ISO: a day, a month or a year alone."""

    subject: str
    date: str | None
    grade: str | None
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Something the report asks a body to do; `number` as printed, `None` where it is only a bullet."""

    body: str
    number: str | None
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A number printed in the findings, with the paragraph it stands in."""

    paragraph: str | None
    value: float | int | None
    unit: str
    text: str
    page: int | None
    comparator: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """What a council's covering report says of the inspection: a second source, never merged with the first.

    `what` is judgement, inspection_start, inspection_end, published, national_share and the like;
    `area` where it concerns one; `value` in the words of the record (a grade, an ISO date, a percentage).
    """

    what: str
    area: str | None
    value: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One improvement or action plan found in a council pack."""

    plan: str
    title: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One action of a plan; `due` is ISO or `None`, and then `due_problem` says why."""

    plan: str
    reference: str
    text: str
    area: str | None = None
    recommendation: str | None = None
    link_score: float | None = None
    owners: str | None = None
    due_printed: str | None = None
    due: str | None = None
    due_problem: str | None = None
    success_measure: str | None = None
    page: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class PlanMilestone:
    """One milestone of an action; `aligned` is False where cell lists of unequal length cannot be paired."""

    plan: str
    action: str
    number: str
    text: str
    owners: str | None = None
    due_printed: str | None = None
    due: str | None = None
    due_problem: str | None = None
    aligned: bool = True
    page: int | None = None


@dataclass(slots=True)
class Record:
    """Everything read from one file.

    `reason` says why a file is `other` or `unreadable`. `ilacs_type` is what is printed, and so far no report
    prints it; `ilacs_type_by_stay` is inferred from one or two weeks on site.
    """

    file: str
    sha256: str
    kind: Kind
    framework: str | None = None
    ilacs_type: str | None = None
    ilacs_type_by_stay: str | None = None
    visit_type: str | None = None
    authority: str | None = None
    la_code: str | None = None
    new_la_code: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    inspection_dates_printed: str | None = None
    published: str | None = None
    published_printed: str | None = None
    lead_inspector: str | None = None
    pages: int | None = None
    ocr_pages: list[int] = field(default_factory=list)
    reason: str | None = None
    judgements: list[Judgement] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    previous_inspections: list[PreviousInspection] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    plan_actions: list[PlanAction] = field(default_factory=list)
    plan_milestones: list[PlanMilestone] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain lists, strings and numbers, in the order of the fields above."""
        return asdict(self)

    def to_json(self) -> str:
        """One line of JSON Lines; the same record gives the same bytes."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Record:
        """The record that `to_dict` gave; unknown fields of a later version are left out."""
        known: dict[str, Any] = {}
        for spec in fields(cls):
            if spec.name not in row:
                continue
            part = _PARTS.get(spec.name)
            value = row[spec.name]
            known[spec.name] = [part(**item) for item in value] if part else value
        return cls(**known)


_PARTS: dict[str, type[Any]] = {
    "judgements": Judgement,
    "statistics": Statistic,
    "previous_inspections": PreviousInspection,
    "recommendations": Recommendation,
    "findings": Finding,
    "mentions": Mention,
    "plans": Plan,
    "plan_actions": PlanAction,
    "plan_milestones": PlanMilestone,
    "problems": Problem,
}
