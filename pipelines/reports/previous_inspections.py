"""Earlier inspections that a report's area section names: subject, date, grade, page.

A sentence says what was inspected and when, the same or a following one how it was judged. One sentence may
name two services with one date, or give each a date or grade of its own. Inspections of single children's
homes and schools, and monitoring visits, are not inspections of the authority's services and are left out.
The words are data (`previous_inspections.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.reports.area_items import Item
from pipelines.reports.grammar import find_dates
from pipelines.reports.inspection_grades import grades_given
from pipelines.reports.inspection_words import InspectionWords, inspection_words
from pipelines.reports.record import PreviousInspection, Problem

_STRAIGHT = str.maketrans({"’": "'", "‘": "'"})
# Whose sentences are read; in the list about the area's leadership only those that name an inspection outright.
_BLOCKS = ("inspections", "unknown", "prose", "leadership", "other")
_OTHER_LISTS = ("leadership", "other")
Named = tuple[str, str | None]


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

    words: InspectionWords
    rows: list[_Row] = field(default_factory=list)
    open: list[_Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the place it has in its item."""

    text: str
    item: Item
    start: int

    @property
    def prose(self) -> bool:
        """Whether it is of the findings' prose, not of a list of inspections."""
        return self.item.block == "prose"

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self.item.page_at(self.start)

    @property
    def quote(self) -> str:
        """Its printed words."""
        return " ".join(self.item.text[self.start : self.start + len(self.text)].split())


def read_previous_inspections(items: list[Item]) -> tuple[list[PreviousInspection], list[Problem]]:
    """The earlier inspections named in the section, in the order of the print, and grades off the scale."""
    reading = _Reading(inspection_words())
    for item in items:
        if item.block in _BLOCKS:
            if item.block == "prose":
                reading.open = []
            for sentence in _sentences(reading.words, item):
                _read_sentence(sentence, reading)
        else:
            reading.open = []
    rows = [row for row in reading.rows if row.graded or not row.prose or _is_plain(reading, row)]
    named = [PreviousInspection(row.subject, row.date, row.grade, row.page, row.quote) for row in rows]
    return named, reading.problems


def _sentences(words: InspectionWords, item: Item) -> Iterator[_Sentence]:
    text = item.text.translate(_STRAIGHT)
    start = 0
    for end in [*(found.end() for found in words.phrases["ends"].finditer(text)), len(text)]:
        if text[start:end].strip():
            yield _Sentence(text[start:end], item, start)
        start = end


def _is_plain(reading: _Reading, row: _Row) -> bool:
    """Whether the findings' prose names an inspection beyond doubt without its grade: service and date."""
    return row.date is not None and reading.words.prose["plain"].search(row.quote) is not None


def _read_sentence(sentence: _Sentence, reading: _Reading) -> None:
    words = reading.words
    named = _named(sentence, reading)
    if named:
        reading.open = [_row(sentence, one, reading) for one in named]
    elif words.has("establishments", sentence.text) or (
        sentence.prose and not words.prose["judged"].search(sentence.text)
    ):
        reading.open = []
    if reading.open:
        if not named and words.has("dates_it", sentence.text):
            _date(sentence, reading)
        _grade(sentence, reading)


def _date(sentence: _Sentence, reading: _Reading) -> None:
    """Give the open inspections without a date the one that a following sentence tells."""
    dates = find_dates(sentence.text) or find_dates(sentence.text, years=True)
    for row in reading.open:
        if row.date is None and dates:
            row.date = dates[0].iso


def _row(sentence: _Sentence, named: Named, reading: _Reading) -> _Row:
    """A row of its own, or the one that a sentence before it named already."""
    subject, date = named
    for row in reading.rows:
        if (row.subject, row.date) == named:
            return row
    row = _Row(subject, date, sentence.page, sentence.quote, sentence.prose)
    reading.rows.append(row)
    return row


