"""A record as rows of the raw tables: facts, places and counts of words, without the publisher's sentences.

Every row names its file and page; the file's sha256 says which print it was. A table is declared once, in
`TABLES`, by its columns; what a column holds is in the `.yml` of the table made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.reports.corpus_printed import few, grade_words, number_words, without_quotation
from pipelines.reports.record import PlanAction, PlanMilestone, Record
from pipelines.reports.themes import themes_of

Row = dict[str, Any]

_PLACE = ("file", "sha256")
TABLES: dict[str, tuple[str, ...]] = {
    "reports": (
        *_PLACE, "collection", "media", "urn", "la_listed", "listed_date", "kind", "framework", "ilacs_type",
        "ilacs_type_by_stay", "visit_type", "authority", "la_code", "new_la_code", "inspection_start",
        "inspection_end", "inspection_dates_printed", "published_printed", "published", "published_used",
        "published_used_from", "pages", "ocr_pages", "reason", "problems",
    ),
    "judgements": (*_PLACE, "area", "grade", "grade_printed", "page"),
    "statistics": (
        *_PLACE, "position", "measure", "scope", "value", "unit", "as_at", "qualifier", "printed", "page",
    ),
    "previous_inspections": (*_PLACE, "position", "subject", "date", "grade", "page"),
    "recommendations": (*_PLACE, "position", "body", "number", "themes", "words", "page"),
    "findings": (*_PLACE, "position", "paragraph", "value", "unit", "comparator", "printed", "page"),
    "mentions": (*_PLACE, "position", "what", "area", "value", "page"),
    "plans": (*_PLACE, "plan", "actions", "milestones", "page"),
    "plan_actions": (
        *_PLACE, "plan", "position", "reference", "area", "recommendation", "link_score", "due_printed",
        "due", "due_problem", "owners_printed", "success_measure_printed", "words", "problem", "page",
    ),
    "plan_milestones": (
        *_PLACE, "plan", "position", "action", "number", "due_printed", "due", "due_problem", "is_aligned",
        "owners_printed", "words", "page",
    ),
    "problems": (*_PLACE, "position", "what", "page"),
}  # fmt: skip


def rows_of(record: Record) -> dict[str, list[Row]]:
    """The rows of every table that one record gives; `reports` without what the folder's list adds."""
    made: dict[str, Iterable[Row]] = {
        "reports": [_report(record)],
        "judgements": (
            {"area": j.area, "grade": j.grade, "grade_printed": grade_words(j), "page": j.page}
            for j in record.judgements
        ),
        "statistics": _statistics(record),
        "previous_inspections": (
            {"subject": p.subject, "date": p.date, "grade": p.grade, "page": p.page}
            for p in record.previous_inspections
        ),
        "recommendations": _recommendations(record),
        "findings": _findings(record),
        "mentions": (
            {"what": m.what, "area": m.area, "value": few(m.value), "page": m.page} for m in record.mentions
        ),
        "plans": _plans(record),
        "plan_actions": map(_action, record.plan_actions),
        "plan_milestones": map(_milestone, record.plan_milestones),
        "problems": ({"what": without_quotation(p.what), "page": p.page} for p in record.problems),
    }
    return {table: list(_placed(record, table, rows)) for table, rows in made.items()}


def _placed(record: Record, table: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Each row with the file it is of and its position in the document, in the table's own columns."""
    for position, row in enumerate(rows, start=1):
        whole = {"file": record.file, "sha256": record.sha256, "position": position, **row}
        yield {column: whole.get(column) for column in TABLES[table]}


def _report(record: Record) -> Row:
    head = {name: getattr(record, name) for name in TABLES["reports"] if hasattr(record, name)}
    media = "pdf" if record.file.lower().endswith(".pdf") else "text"
    counts = {"ocr_pages": len(record.ocr_pages), "problems": len(record.problems)}
    return {**head, "media": media, **counts}


def _statistics(record: Record) -> Iterator[Row]:
    for s in record.statistics:
        printed = number_words(s.value, s.qualifier, s.quote)
        yield {
            "measure": s.measure,
            "scope": s.scope,
            "value": s.value,
            "unit": s.unit,
            "as_at": s.as_at,
            "qualifier": few(s.qualifier or ""),
            "printed": printed,
            "page": s.page,
        }


def _recommendations(record: Record) -> Iterator[Row]:
    for r in record.recommendations:
        themes = " ".join(themes_of(r.text))
        words = len(r.text.split())
        yield {"body": r.body, "number": r.number, "themes": themes, "words": words, "page": r.page}


def _findings(record: Record) -> Iterator[Row]:
    for f in record.findings:
        yield {
            "paragraph": f.paragraph,
            "value": f.value,
            "unit": f.unit,
            "comparator": f.comparator,
            "printed": number_words(f.value, None, f.text),
            "page": f.page,
        }


def _plans(record: Record) -> Iterator[Row]:
    for plan in record.plans:
        yield {
            "plan": plan.plan,
            "actions": sum(a.plan == plan.plan for a in record.plan_actions),
            "milestones": sum(m.plan == plan.plan for m in record.plan_milestones),
            "page": plan.page,
        }


def _action(action: PlanAction) -> Row:
    return {
        **_due(action),
        "plan": action.plan,
        "reference": few(action.reference),
        "area": few(action.area or ""),
        "recommendation": action.recommendation,
        "link_score": action.link_score,
        "owners_printed": _cells(action.owners),
        "success_measure_printed": action.success_measure is not None,
        "words": len(action.text.split()),
        "problem": action.problem,
        "page": action.page,
    }


def _milestone(milestone: PlanMilestone) -> Row:
    return {
        **_due(milestone),
        "plan": milestone.plan,
        "action": few(milestone.action),
        "number": milestone.number,
        "is_aligned": milestone.aligned,
        "owners_printed": _cells(milestone.owners),
        "words": len(milestone.text.split()),
        "page": milestone.page,
    }


def _due(target: PlanAction | PlanMilestone) -> Row:
    """A target date: as printed if that is a date's few words or a list of such, parsed, or why there is none."""
    parts = [few(part.strip()) for part in (target.due_printed or "").split(";")]
    printed = "; ".join(part for part in parts if part)
    return {"due_printed": printed, "due": target.due, "due_problem": target.due_problem}


def _cells(owners: str | None) -> int:
    """How many owners' entries are printed; whose names they are is not kept."""
    return len([part for part in (owners or "").split(";") if part.strip()])
