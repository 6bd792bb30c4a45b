"""Pages from templates: the words, links and numbers every page shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.charts.grades import AREA_WORDS, FRAMEWORK_WORDS, GRADE_LETTERS, GRADE_WORDS
from pipelines.charts.theme import GRADE_COLOURS, ink_on
from pipelines.charts.words import day, number, status_words

if TYPE_CHECKING:
    from jinja2 import Environment

#: Words of areas and frameworks beside an inspection's own date, and of those before 2013, which charts do not show.
PAGE_WORDS = {
    "care": "Children in care",
    "care_leavers": "Care leavers",
    "care_and_care_leavers": "Children in care and care leavers",
    "safeguarding": "Safeguarding",
    "looked_after": "Looked after children",
    "slac": "Safeguarding and looked after (2009 to 2012)",
    "slac_reinspection": "Safeguarding and looked after, re-inspection",
    "child_protection_2012": "Child protection (2012 to 2013)",
    "child_protection_2012_reinspection": "Child protection, re-inspection",
    "looked_after_2013": "Looked after children (2013)",
}
_UNITS = {
    "per_10000": "per 10,000 children",
    "percent": "per cent",
    "gbp": "pounds",
    "fte": "full-time equivalents",
}


#: The charts name the renderer's font. In a browser these have its widths, so that no line runs out of the picture.
FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"


def for_browsers(svg: bytes) -> bytes:
    """A chart's SVG with the fonts whose widths its lines were broken by."""
    return svg.replace(b'font-family="sans-serif"', f'font-family="{FONTS}"'.encode())


def words_of(name: str) -> str:
    """A grade, area or framework in words a reader knows."""
    known = {**AREA_WORDS, **FRAMEWORK_WORDS, **GRADE_WORDS, **PAGE_WORDS}
    return known.get(name, name.replace("_", " "))


def unit_words(unit: str) -> str:
    """A unit in words."""
    return _UNITS.get(unit, unit.replace("_", " "))


def shown(value: Any, decimals: int | None = None) -> str:
    """A value of a table's cell: a number grouped, a date in words, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return day(value.date())
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return number(value, _decimals(value) if decimals is None else decimals)
    return str(value)


def _decimals(value: float) -> int:
    return 0 if value == int(value) else 1


def most_common(values: Sequence[str]) -> str:
    """The value that occurs most often; of several the one that comes first."""
    return max(dict.fromkeys(values), key=list(values).count)


def grade_tag(grade: str | None) -> str:
    """A grade as a lettered tag with its words: told by letter and word, and by colour besides."""
    from markupsafe import Markup

    if grade is None:
        return "–"
    colour = GRADE_COLOURS[grade]
    edge = ";box-shadow:inset 0 0 0 1px #505A5F" if grade == "not_judged" else ""
    return Markup(
        '<span class="grade"><b aria-hidden="true" style="background:{};color:{}{}">{}</b> {}</span>'
    ).format(colour, ink_on(colour), edge, GRADE_LETTERS[grade], GRADE_WORDS[grade])


@dataclass(slots=True)
class Pages:
    """The pages of one site: where they go, and which were written."""

    target: Path
    common: dict[str, Any]
    written: list[str] = field(default_factory=list)
    _environment: "Environment | None" = None

    def write(self, template: str, path: str, **context: Any) -> None:
        """Render one page to `path` below the target; `root` in a template leads back to the first page."""
        root = "../" * path.count("/")
        html = self.environment.get_template(template).render(root=root, path=path, **self.common, **context)
        file = self.target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8", newline="\n")
        self.written.append(path)

    @property
    def environment(self) -> "Environment":
        """The templates, with everything from the data escaped."""
        if self._environment is None:
            self._environment = _environment()
        return self._environment


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "words": words_of,
        "shown": shown,
        "day": day,
        "grade": grade_tag,
        "status": status_words,
        "unit": unit_words,
        "most_common": most_common,
    }
    return environment