def _named(sentence: _Sentence, reading: _Reading) -> list[Named]:
    """The earlier inspections, by subject and date, that this sentence names; none where it names none."""
    words, text = reading.words, sentence.text
    if words.has("not_the_authority", text) or words.has("establishments", text):
        return []
    if sentence.item.block in _OTHER_LISTS and not words.has("explicit", text):
        return []
    told = words.subjects(words.phrases["aside"].sub("", text))
    dated = bool(find_dates(text, years=True))
    # In the list of inspections a line may be no more than service, date and grade.
    bare = sentence.item.block == "inspections" and told and dated and words.grade.search(text)
    if not (bare or words.has("inspected", text)):
        return []
    again = bool(reading.open) and dated and not told and words.has("again", text)
    if again:
        return _dated(words, text, list(dict.fromkeys(row.subject for row in reading.open)))
    if words.has("goes_on", text) or not (dated or words.has("earlier", text)):
        return []
    if not told:
        told = _whole(words, text) if dated and words.has("earlier", text) else []
    return [one for one in _dated(words, text, told) if not _known(one, reading)]


def _whole(words: InspectionWords, text: str) -> list[str]:
    """What an inspection without a service was of: the whole authority, if the words say so and its time fits."""
    dates = find_dates(text, years=True)
    if words.has("whole", text) and dates[0].as_month >= words.single_since[: len(dates[0].as_month)]:
        return ["single_inspection"]
    return ["other"]


def _known(named: Named, reading: _Reading) -> bool:
    """Whether words without a date, or without a service, only point back to an inspection named before."""
    subject, date = named
    if date is None:
        return any(row.subject == subject for row in reading.open)
    return subject == "other" and any(
        row.date is not None and (row.date.startswith(date) or date.startswith(row.date))
        for row in reading.rows
    )


def _dated(words: InspectionWords, text: str, subjects: list[str]) -> list[Named]:
    """Each subject with its date: its own where services and dates alternate, else the sentence's."""
    pairs = _alternating(words, text)
    if pairs:
        return pairs
    several = words.has("several", text)
    found = find_dates(text) or find_dates(text, years=True)
    dates: list[str | None] = [date.iso for date in found]
    once = words.services(subjects, dates[0] if dates else None)
    if several and "respectively" in text and len(once) == len(dates):
        return list(zip(once, dates, strict=True))
    dates = dates if several else dates[:1]
    return [(subject, date) for subject in once for date in dates or [None]]


def _alternating(words: InspectionWords, text: str) -> list[Named]:
    """Services and dates by turns ("of adoption in 2009 and of fostering in June 2012"), each paired; else none."""
    places = [(found.start(), found.lastgroup or "", "") for found in words.subject.finditer(text)]
    places += [(date.start, "", date.iso) for date in find_dates(text, years=True)]
    services: list[list[str]] = []
    dates: list[str] = []
    last = ""
    for _, subject, date in sorted(places):
        turn = "subject" if subject else "date"
        if subject:
            if last != turn:
                services.append([])
            services[-1].append(subject)
        elif last != turn:
            dates.append(date)
        last = turn
    if len(services) < 2 or len(services) != len(dates):
        return []
    once = [words.services(group, date) for group, date in zip(services, dates, strict=True)]
    flat = [subject for group in once for subject in group]
    if len(set(flat)) < len(flat):
        return []
    return [(subject, date) for group, date in zip(once, dates, strict=True) for subject in group]


def _grade(sentence: _Sentence, reading: _Reading) -> None:
    """Give the open inspections a sentence's grades: each its own where services are named, else the same."""
    rows = [row for row in reading.open if not row.graded]
    if not rows:
        return
    text = sentence.text
    now = reading.words.prose["about_now"].search(text) if sentence.prose else None
    if now is not None:
        text = text[: now.start()]
    for subject, printed in grades_given(reading.words, text, [row.subject for row in rows]):
        meant = [row for row in rows if not row.graded and subject in (None, row.subject)]
        grade = reading.words.grade_name(printed)
        for row in meant:
            row.grade, row.graded = grade, True
        if grade is None and meant:
            names = ", ".join(row.subject for row in meant)
            what = f"Previous inspection ({names}): {printed.lower()!r} is no grade of the scale; it is left out."
            reading.problems.append(Problem(what, sentence.page))
