"""The single inspection framework, November 2013 to 2018, and its re-inspections.

The front page has five rows and a sentence with the overall grade. The review of the Local Safeguarding
Children Board stands on the front page early on, in a section of its own later, in a report of its own now
and then, and in no re-inspection. Each area's section begins with the grade again: the second place that
every grade is checked against.
"""

from __future__ import annotations

import re

from pipelines.reports.document import Document
from pipelines.reports.eras.front import Front
from pipelines.reports.eras.grades import (
    END,
    GRADE,
    TORN,
    Form,
    Row,
    grade_name,
    missing,
    rows,
    settle,
    table,
)
from pipelines.reports.record import Judgement, Problem

# One report prints "The Local Safeguarding Children is inadequate": the last word may be missing.
_BOARD = r"Safeguarding\s+Children(?:[’']s)?(?:\s+Board)?"
_BOARD_NAME = (
    r"(?:(?:the\s+)?(?:effectiveness\s+of\s+the\s+)?(?:[\w&’'.-]+[ ]+){0,8}?"
    + _BOARD
    + r"(?:\s*\(\w[\w& ]{2,12}\))?(?:\s+in\s+[A-Z][\w ]{2,30}?)?|the\s+effectiveness\s+of\s+the\s+LSCB)"
)

_CHILDREN = rf"(?:children|{TORN})"
_JUDGEMENT_ON = r"(?:the\s+graded\s+judge?ment\s+(?:for|about)\s+)?"
_LABELS = (
    (
        "help_and_protection",
        r"(?:(?:the\s+)?experiences?\s+and\s+progress\s+of\s+)?"
        + _CHILDREN
        + r"(?:\s+and\s+young\s+people)?\s+who\s+need\s+help\s+and\s+protection",
    ),
    (
        "looked_after_and_permanence",
        r"(?:(?:the\s+)?experiences?\s+and\s+progress\s+of\s+)?"
        + _CHILDREN
        + r"\s+looked\s+after\s+and\s+achieving\s+permanence",
    ),
    ("adoption", _JUDGEMENT_ON + r"adoption\s+performance"),
    (
        "care_leavers",
        _JUDGEMENT_ON + r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+care\s+leavers",
    ),
    ("leadership", rf"(?:leadership|{TORN}),?\s+management\s+and\s+governance"),
    ("lscb", _BOARD_NAME),
)
_BOARD_SECTION = re.compile(
    rf"^(?:the\s+)?local\s+{_BOARD}(?:\s*\(LSCB\))?\s*$", re.IGNORECASE | re.MULTILINE
)
_AREAS = frozenset(
    {
        "overall",
        "help_and_protection",
        "looked_after_and_permanence",
        "adoption",
        "care_leavers",
        "leadership",
    }
)
FORM = Form("sif", _LABELS, (_AREAS | {"lscb"},))
REINSPECTION = Form("sif_reinspection", _LABELS, (_AREAS,))
BOARD_ONLY = Form("sif", _LABELS, (frozenset({"lscb"}),))

_SERVICES = r"(?:local\s+authority\s+)?children[’']?s?[’']?\s+services?"
# The place after "in", at most a dozen words, none of which begins the grade.
_PLACE = r"(?:\s+(?:in|for)(?:\s+(?!(?:is|are|requires?|improvement|to|be)\b)[^\s.]{1,30}){1,12})?"
_OVERALL = re.compile(
    rf"^(?:the\s+overall\s+judge?ment\s+(?:is|was)(?:\s+that)?\s*:?(?:\s*{_SERVICES})?|{_SERVICES}{_PLACE})"
    rf"\s+(?:(?:is|are)\s+)?(?P<grade>{GRADE}){END}",
    re.IGNORECASE | re.MULTILINE,
)


_UNSAID = "No board is reviewed, so this is a re-inspection, although the title does not say so."


def read(document: Document, front: Front) -> tuple[str, list[Judgement], list[Problem]]:
    """The framework's id, the judgements, and what is doubtful about them."""
    form = _form(document, front)
    first = table(list(rows(form, document, front.table_start, front.end)), document.text)
    sentence = _OVERALL.search(document.text, front.start, front.end)
    headings = list(rows(form, document, front.end, len(document.text)))
    judgements, problems = settle(form, document, first, headings)
    if sentence:
        row = Row("overall", grade_name(sentence["grade"]), sentence.start(), sentence.end("grade"))
        overall, _ = settle(Form("sif", (("overall", ""),), ()), document, [row], [])
        judgements = [*overall, *judgements]
    problems += [*missing(form, judgements), *_taken_later(form, first, judgements)]
    if form is REINSPECTION and not front.title_has("re-inspection"):
        problems.append(Problem(_UNSAID))
    return form.framework, judgements, problems


def _form(document: Document, front: Front) -> Form:
    """Some re-inspections do not say so: what tells them is that no board is reviewed."""
    if front.title_has("re-inspection"):
        return REINSPECTION
    if not front.title_has("in need of help and protection") and not _authority_rows(document, front):
        return BOARD_ONLY
    reviewed = front.title_has("local safeguarding children board")
    return FORM if reviewed or _BOARD_SECTION.search(document.text, front.end) else REINSPECTION


def _authority_rows(document: Document, front: Front) -> bool:
    """Whether the front page grades the authority, whatever became of its title."""
    return any(row.area != "lscb" for row in rows(FORM, document, front.table_start, front.end))


def _taken_later(form: Form, first: list[Row], judgements: list[Judgement]) -> list[Problem]:
    """The grades that only a heading gave; the board's may stand in its own section."""
    if form is BOARD_ONLY:
        return []
    have = {row.area for row in first} | {"overall", "lscb"}
    return [
        Problem(
            f"The front page has no readable grade for {one.area.replace('_', ' ')}; a heading gave it.",
            one.page,
        )
        for one in judgements
        if one.area not in have
    ]
