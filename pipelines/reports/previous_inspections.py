"""Earlier inspections that a report's area section names: subject, date, grade, page.

A sentence says what was inspected and when, the same or a following one how it was judged. One sentence may
name two services with one date, or give each service a grade of its own. Inspections of single children's
homes and schools, and monitoring visits, are not inspections of the authority's services and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.reports.area_items import Item
from pipelines.reports.grammar import find_dates
from pipelines.reports.record import PreviousInspection, Problem

_STRAIGHT = str.maketrans({"’": "'", "‘": "'"})
# What an inspection was of, as words; of all that match in a sentence, `_kept` drops those that say the same.
SUBJECTS: tuple[tuple[str, str], ...] = (
    ("single_inspection", r"single inspection|children in need of help and protection(?=,? (?:including|children))"
                          r"|(?<!after )children's services\b(?! for)"),
    ("private_fostering", r"private(?:ly)? foster\w*"),
    ("fostering", r"(?<!private )(?<!privately )foster\w*"),
    ("adoption", r"adoption"),
    ("looked_after", r"looked[- ]after|children in (?:its |their )?care"),
    ("safeguarding", r"safeguarding(?! children board)"),
    ("child_protection", r"protection of children|child protection|help and protection"),
)  # fmt: skip
_SUBJECT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in SUBJECTS), re.IGNORECASE)
_OVERALL = re.compile(r"\boverall\b", re.IGNORECASE)

GRADES: dict[str, str] = {
    "outstanding": "outstanding",
    "good": "good",
    "requires improvement": "requires_improvement",
    "require improvement": "requires_improvement",
    "required improvement": "requires_improvement",
    "inadequate": "inadequate",
    "adequate": "adequate",
    "satisfactory": "satisfactory",  # fostering and adoption until 2012; a scale of its own, kept as printed
}
_GRADE = re.compile(
    rf"(?<!not )\b(?:{'|'.join(GRADES)}|unsatisfactory)\b(?! or\b| enough| progress)", re.IGNORECASE
)
_GRADE_FOR = re.compile(
    r"(?: to be good)?(?: overall)?,? (?:for|in respect of|in relation to)\b", re.IGNORECASE
)
_JUDGES = re.compile(
    r"judg|found|rated|graded|rating|quality|effectiveness"
    r"|\b(?:was|were) (?=outstanding|good|inadequate|adequate|requir)",
    re.IGNORECASE,
)
_INSPECTED = re.compile(r"\binspect(?:ion|ions|ed)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previous\w*|last|most recent|recent|follow[- ]up|earlier|unannounced)\b", re.IGNORECASE
)
_NOT_THE_AUTHORITY = re.compile(
    r"\bhomes?\b|secure unit|\bschools?\b|monitoring visit|since the last inspection|during this inspection"
    r"|\bagency\b|^\W*(?:it|this|both|they|all|one|these)\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(r"\bjudged\b|\bfound to be\b|\bgraded\b", re.IGNORECASE)
# What a sentence adds about a part of what was inspected: its grade is not the inspection's.
_PART = re.compile(r",? (?:with|and) (?:the )?(?:outcomes|capacity|quality of)\b[^.;]*", re.IGNORECASE)
_FOUND = re.compile(r"\b(?:found|judged|rated|graded)\b", re.IGNORECASE)
_TOOK_PLACE = re.compile(
    r"\binspection of (?:the )?(?:local authority|council|[A-Z]\w+)[’']s .{0,80}(?:took place|carried out) in\b"
)
_SEVERAL = re.compile(r"\binspections\b", re.IGNORECASE)
_HOMES = re.compile(r"\bhomes?\b|secure unit|\bschools?\b|\bagency\b", re.IGNORECASE)
_ASIDE = re.compile(r",? (?:as part of|which also considered) .*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z\d)])[.;] ?(?=[A-Z]|$)|, and (?=an? inspection)|: ?$")


@dataclass(slots=True)
class _Row:
    """An inspection whose grade may still be to come; one from the findings' prose counts only with a grade."""

    subject: str
    date: str | None
    page: int | None
    quote: str
    prose: bool
    grade: str | None = None
    graded: bool = False


