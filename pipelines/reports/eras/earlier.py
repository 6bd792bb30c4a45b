"""The frameworks before November 2013 and the service inspections: each a form of labels, no more.

They share one way of printing: a table "Record of main findings" at the end (or a table of judgements), and
the grade once more under each section's heading ("Grade 3 (Adequate)"). The scale knows *adequate*.
"""

from __future__ import annotations

import re

from pipelines.reports.document import Document
from pipelines.reports.eras.front import Front
from pipelines.reports.eras.grades import GRADE, OLD_GRADE, Form, Row, columns, missing, rows, settle, table
from pipelines.reports.record import Judgement, Problem

_ALL_GRADES = rf"(?:{OLD_GRADE}|{GRADE})"
_RECORD = re.compile(
    r"^(?:record\s+of\s+main\s+findings|summary\s+of\s+judge?ments?)\b[^\n]*$", re.IGNORECASE | re.MULTILINE
)
_LOOKED_AFTER_PART = re.compile(
    r"^services\s+for\s+looked\s+after\s+children\s*$", re.IGNORECASE | re.MULTILINE
)
_YOUNG = r"(?:\s+(?:and|for)\s+(?:children\s+and\s+)?young\s+people)?"

LOOKED_AFTER = Form(
    "looked_after_2013",
    (
        (
            "overall",
            rf"overall\s+effectiveness(?:\s+of\s+services\s+for\s+looked\s+after\s+children{_YOUNG})?",
        ),
        ("capacity_to_improve", r"capacity\s+(?:to\s+improve|for\s+improvement)"),
        ("outcomes", rf"outcomes\s+for\s+looked\s+after\s+children{_YOUNG}"),
        ("quality_of_provision", r"quality\s+of\s+provision"),
        ("leadership", r"leadership\s+and\s+management"),
    ),
    (frozenset({"overall", "capacity_to_improve", "outcomes", "quality_of_provision", "leadership"}),),
    scale=_ALL_GRADES,
)
CHILD_PROTECTION = Form(
    "child_protection_2012",
    (
        ("overall", r"overall\s+effectiveness"),
        (
            "help_and_protection",
            r"(?:the\s+)?effectiveness\s+of\s+the\s+help\s+and\s+protection\s+provided[^\n.]{0,80}(?:\n[^\n.]{0,60}?)?",
        ),
        ("quality_of_practice", r"(?:the\s+)?quality\s+of\s+practice"),
        ("leadership", r"leadership\s+and\s+governance"),
    ),
    (frozenset({"overall", "help_and_protection", "quality_of_practice", "leadership"}),),
    scale=_ALL_GRADES,
)
_SLAC_AREAS = (
    (
        "overall",
        r"overall\s+effectiveness(?:\s+of\s+(?:the\s+)?(?:safeguarding\s+services|services\s+for\s+looked\s+after\s+children))?",
    ),
    ("capacity_to_improve", r"capacity\s+(?:to\s+improve|for\s+improvement)"),
)
SAFEGUARDING = Form("slac", _SLAC_AREAS, (frozenset({"overall"}),), scale=_ALL_GRADES)
SERVICE_LABELS = (
    ("overall", r"(?:the\s+)?overall\s+(?:effectiveness|quality(?:\s+rating)?)|(?:the\s+)?quality\s+rating"),
    ("outcomes", r"outcomes\s+for\s+children(?:\s+and\s+young\s+people)?"),
    ("quality_of_provision", r"quality\s+of\s+(?:service|provision|care)"),
    (
        "help_and_protection",
        r"safeguarding\s+children(?:\s+and\s+young\s+people)?|how\s+well\s+children[^\n]{0,40}\s+are\s+helped\s+and\s+protected",
    ),
    (
        "leadership",
        r"(?:the\s+effectiveness\s+of\s+)?leaders?(?:hip)?(?:\s+and|,)\s+management(?:\s+and\s+governance)?",
    ),
)
FOSTERING = Form("fostering", SERVICE_LABELS, (frozenset({"overall"}),), scale=_ALL_GRADES)
ADOPTION = Form("adoption", SERVICE_LABELS, (frozenset({"overall"}),), scale=_ALL_GRADES)

Reading = tuple[str, list[Judgement], list[Problem]]


def read_looked_after(document: Document, front: Front) -> Reading:
    """Inspections of services for looked after children, 2013."""
    return _read(LOOKED_AFTER, document)


def read_child_protection(document: Document, front: Front) -> Reading:
    """Inspections of arrangements for the protection of children, 2012 and 2013."""
    return _read(CHILD_PROTECTION, document)


def read_fostering(document: Document, front: Front) -> Reading:
    """A local authority's fostering service, as far as a grade is printed."""
    return _read(FOSTERING, document)


def read_adoption(document: Document, front: Front) -> Reading:
    """A local authority's adoption service, as far as a grade is printed."""
    return _read(ADOPTION, document)


def read_slac(document: Document, front: Front) -> Reading:
    """Safeguarding and looked after children, 2009 to 2012: two inspections in one report.

    The areas are named `safeguarding_...` and `looked_after_...`, since the report has no grade over both.
    """
    record = _RECORD.search(document.text)
    if record is None:
        return "slac", [], [Problem("The table of main findings was not found, so no grade was read.")]
    second = _LOOKED_AFTER_PART.search(document.text, record.end())
    split = second.start() if second else len(document.text)
    judgements: list[Judgement] = []
    problems: list[Problem] = []
    for name, begin, end in (
        ("safeguarding", record.end(), split),
        ("looked_after", split, len(document.text)),
    ):
        found, doubts = settle(
            SAFEGUARDING, document, _first(list(rows(SAFEGUARDING, document, begin, end))), []
        )
        problems += doubts
        judgements += [Judgement(f"{name}_{one.area}", one.grade, one.page, one.quote) for one in found]
        if not found:
            problems.append(Problem(f"No grade was found for {name.replace('_', ' ')}."))
    return "slac", judgements, problems


def _read(form: Form, document: Document) -> Reading:
    """The table of main findings is the first place, the grades under the headings the second."""
    everything = list(rows(form, document, 0, len(document.text)))
    front = _closing_table(form, document, everything)
    inside = range(front[0].start, front[-1].end) if front else ()
    headings = [row for row in everything if row not in front and row.start not in inside]
    judgements, problems = settle(form, document, front, headings)
    return form.framework, judgements, [*problems, *missing(form, judgements)]


def _closing_table(form: Form, document: Document, everything: list[Row]) -> list[Row]:
    """The rows below the title of the main findings; where more stand together elsewhere, those.

    A text layer may have the title below its table, and a title may be worded otherwise: but nowhere else does
    one grade follow the other with only a few words between.
    """
    title = _last(_RECORD, document)
    apart = [] if title is None else columns(form, document, title)
    if apart:
        return apart
    below = _first([row for row in everything if title is not None and row.start >= title])
    runs = [table(everything[at:], document.text) for at in range(len(everything))]
    longest = max(reversed(runs), key=len, default=[])
    return longest if len(longest) > max(1, len(below)) else below


def _first(found: list[Row]) -> list[Row]:
    """The first row of each area."""
    return list({row.area: row for row in reversed(found)}.values())[::-1]


def _last(pattern: re.Pattern[str], document: Document) -> int | None:
    places = [found.end() for found in pattern.finditer(document.text)]
    return places[-1] if places else None
