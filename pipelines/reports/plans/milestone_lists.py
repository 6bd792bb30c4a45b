"""Plans in the form of one table per recommendation: reference, action with milestones, target dates, owners.

The recommendation is the heading above the table. An action's cell holds the action and its milestones as
paragraphs; the dates and the owners are lists of their own in the cells beside it. Some tables give each
milestone its own row instead. Where the lists are not equally long, which date belongs to which milestone
is unknown: the milestone then keeps the whole list as printed, no date, and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.reports.document import Line
from pipelines.reports.plans.links import Link, link
from pipelines.reports.plans.parts import paired, unpaired
from pipelines.reports.plans.tables import Header, read_header
from pipelines.reports.plans.targets import Target, read_target
from pipelines.reports.record import PlanAction, PlanMilestone, Recommendation

_SECTION = re.compile(
    r"recommendation (?:[a-z]+(?:[ -][a-z]+)?|\d{1,2})|.{0,40}\brecommendations\s*[–—-].{2,40}", re.IGNORECASE
)
_NUMBERED_SECTION = re.compile(r"recommendation\s", re.IGNORECASE)
_SUBHEADING = re.compile(r"summary\b.*:|outcomes? to be achieved:?|aligns to\b.*", re.IGNORECASE)
_OUTCOMES = re.compile(r"outcomes? to be achieved:?", re.IGNORECASE)
_REFERENCE = re.compile(r"\d{1,3}")
_MILESTONE = re.compile(r"milestone (\d{1,2})\s*[:.;–-]\s*", re.IGNORECASE)
_NEXT_MILESTONE = re.compile(r"\s+(?=milestone \d{1,2}\s*[:;])", re.IGNORECASE)
_LABEL = re.compile(r"over-?arching (?:action|aim)\s*[:;.–-]\s*", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """The heading a table stands under, the recommendation it quotes and the outcomes it names."""

    title: str
    numbered: bool
    recommendation: str = ""
    outcomes: list[str] = field(default_factory=list)
    part: str = "recommendation"

    def add(self, text: str) -> None:
        """One line between the heading and the table."""
        if _SUBHEADING.fullmatch(text):
            self.part = "outcomes" if _OUTCOMES.fullmatch(text) else "other"
        elif self.part == "recommendation" and self.numbered:
            self.recommendation = f"{self.recommendation} {text}".strip()
        elif self.part == "outcomes":
            self.outcomes.append(text.lstrip("•– "))


@dataclass(slots=True)
class Step:
    """A milestone with the date and owner of its own row, where it has a row."""

    number: str
    text: str
    target: str | None = None
    owners: str | None = None


@dataclass(slots=True)
class Action:
    """One action with its milestones and the lists of the cells beside it."""

    section: Section | None
    reference: str
    page: int | None
    text: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    problem: str | None = None

    @property
    def words(self) -> str:
        """The action without its label."""
        return _LABEL.sub("", " ".join(" ".join(self.text).split()), count=1)


def read_sections(lines: Sequence[Line], header: Header) -> list[Action]:
    """All actions below the first header; `lines` begins where the plan's first section heading may stand."""
    actions: list[Action] = []
    section: Section | None = None
    in_table = False
    for line in lines:
        again = read_header(line.text)
        if again is not None:
            header, in_table = again, True
        elif "\t" in line.text:
            in_table = in_table and _is_row(header, line.text)
            if in_table:
                _row(actions, section, header, line)
        elif _SECTION.fullmatch(line.text):
            title = " ".join(line.text.split())
            section = Section(title, bool(_NUMBERED_SECTION.match(title)))
            in_table = False
        elif section is not None and not in_table:
            section.add(line.text)
        elif in_table and not _REFERENCE.fullmatch(line.text):
            in_table = False  # text after a table; a page number may stand between two parts of one
    return actions


def _is_row(header: Header, text: str) -> bool:
    """Whether a row can be of this table: a reference without a number is the head of another one."""
    printed = header.cell(text.split("\t"), "reference")
    return not printed or _REFERENCE.search(printed) is not None


