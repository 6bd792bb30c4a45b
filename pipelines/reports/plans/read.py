"""Find the plans of a document and read each in its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.reports.document import Document, Line
from pipelines.reports.plans import action_columns, milestone_lists
from pipelines.reports.plans.parts import PlanRows
from pipelines.reports.plans.tables import Header, plan_lines, read_header
from pipelines.reports.record import Plan, Problem, Recommendation

LINES_ABOVE = 80  # a plan's title and first section heading stand this near above its first table
_TITLE = re.compile(r"[^\t]{0,120}\b(?:plan|review)\b[^\t]{0,120}(?<!\.)", re.IGNORECASE)


def read_plans(document: Document, recommendations: Sequence[Recommendation]) -> PlanRows:
    """The plans in the text around a report, linked to the report's recommendations for the authority.

    Only a text conversion keeps the cells of a table apart; in a PDF's text layer no plan is found.
    """
    rows = PlanRows()
    if not any(read_header(line.text) for line in document.lines):
        return rows
    lines = plan_lines(document)
    first = next(((at, header) for at, line in enumerate(lines) if (header := read_header(line.text))), None)
    if first is None:
        return rows
    at, header = first
    authority = [item for item in recommendations if item.body == "local_authority"]
    _one_plan(rows, lines, at, header, authority)
    if not rows.actions:
        rows.problems.append(Problem("A plan's table was found but no action could be read.", lines[at].page))
    return rows


def _one_plan(
    rows: PlanRows, lines: Sequence[Line], at: int, header: Header, recommendations: Sequence[Recommendation]
) -> None:
    name = f"plan-{len(rows.plans) + 1}"
    title = _title(lines[max(0, at - LINES_ABOVE) : at])
    heading = title.text if title else ""
    rows.plans.append(Plan(name, heading, title.page if title else lines[at].page, heading[:200]))
    if action_columns.is_this_form(header):
        areas = action_columns.read_areas(lines[at + 1 :], header)
        rows.actions += action_columns.read_actions(name, areas, recommendations)
        return
    found = milestone_lists.read_sections(lines[max(0, at - LINES_ABOVE) :], header)
    for action, milestones in milestone_lists.read_rows(name, found, recommendations):
        rows.actions.append(action)
        rows.milestones += milestones


def _title(above: Sequence[Line]) -> Line | None:
    """The nearest line that names an appendix and a plan, else the nearest that names a plan."""
    named = [line for line in above if len(line.text) <= 200 and _TITLE.fullmatch(line.text)]
    appendices = [line for line in named if line.text.lower().startswith("appendix")]
    chosen = appendices or named
    return chosen[-1] if chosen else None