@dataclass(slots=True)
class _Reading:
    """The inspections found so far; `open` are those the next words may grade."""

    rows: list[_Row] = field(default_factory=list)
    open: list[_Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_previous_inspections(items: list[Item]) -> tuple[list[PreviousInspection], list[Problem]]:
    """The earlier inspections named in the section, in the order of the print, and grades off the scale."""
    reading = _Reading()
    for item in items:
        if item.block not in ("inspections", "unknown", "prose"):
            reading.open = []
            continue
        if item.block == "prose":
            reading.open = []
        text = item.text.translate(_STRAIGHT)
        start = 0
        for end in [*(found.end() for found in _SENTENCE.finditer(text)), len(text)]:
            if text[start:end].strip():
                _read_sentence(text[start:end], item, start, reading)
            start = end
    rows = [row for row in reading.rows if row.graded or not row.prose or _is_plain(row)]
    named = [PreviousInspection(row.subject, row.date, row.grade, row.page, row.quote) for row in rows]
    return named, reading.problems


def _is_plain(row: _Row) -> bool:
    """Whether the findings' prose names an inspection beyond doubt without its grade: service and month."""
    return row.subject != "other" and len(row.date or "") >= 7 and bool(_TOOK_PLACE.search(row.quote))


def _read_sentence(sentence: str, item: Item, start: int, reading: _Reading) -> None:
    named = _named(sentence)
    if named:
        found = find_dates(sentence) or find_dates(sentence, years=True)
        dates: list[str | None] = [date.iso for date in found]
        if not _SEVERAL.search(sentence):
            dates = dates[:1]
        quote = " ".join(item.text[start : start + len(sentence)].split())
        page = item.page_at(start)
        prose = item.block == "prose"
        reading.open = [
            _Row(subject, date, page, quote, prose) for subject in named for date in dates or [None]
        ]
        reading.rows += reading.open
    elif _HOMES.search(sentence) or (item.block == "prose" and not _JUDGED.search(sentence)):
        reading.open = []
    if reading.open:
        _grade(sentence, item.page_at(start), reading)


def _named(sentence: str) -> list[str]:
    """The subjects of an earlier inspection that this sentence names; none where it names no inspection."""
    if not _INSPECTED.search(sentence) or _NOT_THE_AUTHORITY.search(sentence):
        return []
    subjects = _kept(_subjects(_ASIDE.sub("", sentence)))
    dated = bool(find_dates(sentence, years=True))
    if not (dated or _EARLIER.search(sentence)):
        return []
    return subjects or (["other"] if dated and _EARLIER.search(sentence) else [])


def _kept(subjects: list[str]) -> list[str]:
    """Each subject once. "Safeguarding arrangements / arrangements for the protection of children" is one."""
    kept = list(dict.fromkeys(subjects))
    if "single_inspection" in kept:
        return ["single_inspection"]
    if "safeguarding" in kept and "child_protection" in kept:
        kept.remove("child_protection")
    return kept


def _grade(sentence: str, page: int | None, reading: _Reading) -> None:
    """Give the open inspections a sentence's grades: each its own where services are named, else the same."""
    if _OVERALL.search(sentence):
        sentence = _PART.sub("", sentence)
    grades = list(_GRADE.finditer(sentence))
    if not grades or not (_JUDGES.search(sentence) or _OVERALL.search(sentence)):
        return
    rows = [row for row in reading.open if not row.graded]
    if not rows:
        return
    if rows[0].subject == "single_inspection":
        chosen = _overall_grade(sentence, grades)
        if chosen is not None:
            _set(rows, chosen.group(), page, reading)
        return
    if len(rows) == 1 or len(grades) == 1:
        named = set(_kept(_between(sentence, grades[0]) or _subjects(sentence)))
        meant = [row for row in rows if row.subject in named] if len(named) < len(rows) else []
        _set(meant or rows, grades[0].group(), page, reading)
        return
    for at, grade in enumerate(grades):
        _set(
            [row for row in rows if row.subject == _judged(sentence, grades, at)],
            grade.group(),
            page,
            reading,
        )


def _subjects(words: str) -> list[str]:
    return [found.lastgroup or "" for found in _SUBJECT.finditer(words)]


def _between(sentence: str, grade: re.Match[str]) -> list[str]:
    """The services between "found" or "judged" and the grade: it is theirs, whatever the sentence begins with."""
    verb = _FOUND.search(sentence, 0, grade.start())
    return _subjects(sentence[verb.end() : grade.start()]) if verb else []


def _judged(sentence: str, grades: list[re.Match[str]], at: int) -> str | None:
    """Which service grade number `at` is for: the one after "for", else the last one before the grade."""
    grade = grades[at]
    if _GRADE_FOR.match(sentence, grade.end()):
        stop = grades[at + 1].start() if at + 1 < len(grades) else len(sentence)
        named = _SUBJECT.search(sentence, grade.end(), stop)
        return named.lastgroup if named else None
    before = list(_SUBJECT.finditer(sentence, 0, grade.start()))
    return before[-1].lastgroup if before else None


def _overall_grade(sentence: str, grades: list[re.Match[str]]) -> re.Match[str] | None:
    """The grade for overall effectiveness; the only grade where a sentence gives one and names no part."""
    overall = _OVERALL.search(sentence)
    if overall is None:
        plain = len(grades) == 1 and not re.search(r"\bfor\b|:", sentence)
        return grades[0] if plain else None
    after = [grade for grade in grades if grade.start() > overall.start()]
    near = re.match(r"[^.;,]{0,60}$", sentence[overall.end() : after[0].start()]) if after else None
    before = [grade for grade in grades if grade.end() <= overall.start()]
    return after[0] if near else (before[-1] if before else None)


def _set(rows: list[_Row], printed: str, page: int | None, reading: _Reading) -> None:
    grade = GRADES.get(" ".join(printed.lower().split()))
    for row in rows:
        row.grade, row.graded = grade, True
    if grade is None and rows:
        names = ", ".join(row.subject for row in rows)
        what = f"Previous inspection ({names}): {printed.lower()!r} is no grade of the scale; it is left out."
        reading.problems.append(Problem(what, page))
