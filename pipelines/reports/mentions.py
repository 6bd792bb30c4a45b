"""What a council's covering report says of the inspection: grades, dates and national shares.

It is a second source with mistakes of its own and is kept beside the report, never merged with it. `what` is
`judgement`, `previous_judgement` (value: the grade), `inspection_start`, `inspection_end`, `published`,
`previous_inspection` (value: the ISO date, as exact as printed; `--07-07` where no year is printed),
`national_share_<grade>` (value: percent of the authorities inspected so far) or `national_inspected`
(value: their number).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import CouncilsError
from pipelines.reports.document import Document, Line
from pipelines.reports.grammar.dates import find_dates, month_number, read_period
from pipelines.reports.record import Mention

TABLE = Path(__file__).with_name("mentions.toml")
LONGEST_QUOTE = 200
_SENTENCE = re.compile(r"(?<=[.;!?])['’”\")]?\s+(?=[A-Z'‘“\"])")
_NATIONAL = re.compile(r"\(nationally (\d{1,3}(?:\.\d)?) ?%[^()]{0,80}\)", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d)?) ?% (?:(?:have been|were|are) )?(?:judged |rated |graded )?(?:as )?")
_INSPECTED = re.compile(r"\b(\d{1,3}) (?:local )?authorities have been inspected", re.IGNORECASE)
_PUBLISHED = re.compile(r"\bpublished\b(?: on)?", re.IGNORECASE)
_DAY_MONTH = re.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\b")
_RANGE = re.compile(r"\binspect(?:ed|ion)\b.{0,160}?\b(?:from|between|date)\b(.{6,60})", re.IGNORECASE)
_OVERALL = re.compile(r"^\W*overall\b|\boverall\W*$")
_CLAUSE = re.compile(r", (?=(?:and|but|although|though|while|whilst|the|our|with)\b)")
_CARRIED_OUT = re.compile(r"\binspection by Ofsted in\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The table of area and grade names, compiled."""

    areas: tuple[tuple[re.Pattern[str], str], ...]
    grades: tuple[tuple[re.Pattern[str], str], ...]
    verdicts: re.Pattern[str]
    earlier: re.Pattern[str]

    def area(self, text: str) -> str | None:
        """The area a small-letter text names, None for none."""
        return next((area for words, area in self.areas if words.search(text)), None)

    def every_area(self, text: str) -> list[str]:
        """All areas a small-letter text names."""
        return [area for words, area in self.areas if words.search(text)]

    def grade(self, text: str, start: int = 0) -> str | None:
        """The grade named first at or after `start`, None for none."""
        matches = ((words.search(text, start), grade) for words, grade in self.grades)
        found = [(match.start(), grade) for match, grade in matches if match]
        return min(found)[1] if found else None


@cache
def words() -> Words:
    """The table `mentions.toml`; a broken table is an error that names the file."""
    try:
        table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        return Words(
            areas=tuple((re.compile(row["words"]), row["area"]) for row in table["areas"]),
            grades=tuple((re.compile(row["words"]), row["grade"]) for row in table["grades"]),
            verdicts=re.compile(table["verdicts"]["words"]),
            earlier=re.compile(table["earlier"]["words"]),
        )
    except (OSError, KeyError, ValueError, re.error) as error:
        raise CouncilsError(f"{TABLE.name} cannot be used as the table of area names: {error}") from error


def read_mentions(covering: Document) -> list[Mention]:
    """Every grade, date and national share the text around the report states, in its order."""
    table = words()
    return [mention for line in covering.lines for mention in _line(table, line)]


def _line(table: Words, line: Line) -> Iterator[Mention]:
    label = _label_with_grade(table, line)
    if label is not None:
        yield from label
        return
    for sentence in _SENTENCE.split(line.text.replace("\t", " ").replace("\v", " ")):
        if len(sentence) < 2_000:
            yield from _dates(table, sentence, line.page)
            yield from _shares(table, sentence, line.page)
            yield from _verdict(table, sentence, line.page)


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _label_with_grade(table: Words, line: Line) -> list[Mention] | None:
    """A row or bullet that is only an area's label and its grade, with the national share in brackets."""
    if len(line.text) > 160:
        return None
    national = _NATIONAL.search(line.text)
    stated = _NATIONAL.sub("", line.text)
    small = _small(stated)
    area, grade = table.area(small), table.grade(small)
    if area is None or grade is None or not _is_label(table, small, grade):
        return None
    found = [Mention("judgement", area, grade, line.page, _quote(line.text))]
    if national:
        shared = table.grade(_small(national[0])) or grade
        found.append(Mention(f"national_share_{shared}", area, national[1], line.page, _quote(line.text)))
    return found


