"""What the pages look like to those who see little: contrast of every pair of colours, words beside every colour."""

import re
from pathlib import Path

import pytest

import pipelines.site
from pipelines.charts.grades import GRADE_LETTERS, GRADE_WORDS
from pipelines.charts.theme import GRADE_COLOURS, contrast, ink_on
from pipelines.site.figures import Point
from pipelines.site.lines import line_svg
from pipelines.site.pages import grade_tag, shown

STYLE = (Path(pipelines.site.__file__).parent / "style.css").read_text(encoding="utf-8")
TEMPLATES = sorted((Path(pipelines.site.__file__).parent / "templates").glob("*.html"))


def colours() -> dict[str, str]:
    """The style sheet's named colours, in full."""
    found = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", STYLE))
    return {name: f"#{value[1:] * 2}" if len(value) == 4 else value for name, value in found.items()}


def test_text_reads_on_white_and_on_bands() -> None:
    named = colours()
    for name in ("ink", "quiet", "link"):
        assert contrast(named[name].upper(), "#FFFFFF") >= 4.5, name
        assert contrast(named[name].upper(), named["band"].upper()) >= 4.5, name


def test_a_grade_is_a_letter_and_words_besides_its_colour() -> None:
    for grade, colour in GRADE_COLOURS.items():
        tag = str(grade_tag(grade))
        assert GRADE_WORDS[grade] in tag and f">{GRADE_LETTERS[grade]}</b>" in tag
        assert contrast(ink_on(colour), colour) >= 4.5, grade


def test_the_style_has_print_narrow_screens_and_focus() -> None:
    assert "@media print" in STYLE and "@media (max-width: 30rem)" in STYLE and ":focus-visible" in STYLE


def test_nothing_is_a_dash_and_nought_is_nought() -> None:
    assert shown(None) == "–" and shown(0.0) == "0" and shown(0.0, 1) == "0.0" and shown(92.5) == "92.5"


def own(year: int, value: float | None, text: str = "") -> Point:
    """One year of an invented council."""
    return Point(year, {"value": value, "published_text": text}, 30.0, 10, 40.0)


def test_a_line_breaks_where_a_figure_is_missing_and_shows_its_symbol() -> None:
    drawn = line_svg(
        "Ashby", "Rate", [own(2020, 10.0), own(2021, None, "c"), own(2022, 12.0), own(2023, 14.0)], 0
    )
    assert ">c</text>" in drawn
    # The council's line starts again after the gap; the lone year before it is a dot, not a line through it.
    assert drawn.count("<polyline") == 3 and drawn.count("<circle") == 1
    assert "Ashby 14 in 2023" in drawn


def test_a_measure_without_any_number_is_not_drawn() -> None:
    assert (
        line_svg("Ashby", "Rate", [Point(2020, {"value": None, "published_text": "z"}, None, 0, None)], 0)
        == ""
    )


#: Digits that are names, not figures: days and years, the confidence level, the name of a checksum.
NAMES = re.compile(r"\b31 March\b|\b(19|20)\d{2}\b|\b95%|\bsha256\b")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_figure_is_typed_into_a_page(template: Path) -> None:
    """What a page says in digits is computed: between the tags of a template stand names of days at most."""
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert not re.findall(r"\d[\d,.]*%?", NAMES.sub("", text)), template.name
