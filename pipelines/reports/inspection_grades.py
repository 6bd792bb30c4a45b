"""Which grade of a sentence is whose: the earlier inspections it is about, each with the grade it gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.reports.inspection_words import InspectionWords

Given = tuple[str | None, str]


def grades_given(words: InspectionWords, sentence: str, subjects: Sequence[str]) -> list[Given]:
    """The printed grades with the subject each is for (None: for all of `subjects`); none where it cannot be told.

    `subjects` are those of the inspections still without a grade, in the order named.
    """
    sentence = words.part.sub("", sentence)
    has_overall = words.has("overall", sentence)
    if has_overall:
        sentence = words.part_beside_overall.sub("", sentence)
    grades = list(words.grade.finditer(sentence))
    if not grades or not (has_overall or words.has("judges", sentence) or words.has("listed", sentence)):
        return []
    if subjects[0] == "single_inspection":
        chosen = _overall_grade(words, sentence, grades)
        return [] if chosen is None else [(None, chosen.group())]
    if len(set(subjects)) == 1 and len(grades) > 1:
        alone = _of_one(words, sentence, grades, subjects[0])
        return [] if alone is None else [(None, alone.group())]
    if len(grades) == 1:
        return _one_grade(words, sentence, grades[0], subjects)
    given = [(_judged(words, sentence, grades, at), grade.group()) for at, grade in enumerate(grades)]
    return [(subject, grade) for subject, grade in given if subject is not None]


def _one_grade(
    words: InspectionWords, sentence: str, grade: re.Match[str], subjects: Sequence[str]
) -> list[Given]:
    """The grade of a sentence that gives one: of the services it names, else of all."""
    named = set(words.services(_between(words, sentence, grade) or words.subjects(sentence), None))
    if words.has("listed", sentence) and not named and not words.has("overall", sentence):
        return []  # "capacity to improve: good"
    meant = [subject for subject in subjects if subject in named] if len(named) < len(subjects) else []
    return [(subject, grade.group()) for subject in meant] or [(None, grade.group())]


def _of_one(
    words: InspectionWords, sentence: str, grades: Sequence[re.Match[str]], subject: str
) -> re.Match[str] | None:
    """Of several grades the one for the only service: the overall one, the one told to be its, else the first."""
    if words.has("overall", sentence):
        return _overall_grade(words, sentence, grades)
    own = [
        grade for at, grade in enumerate(grades) if _judged(words, sentence, grades, at) in (subject, None)
    ]
    return own[0] if own else None


def _between(words: InspectionWords, sentence: str, grade: re.Match[str]) -> list[str]:
    """The services between "found" or "judged" and the grade: it is theirs, whatever the sentence begins with."""
    verb = words.phrases["found"].search(sentence, 0, grade.start())
    return words.subjects(sentence[verb.end() : grade.start()]) if verb else []


def _judged(words: InspectionWords, sentence: str, grades: Sequence[re.Match[str]], at: int) -> str | None:
    """Which service grade number `at` is for: the one after "for", else the last one before the grade."""
    grade = grades[at]
    if words.grade_for.match(sentence, grade.end()):
        stop = grades[at + 1].start() if at + 1 < len(grades) else len(sentence)
        named = words.subject.search(sentence, grade.end(), stop)
        return named.lastgroup if named else "other"
    before = list(words.subject.finditer(sentence, 0, grade.start()))
    return before[-1].lastgroup if before else None


def _overall_grade(
    words: InspectionWords, sentence: str, grades: Sequence[re.Match[str]]
) -> re.Match[str] | None:
    """The grade for overall effectiveness; the only grade where a sentence gives one and names no part."""
    overall = words.phrases["overall"].search(sentence)
    if overall is None:
        plain = len(grades) == 1 and not re.search(r"\bfor\b|:", sentence)
        return grades[0] if plain else None
    after = [grade for grade in grades if grade.start() > overall.start()]
    near = re.match(r"[^.;,]{0,60}$", sentence[overall.end() : after[0].start()]) if after else None
    before = [grade for grade in grades if grade.end() <= overall.start()]
    return after[0] if near else (before[-1] if before else None)
