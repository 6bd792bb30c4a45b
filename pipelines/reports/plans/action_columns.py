"""Plans in the form of one wide table: area for improvement, action, lead, timescale, measure.

The recommendation stands in a column of its own; an area has sub-actions `i)`, `ii)`, … and cells run
on over the next rows and pages. Rows are put together to blocks: a block begins with a sub-action's mark
(or a new area) and takes in the rows that continue it. Inside a block dates are given to sub-actions only
where there are as many of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.reports.document import Line
from pipelines.reports.plans.links import Link, link
from pipelines.reports.plans.parts import paired, unpaired
from pipelines.reports.plans.tables import Header, read_header
from pipelines.reports.plans.targets import Target, read_target, split_dates
from pipelines.reports.record import PlanAction, Recommendation

_AREA = re.compile(r"(\d{1,3})[.)]?")
_ROMAN = re.compile(r"(?:^|\s)(i{1,3}|iv|vi{0,3}|ix|xi{0,3})\)\s", re.IGNORECASE)
_STARTS_WITH_ROMAN = re.compile(r"(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3})\)\s", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """Rows that belong together: the words of each column, put together."""

    page: int | None
    action: str = ""
    owners: str = ""
    target: str = ""
    measure: str = ""

    def add(self, header: Header, cells: Sequence[str]) -> None:
        """One more row."""
        self.action = _join(self.action, header.cell(cells, "action"))
        self.owners = _join(self.owners, header.cell(cells, "owners"))
        self.target = _join(self.target, header.cell(cells, "target"))
        self.measure = _join(self.measure, header.cell(cells, "measure"))


@dataclass(slots=True)
class Area:
    """One area for improvement with its blocks of actions."""

    number: str
    recommendation: str = ""
    blocks: list[Block] = field(default_factory=list)


def _join(one: str, other: str) -> str:
    return f"{one} {' '.join(other.split())}".strip()


def is_this_form(header: Header) -> bool:
    """Whether the table has the recommendation in a column."""
    return "recommendation" in header.columns


def read_areas(lines: Sequence[Line], header: Header) -> list[Area]:
    """The areas of a table that begins after its header; the header may come again on later pages."""
    areas: list[Area] = []
    for line in lines:
        again = read_header(line.text)
        if again is not None:
            header = again
            continue
        if "\t" not in line.text:
            continue
        _row(areas, header, line.text.split("\t"), line.page)
    return areas


def _row(areas: list[Area], header: Header, cells: Sequence[str], page: int | None) -> None:
    reference = header.cell(cells, "reference")
    numbered = _AREA.fullmatch(reference)
    if reference and not numbered:
        return  # a row that spans the table is the heading of the areas below it
    if numbered:
        areas.append(Area(numbered[1], blocks=[Block(page)]))
    if not areas:
        return
    area = areas[-1]
    area.recommendation = _join(area.recommendation, header.cell(cells, "recommendation"))
    begins = _STARTS_WITH_ROMAN.match(header.cell(cells, "action"))
    if begins and not numbered:
        area.blocks.append(Block(page))
    area.blocks[-1].add(header, cells)


def read_actions(
    plan: str, areas: Sequence[Area], recommendations: Sequence[Recommendation]
) -> Iterator[PlanAction]:
    """One row per sub-action."""
    for area in areas:
        answered = link(area.recommendation, recommendations)
        for block in area.blocks:
            yield from _block_actions(plan, area, block, answered)


def _block_actions(plan: str, area: Area, block: Block, answered: Link | None) -> Iterator[PlanAction]:
    parts = _split(block.action)
    dates = split_dates(block.target)
    given = paired(dates, len(parts)) or ([block.target] if len(parts) == 1 else None)
    for at, (mark, words) in enumerate(parts):
        if given is not None:
            target = read_target(given[at])
        else:
            target = Target(block.target or None, None, unpaired(dates, len(parts), "actions"))
        yield PlanAction(
            plan=plan,
            reference=f"{area.number}.{mark}" if mark else area.number,
            text=words,
            area=area.number,
            recommendation=answered.recommendation if answered else None,
            link_score=answered.score if answered else None,
            owners=block.owners or None,
            due_printed=target.printed,
            due=target.due,
            due_problem=target.problem,
            success_measure=block.measure or None,
            page=block.page,
        )


def _split(action: str) -> list[tuple[str, str]]:
    """Sub-actions by their marks; one without a mark where none is printed."""
    marks = list(_ROMAN.finditer(action))
    if not marks:
        return [("", action)] if action else []
    ends = [mark.start() for mark in marks[1:]] + [len(action)]
    return [(m[1].lower(), action[m.end() : end].strip()) for m, end in zip(marks, ends, strict=True)]
