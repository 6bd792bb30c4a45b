"""One authority's graded inspections as a small strip along the years, drawn as SVG without a drawing library.

A box begins on the day a report was published and ends with the next one; the grade's letter stands in it, so that no
grade is told by colour alone. The strip is small enough to stand inside every council's page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from pipelines.charts.grades import FRAMEWORK_WORDS, GRADE_LETTERS, GRADE_WORDS
from pipelines.charts.theme import FONT, GRADE_COLOURS, ROLES, ink_on

WIDTH, TOP, HEIGHT = 720, 22, 34
_GAP = 1.5
#: Text of 14 px in a drawing this wide is still 9 px tall on a screen of 480 px; narrower screens scroll it.
_SIZE = 14


@dataclass(frozen=True, slots=True)
class Held:
    """One grade and the days it was the newest: from its report's publication to the next report's."""

    grade: str
    framework: str
    published: date
    until: date


def history_svg(name: str, held: Sequence[Held], first_year: int, last: date) -> str:
    """The strip from the start of `first_year` to `last`, with the years above it and its words for a screen reader."""
    begin, end = date(first_year, 1, 1).toordinal(), last.toordinal()
    scale = WIDTH / (end - begin)
    boxes = "".join(
        _box(h, (h.published.toordinal() - begin) * scale, (h.until.toordinal() - begin) * scale)
        for h in held
    )
    ticks = "".join(
        _tick(year, (date(year, 1, 1).toordinal() - begin) * scale)
        for year in range(first_year, last.year + 1)
        if (year - first_year) % 2 == 0 and (date(year, 1, 1).toordinal() - begin) * scale < WIDTH - 40
    )
    return (
        f'<svg class="strip" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {TOP + HEIGHT + 2}" '
        f'role="img" aria-label="{escape(in_words(name, held))}">{ticks}{boxes}</svg>'
    )


def in_words(name: str, held: Sequence[Held]) -> str:
    """The strip's alternative text: type, data and finding."""
    if not held:
        return f"{name} has no graded inspection in these years."
    told = "; ".join(
        f"{GRADE_WORDS[h.grade].lower()} in {h.published:%B %Y} ({FRAMEWORK_WORDS.get(h.framework, 'earlier framework')})"
        for h in held
    )
    return f"Strip of overall grades of {name} along the years: {told}."


def _box(held: Held, start: float, stop: float) -> str:
    colour = GRADE_COLOURS[held.grade]
    width = max(stop - start - _GAP, 2)
    edge = f' stroke="{ROLES["absent_edge"]}"' if held.grade == "not_judged" else ""
    letter = ""
    if width >= _SIZE:
        letter = (
            f'<text x="{start + width / 2:.1f}" y="{TOP + HEIGHT / 2 + 5}" text-anchor="middle" font-family="{FONT}" font-size="{_SIZE}" '
            f'font-weight="bold" fill="{ink_on(colour)}">{GRADE_LETTERS[held.grade]}</text>'
        )
    about = f"{GRADE_WORDS[held.grade]}, report of {held.published.day} {held.published:%B %Y}"
    return (
        f'<g><title>{escape(about)}</title><rect x="{start:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT}" '
        f'fill="{colour}"{edge}/>{letter}</g>'
    )


def _tick(year: int, x: float) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 5}" y2="{TOP}" stroke="{ROLES["rule"]}"/>'
        f'<text x="{x + 3:.1f}" y="{TOP - 7}" font-family="{FONT}" font-size="{_SIZE}" fill="{ROLES["quiet_text"]}">{year}</text>'
    )
