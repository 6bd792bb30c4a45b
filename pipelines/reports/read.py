"""One file in, one record out: the place where everything that reads a document is put together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.reports import eras
from pipelines.reports.area_section import read_area_section
from pipelines.reports.authority import AuthorityIndex, authority_index, authority_table
from pipelines.reports.document import Document, read_document
from pipelines.reports.eras import ilacs, visits
from pipelines.reports.findings import read_findings
from pipelines.reports.grammar import Period
from pipelines.reports.mentions import read_mentions
from pipelines.reports.packs import split_pack
from pipelines.reports.plans import read_plans
from pipelines.reports.recommendations import read_recommendations
from pipelines.reports.record import Problem, Record

_NO_ERA = "The title is of no framework the reader knows, and no report was found inside the document."


def read_report(
    path: str | Path, *, authorities: AuthorityIndex | None = None, deadline: float | None = None
) -> Record:
    """The record of one file; what could not be read is in its `problems`."""
    document = read_document(path, deadline=deadline)
    return record_of(document, authority_index(authority_table()) if authorities is None else authorities)


def record_of(document: Document, authorities: AuthorityIndex) -> Record:
    """The record of a document that is already lines."""
    record = Record(file=Path(document.path).name, sha256=document.sha256, kind="other")
    record.pages = document.page_count or None
    record.ocr_pages = document.ocr_pages
    record.problems = list(document.problems)
    if not document.readable:
        record.kind = "unreadable"
        record.reason = document.problems[0].what if document.problems else "Nothing could be read."
        return record
    pack = split_pack(document)
    report = pack[0] if pack else document
    front = eras.read_front(report)
    era = eras.choose(front)
    if era is None:
        record.reason = _NO_ERA
        record.problems.append(Problem(_NO_ERA))
        return record
    record.kind = "council_pack" if pack else era.kind
    _inspection(record, report, front, era)
    _authority(record, document, front, authorities)
    if era.kind != "visit":
        _contents(record, report, era)
    if pack:
        _around(record, pack[1])
    return record


def _inspection(record: Record, report: Document, front: eras.Front, era: eras.Era) -> None:
    """Framework, dates, inspector and judgements."""
    record.framework, record.judgements, problems = era.read(report, front)
    period = front.period
    if era.kind == "visit":
        record.framework, record.visit_type = None, visits.visit_type(front)
        period = visits.visit_period(report, front)
    if era.name == "ilacs":
        record.ilacs_type = ilacs.printed_type(front)
        record.ilacs_type_by_stay = ilacs.type_by_stay(period.visits if period else ())
    _dates(record, period)
    record.inspection_dates_printed = front.dates_printed or (period.text if period else None)
    record.published, record.published_printed = front.published, front.published_printed
    record.lead_inspector = front.lead_inspector
    record.problems += [*front.problems, *problems]
    if period is None and not front.problems:
        record.problems.append(Problem("The dates of the inspection were not found."))


def _contents(record: Record, report: Document, era: eras.Era) -> None:
    """What a report says beside its grades: figures of the area, what it asks for, figures in findings."""
    if era.area_section:
        record.statistics, record.previous_inspections, problems = read_area_section(report)
        record.problems += problems
    record.recommendations, problems = read_recommendations(report, record.framework)
    record.problems += problems
    record.findings = read_findings(report, record.framework, record.recommendations)


def _around(record: Record, covering: Document) -> None:
    """What a council's pack adds around the report: its own account of it, and its plans."""
    record.mentions = read_mentions(covering)
    found = read_plans(covering, record.recommendations)
    record.plans, record.plan_actions, record.plan_milestones = found.plans, found.actions, found.milestones
    record.problems += found.problems


def _dates(record: Record, period: Period | None) -> None:
    if period and period.start and period.end:
        record.inspection_start = period.start.isoformat()
        record.inspection_end = period.end.isoformat()


def _authority(record: Record, document: Document, front: eras.Front, authorities: AuthorityIndex) -> None:
    """The authority the title names, else the running header, else a problem."""
    on = date.fromisoformat(record.inspection_start) if record.inspection_start else None
    headers = " ".join(line.text for line in document.furniture[:6])
    found = authorities.find(front.title, on) or authorities.find(headers, on)
    if not found:
        record.problems.append(Problem("The title names no authority that is in the table of names."))
        return
    if len(found) > 1:
        names = ", ".join(one.la_name for one in found)
        record.problems.append(
            Problem(f"The title names more than one authority ({names}); the first is taken.")
        )
    record.authority, record.la_code = found[0].la_name, found[0].la_code
    record.new_la_code = found[0].new_la_code(on)