def _is_label(table: Words, small: str, grade: str) -> bool:
    """Whether the grade is all that follows the label, behind a cell's border, a dash or a colon."""
    tail = re.split(r"\t| [–—-] |: ", small)[-1].strip(" .*|")
    pattern = next(words for words, name in table.grades if name == grade)
    return tail != small.strip() and pattern.fullmatch(tail) is not None


def _small(text: str) -> str:
    return text.lower().replace("’", "'")


def _dates(table: Words, sentence: str, page: int | None) -> Iterator[Mention]:
    small = _small(sentence)
    quote = _quote(sentence)
    ranged = _RANGE.search(sentence)
    if ranged and (period := read_period(ranged[1])) and period.start and period.end:
        yield Mention("inspection_start", None, period.start.isoformat(), page, quote)
        yield Mention("inspection_end", None, period.end.isoformat(), page, quote)
    elif _CARRIED_OUT.search(sentence) and (dates := find_dates(sentence)):
        yield Mention("inspection_start", None, dates[0].as_month, page, quote)
    if table.earlier.search(small) and "inspection" in small and (years := find_dates(sentence, years=True)):
        yield Mention("previous_inspection", None, years[0].iso, page, quote)
    published = _PUBLISHED.search(sentence)
    if published and "plan" not in small:
        yield from _published(sentence, published.end(), page, quote)


def _published(sentence: str, end: int, page: int | None, quote: str) -> Iterator[Mention]:
    """The date right after "published"; where the year is not printed only the day and month are known."""
    near = sentence[end : end + 40]
    dates = find_dates(near)
    if dates and dates[0].start <= 12:
        yield Mention("published", None, dates[0].iso, page, quote)
        return
    partial = _DAY_MONTH.match(near)
    month = month_number(partial[2]) if partial else None
    if partial and month and 1 <= int(partial[1]) <= 31:
        yield Mention("published", None, f"--{month:02d}-{int(partial[1]):02d}", page, quote)


def _shares(table: Words, sentence: str, page: int | None) -> Iterator[Mention]:
    """How many authorities had been inspected, and the share of each grade among them."""
    inspected = _INSPECTED.search(sentence)
    if inspected is None:
        return
    yield Mention("national_inspected", None, inspected[1], page, _quote(sentence))
    for share in _SHARE.finditer(sentence):
        following = _small(sentence[share.end() : share.end() + 24])
        grade = next((name for pattern, name in table.grades if pattern.match(following)), None)
        if grade:
            yield Mention(f"national_share_{grade}", "overall", share[1], page, _quote(sentence))


def _verdict(table: Words, sentence: str, page: int | None) -> Iterator[Mention]:
    """A grade stated in prose: the grade that follows the verdict's word, for each area its clause names."""
    small = _small(sentence)
    verdict = table.verdicts.search(small)
    if verdict is None or "%" in sentence:
        return
    grade = table.grade(small, verdict.end())
    what = "judgement"
    if table.earlier.search(small):
        what, grade = "previous_judgement", grade or table.grade(small)
    if grade is None:
        return
    for area in _areas_of(table, small, verdict):
        yield Mention(what, area, grade, page, _quote(sentence))


def _areas_of(table: Words, small: str, verdict: re.Match[str]) -> list[str]:
    """The areas in the clause before the verdict, else those after it; "overall judgement" is the whole."""
    before = _CLAUSE.split(small[: verdict.start()])[-1]
    if _OVERALL.search(before) or verdict.group().startswith("overall"):
        return ["overall"]
    areas = table.every_area(before) or table.every_area(small[: verdict.start()])
    areas = areas or table.every_area(small[verdict.end() :])[:1]
    return [area for area in areas if area != "overall"] or areas
