"""Inspections of local authority children's services since 2018, with and without an overall grade.

The front table has four rows, five from January 2023, and four again for inspections from 27 April 2026:
then there is no overall grade, and one that the prose quotes from an earlier inspection is never taken.
"""

from __future__ import annotations

from datetime import date

from pipelines.reports.document import Document
from pipelines.reports.eras.front import Front
from pipelines.reports.eras.grades import Form, missing, rows, settle, table
from pipelines.reports.record import Judgement, Problem

NO_OVERALL_FROM = date(2026, 4, 27)
_PROGRESS = r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+(?:children\s+(?=care\s+leavers))?"

_LABELS = (
    (
        "leadership",
        r"(?:the\s+)?impact\s+of\s+leaders(?:\s+on\s+(?:social\s+work\s+)?practice\s+with\s+children\s+and\s+families)?",
    ),
    ("help_and_protection", _PROGRESS + r"children\s+who\s+need\s+help\s+and\s+protection"),
    (
        "care_and_care_leavers",
        _PROGRESS + r"children\s+in\s+care\s+and\s+care(?:\s+leavers|[\s-]+experienced\s+young\s+people)",
    ),
    ("care", _PROGRESS + r"children\s+in\s+care"),
    ("care_leavers", _PROGRESS + r"care(?:\s+leavers|[\s-]+experienced\s+(?:young\s+people|adults))"),
    ("overall", r"overall\s+effectiveness"),
)
_COMMON = frozenset({"leadership", "help_and_protection"})
_BODY = ({"care_and_care_leavers"}, {"care", "care_leavers"})
FORM = Form("ilacs", _LABELS, tuple(_COMMON | areas | {"overall"} for areas in _BODY))
NO_OVERALL = Form("ilacs", _LABELS, tuple(_COMMON | areas for areas in _BODY))


def form_for(begun: date | None) -> Form:
    """The form of an inspection that began on this day; without a date the one with an overall grade."""
    return NO_OVERALL if begun is not None and begun >= NO_OVERALL_FROM else FORM


def read(document: Document, front: Front) -> tuple[str, list[Judgement], list[Problem]]:
    """The framework's id, the judgements, and what is doubtful about them."""
    form = form_for(front.begun)
    first = table(list(rows(form, document, front.table_start, front.end)), document.text)
    later = [row for row in rows(form, document, front.end, len(document.text)) if row.area != "overall"]
    judgements, problems = settle(form, document, first, later)
    have = {row.area for row in first}
    problems += missing(form, judgements)
    problems += [
        Problem(f"The front table has no readable grade for {_words(one)}; a heading gave it.", one.page)
        for one in judgements
        if one.area not in have
    ]
    if form is NO_OVERALL and "overall" in have:
        problems.append(
            Problem("The front table prints an overall grade, which this form should not have.", 1)
        )
    return form.framework, judgements, problems


def printed_type(front: Front) -> str | None:
    """`short` or `standard` where the title says so; no report seen so far does."""
    return next((word for word in ("short", "standard") if front.title_has(f"{word} inspection")), None)


def type_by_stay(visits: tuple[tuple[date, date], ...]) -> str | None:
    """`short` for one week on site, `standard` for two, by the first stay: inferred, not printed."""
    if not visits:
        return None
    days = (visits[0][1] - visits[0][0]).days
    if 1 <= days <= 6:
        return "short"
    return "standard" if 9 <= days <= 20 else None


def _words(one: Judgement) -> str:
    return one.area.replace("_", " ")