def _row(actions: list[Action], section: Section | None, header: Header, line: Line) -> None:
    cells = line.text.split("\t")
    printed = header.cell(cells, "reference")
    written = header.cell(cells, "action").split("\v")
    paragraphs = [piece for part in written for piece in _NEXT_MILESTONE.split(part.strip()) if piece]
    targets = [part for part in header.cell(cells, "target").split("\v") if part.strip()]
    owners = [part for part in header.cell(cells, "owners").split("\v") if part.strip()]
    if printed:
        reference, problem = _reference(actions, section, printed)
        action = Action(section, reference, line.page, targets=targets, owners=owners, problem=problem)
        actions.append(action)
        _paragraphs(action, paragraphs)
    elif actions:
        before = len(actions[-1].steps)
        _paragraphs(actions[-1], paragraphs)
        _own_row(actions[-1].steps[before:], targets, owners)


def _reference(actions: Sequence[Action], section: Section | None, printed: str) -> tuple[str, str | None]:
    """The action's number; of two numbers in a cell the one that continues the table."""
    numbers = _REFERENCE.findall(printed)
    if len(numbers) < 2:
        return printed, None
    here = [action for action in actions if action.section is section]
    expected = str(len(here) + 1)
    if expected in numbers:
        return expected, f"the reference is printed as {printed!r}; a page number stands in its cell"
    return printed, f"the reference is printed as {printed!r}"


def _paragraphs(action: Action, paragraphs: Sequence[str]) -> None:
    for paragraph in paragraphs:
        milestone = _MILESTONE.match(paragraph)
        if milestone:
            action.steps.append(Step(milestone[1], paragraph[milestone.end() :]))
        elif action.steps:
            action.steps[-1].text += " " + paragraph
        else:
            action.text.append(paragraph)


def _own_row(steps: Sequence[Step], targets: Sequence[str], owners: Sequence[str]) -> None:
    """A row that holds one milestone alone gives it its date and owner."""
    if len(steps) == 1:
        steps[0].target = " ".join(targets)
        steps[0].owners = " ".join(owners)


def read_rows(
    plan: str, actions: Sequence[Action], recommendations: Sequence[Recommendation]
) -> Iterator[tuple[PlanAction, list[PlanMilestone]]]:
    """Each action with its milestones; a section's recommendation is compared with the report's once."""
    links: dict[str, Link | None] = {}
    for action in actions:
        quoted = action.section.recommendation if action.section else ""
        if quoted not in links:
            links[quoted] = link(quoted, recommendations)
        yield _action(plan, action, links[quoted]), _milestones(plan, action)


def _action(plan: str, action: Action, answered: Link | None) -> PlanAction:
    section = action.section
    printed = "; ".join(" ".join(target.split()) for target in action.targets)
    if action.steps:
        target = Target(printed or None, None, "the dates are those of the milestones")
    else:
        target = read_target(printed)
    return PlanAction(
        plan=plan,
        reference=_full_reference(action),
        text=action.words,
        area=section.title if section else None,
        recommendation=answered.recommendation if answered else None,
        link_score=answered.score if answered else None,
        owners="; ".join(" ".join(owner.split()) for owner in action.owners) or None,
        due_printed=target.printed,
        due=target.due,
        due_problem=target.problem,
        success_measure="; ".join(section.outcomes) or None if section else None,
        page=action.page,
        problem=action.problem,
    )


def _full_reference(action: Action) -> str:
    title = action.section.title if action.section else ""
    return f"{title} / {action.reference}" if title else action.reference


def _milestones(plan: str, action: Action) -> list[PlanMilestone]:
    count = len(action.steps)
    listed = [step for step in action.steps if step.target is None]
    dates = iter(paired(action.targets, len(listed)) or [])
    owners = iter(paired(action.owners, len(listed)) or [])
    dates_known, owners_known = (len(v) == len(listed) for v in (action.targets, action.owners))
    rows: list[PlanMilestone] = []
    for step in action.steps:
        own_row = step.target is not None
        if own_row or dates_known:
            target = read_target(step.target if step.target is not None else next(dates))
        else:
            printed = "; ".join(" ".join(value.split()) for value in action.targets)
            target = Target(printed or None, None, unpaired(action.targets, count, "milestones"))
        owner = step.owners if own_row else next(owners, None)
        rows.append(
            PlanMilestone(
                plan=plan,
                action=_full_reference(action),
                number=step.number,
                text=" ".join(step.text.split()),
                owners=" ".join(owner.split()) if owner else None,
                due_printed=target.printed,
                due=target.due,
                due_problem=target.problem,
                aligned=own_row or (dates_known and owners_known),
                page=action.page,
            )
        )
    return rows
