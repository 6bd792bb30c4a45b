"""Grades as they are printed: a label of a form, then a grade, in a table or in a heading.

A form names its labels; this module finds them. A label counts only where a grade follows it directly and
ends its line, so that a sentence about grades, or a template's description of one, is never a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipelines.reports.document import Document
from pipelines.reports.record import Judgement, Problem

GRADE = r"(?:outstanding|good|inadequate|requires?\s+improvement(?:\s+to\s+be\s+good)?|not\s+judged)"
_OLD = r"(?:outstanding|good|adequate|inadequate)"
OLD_GRADE = rf"(?:grade\s+[1-4]\s*\(\s*{_OLD}\s*\)|{_OLD})"
# Between a label and its grade: a colon or dash, a footnote's digit, a verb, the words of a heading.
_BETWEEN = (
    r"\d?(?:\.(?=\s*\n))?[\s:–-]*(?:(?:is|are|was|were)\b"
    r"(?:\s+that\s+(?:it|they)(?:\s+(?:is|are)\b)?|\s+judged\s+to\s+be\b|\s+found\s+to\b)?[\s:–-]*)?"
)
# A word of a label that a conversion to text has torn over two cells ("1. Child|ren who need ...").
TORN = r"\w{1,9}\t\w{2,10}"
END = r"[ .]*\d?[ ]*(?=\n|\t|\Z)"
_ALREADY = 25  # words that may stand between two rows of one table before it counts as ended
_QUOTE = 160


@dataclass(frozen=True)
class Form:
    """What one framework prints: its labels (area to pattern), and the areas every report of it must have."""

    framework: str
    labels: tuple[tuple[str, str], ...]
    expected: tuple[frozenset[str], ...]
    scale: str = GRADE
    lead: str = r"(?:\d(?:\.\d)?\.?\s+)?"

    @cached_property
    def row(self) -> re.Pattern[str]:
        """A label at a line's start with its grade at a line's end, over as many lines as it takes."""
        either = "|".join(f"(?P<{area}>{pattern})" for area, pattern in self.labels)
        between = _BETWEEN
        return re.compile(
            rf"^[ \t]*{self.lead}(?:{either}){between}(?P<grade>{self.scale}){END}",
            re.IGNORECASE | re.MULTILINE,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One label with its grade and its place in the document's text."""

    area: str
    grade: str
    start: int
    end: int


def grade_name(printed: str) -> str:
    """The record's word for a printed grade."""
    words = re.sub(r"grade\s+[1-4]|[()]", " ", printed.lower()).split()
    if words[0].startswith("require"):
        return "requires_improvement"
    return "not_judged" if words[0] == "not" else words[0]


def rows(form: Form, document: Document, start: int, end: int) -> Iterator[Row]:
    """Every label with its grade between two places of the document's text, in order."""
    for found in form.row.finditer(document.text, start, end):
        area = next(name for name, _ in form.labels if found[name] is not None)
        yield Row(area, grade_name(found["grade"]), found.start(), found.end("grade"))


def table(found: list[Row], text: str) -> list[Row]:
    """The first rows that belong together: the table ends where a row returns or many words stand between."""
    taken: list[Row] = []
    for row in found:
        if taken and (
            row.area in {one.area for one in taken} or _words_between(text, taken[-1], row) > _ALREADY
        ):
            break
        taken.append(row)
    return taken


def columns(form: Form, document: Document, start: int) -> list[Row]:
    """A table whose text layer has its labels in one column and its grades in another, paired in their order.

    Only where there are as many grades as labels, each label once and all of one column before the other.
    """
    either = "|".join(f"(?P<{area}>{pattern})" for area, pattern in form.labels)
    cell = re.compile(
        rf"^[ \t]*{form.lead}(?:(?:{either})[ \t]*$|(?P<grade>{form.scale})[ \t.]*$)",
        re.IGNORECASE | re.MULTILINE,
    )
    cells = list(cell.finditer(document.text, start))
    labels = [found for found in cells if found["grade"] is None]
    grades = [found for found in cells if found["grade"] is not None]
    if len(labels) < 3 or len(labels) != len(grades):
        return []
    if not (labels[-1].end() <= grades[0].start() or grades[-1].end() <= labels[0].start()):
        return []
    areas = [next(name for name, _ in form.labels if label[name] is not None) for label in labels]
    if len(set(areas)) < len(areas):
        return []
    return [
        Row(area, grade_name(grade["grade"]), label.start(), label.end())
        for area, label, grade in zip(areas, labels, grades, strict=True)
    ]


def judgement(document: Document, row: Row) -> Judgement:
    """The record's judgement for one row, with its page and the printed words."""
    quote = " ".join(document.text[row.start : row.end].split())
    return Judgement(row.area, row.grade, document.page_at(row.start), quote[:_QUOTE])


def settle(
    form: Form, document: Document, front: list[Row], headings: list[Row]
) -> tuple[list[Judgement], list[Problem]]:
    """One judgement per area: the table's, or the heading's where it has none; each doubt is a problem."""
    judgements: list[Judgement] = []
    problems: list[Problem] = []
    from_table = {row.area: row for row in front}
    later: dict[str, list[Row]] = {}
    for row in headings:
        later.setdefault(row.area, []).append(row)
    for area, _ in form.labels:
        others = later.get(area, [])
        chosen = from_table.get(area) or (others[0] if others else None)
        if chosen is not None:
            judgements.append(judgement(document, chosen))
            problems.extend(_contradictions(document, chosen, others))
    return judgements, problems


def missing(form: Form, judgements: list[Judgement]) -> list[Problem]:
    """A problem for each area that every report of this form prints and this one does not."""
    have = {one.area for one in judgements}
    best = min(form.expected, key=lambda areas: len(areas - have))
    return [Problem(f"No grade was found for {area.replace('_', ' ')}.") for area in sorted(best - have)]


def _contradictions(document: Document, row: Row, others: list[Row]) -> list[Problem]:
    problems = []
    told = {row.grade}
    for other in others:
        if other.grade in told:
            continue
        told.add(other.grade)
        page, first = document.page_at(other.start), document.page_at(row.start)
        where = f" on page {first}" if first else ""
        problems.append(
            Problem(
                f"Two places disagree on {row.area.replace('_', ' ')}: {row.grade.replace('_', ' ')}{where}, "
                f"but {other.grade.replace('_', ' ')} here.",
                page,
            )
        )
    return problems


def _words_between(text: str, first: Row, second: Row) -> int:
    return len(text[first.end : min(second.start, first.end + 4000)].split())
