"""The rules every published chart keeps, at a telephone's width, the published one and a wide screen's."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import duckdb
import pytest

from pipelines.charts.grades import GRADE_LETTERS, GRADE_WORDS
from pipelines.charts.publish import Prepared, prepare
from pipelines.charts.registry import CHARTS
from pipelines.charts.svg import to_svg, vega_lite
from pipelines.charts.svg_fonts import READERS_FONTS
from pipelines.charts.svg_texts import TextBox, covered_dots, svg_width, text_boxes
from pipelines.charts.theme import (
    BLACK,
    GRADE_COLOURS,
    NARROW,
    ROLES,
    WHITE,
    WIDE,
    contrast,
    ink_on,
    sizes,
)

if TYPE_CHECKING:
    import altair as alt

CHART_IDS = [spec.id for spec in CHARTS]
WIDTHS = (NARROW, WIDE, 1200)


@pytest.fixture(scope="module", params=["invented", "curated"])
def connection(request: pytest.FixtureRequest) -> duckdb.DuckDBPyConnection:
    found: duckdb.DuckDBPyConnection = request.getfixturevalue(request.param)
    return found


def _svg(prepared: Prepared, width: int) -> str:
    return to_svg(vega_lite(prepared.draw(width)), prepared.words.alt)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart_id", CHART_IDS)
def test_it_is_as_wide_as_asked_and_no_words_touch(
    connection: duckdb.DuckDBPyConnection, chart_id: str, width: int
) -> None:
    svg = _svg(prepare(connection, chart_id), width)
    boxes = text_boxes(svg)
    assert svg_width(svg) == width
    assert [box.text for box in boxes if box.left < 0 or box.right > width] == []
    assert min(box.size for box in boxes) >= sizes(width).least
    assert [(a.text, b.text) for a, b in _pairs(boxes) if a.overlaps(b)] == []
    assert covered_dots(svg) == []
    assert set(re.findall(r'font-family="([^"]*)"', svg)) == {READERS_FONTS}


def test_a_word_on_a_dot_is_found(invented: duckdb.DuckDBPyConnection) -> None:
    """Else the rule above could hold for want of dots."""
    svg = _svg(prepare(invented, "looked_after_rate_funnel"), WIDE)
    moved = re.sub(
        r'(<g class="mark-symbol[^>]*>)', r'\1<path transform="translate(60,60)" d="M4,0"/>', svg, count=1
    )
    place = re.search(r'<g class="mark-symbol', moved)
    assert place is not None
    word = '<text transform="translate(58,62)" font-size="10px">on it</text>'
    assert covered_dots(moved[: place.start()] + word + moved[place.start() :]) == ["on it"]


def _pairs(boxes: list[TextBox]) -> list[tuple[TextBox, TextBox]]:
    """Neighbours in reading order are enough: boxes far apart vertically cannot touch."""
    ordered = sorted(boxes, key=lambda box: box.top)
    return [
        (box, other) for i, box in enumerate(ordered) for other in ordered[i + 1 :] if other.top < box.bottom
    ]


@pytest.mark.parametrize("chart_id", CHART_IDS)
def test_words_are_complete(connection: duckdb.DuckDBPyConnection, chart_id: str) -> None:
    words = prepare(connection, chart_id).words
    assert re.search(r"\d", words.title), "a finding states what was found"
    assert words.alt.endswith(f"{words.title}."), "alt text ends with the finding"
    assert words.source.startswith("Source")
    assert words.subtitle.endswith(".")
    shown = " ".join((words.title, words.subtitle, words.alt, *words.footer))
    assert not re.search(r"\bbecause\b|\bNone\b|\bnan\b|_", shown, re.IGNORECASE)


@pytest.mark.parametrize("chart_id", CHART_IDS)
def test_title_subtitle_notes_and_source_are_printed(
    connection: duckdb.DuckDBPyConnection, chart_id: str
) -> None:
    prepared = prepare(connection, chart_id)
    printed = " ".join(box.text for box in text_boxes(_svg(prepared, WIDE)))
    for words in (prepared.words.title, prepared.words.subtitle, *prepared.words.footer):
        assert words in printed


#: The columns in which a chart's rows hold a grade.
GRADE_COLUMNS = ("grade", "grade_from", "grade_to")
SHORT = {"outstanding": "Outst.", "requires_improvement": "Req. imp.", "inadequate": "Inad."}


def _grades(prepared: Prepared) -> set[str]:
    """The grades among the plotted rows."""
    return {
        row[column]
        for row in prepared.rows
        for column in GRADE_COLUMNS
        if row.get(column) in ("outstanding", "good", "requires_improvement", "inadequate")
    }


@pytest.mark.parametrize("chart_id", CHART_IDS)
def test_a_grade_is_never_told_by_colour_alone(connection: duckdb.DuckDBPyConnection, chart_id: str) -> None:
    """Its word, short word or letter stands in the plot itself; title, subtitle and notes do not count."""
    prepared = prepare(connection, chart_id)
    for width in (NARROW, 1200):
        plot = prepared.spec.load_family().draw(prepared.rows, width)
        specification = vega_lite(cast("alt.VConcatChart", plot))
        coloured = {grade for grade in _grades(prepared) if GRADE_COLOURS[grade] in specification}
        printed = [box.text for box in text_boxes(to_svg(specification, prepared.words.alt))]
        # One colour alone is the council's own dark blue, not a grade's.
        for grade in coloured if len(coloured) > 1 else ():
            first = GRADE_WORDS[grade].split()[0]
            forms = {first, GRADE_WORDS[grade], SHORT.get(grade, first), GRADE_LETTERS[grade]}
            assert any(re.split(r"[ :]", text)[0] in forms or text in forms for text in printed), grade


def test_most_charts_of_grades_are_among_those_tested(curated: duckdb.DuckDBPyConnection) -> None:
    """Else the rule above could hold for want of grades."""
    with_grades = [chart_id for chart_id in CHART_IDS if len(_grades(prepare(curated, chart_id))) == 4]
    families = {prepare(curated, chart_id).spec.family for chart_id in with_grades}
    assert {
        "profile_over_time",
        "profile_panels",
        "history_strip",
        "tile_grid",
        "grade_moves",
        "grade_survival",
        "area_against_area",
        "grade_and_figure",
        "around_inspection",
    } <= families


@pytest.mark.parametrize("chart_id", ["inspection_history", "latest_grades", "leadership_grades"])
def test_below_good_is_framed_so_that_grey_tiles_can_be_told_apart(
    connection: duckdb.DuckDBPyConnection, chart_id: str
) -> None:
    """Good and inadequate are nearly one grey: a frame inside parts them in every tile and strip."""
    prepared = prepare(connection, chart_id)
    below = [row for row in prepared.rows if row["grade"] in ("requires_improvement", "inadequate")]
    plot = prepared.spec.load_family().draw(prepared.rows, WIDE).to_dict()
    frames = [
        len(plot["datasets"][layer["data"]["name"]])
        if "name" in layer["data"]
        else len(layer["data"]["values"])
        for layer in plot["layer"]
        if layer["mark"].get("filled") is False
    ]
    assert sum(frames) >= 0.9 * len(below) > 0


def test_colours_part_from_white_and_from_their_neighbours() -> None:
    """3:1, so that grades beside each other differ in greyscale too; words on them 4.5:1."""
    current = [GRADE_COLOURS[g] for g in ("outstanding", "good", "requires_improvement", "inadequate")]
    older = [GRADE_COLOURS[g] for g in ("outstanding", "good", "adequate", "inadequate")]
    for scale in (current, older):
        assert all(contrast(colour, WHITE) >= 3 for colour in scale)
        assert all(contrast(one, other) >= 3 for one, other in pairwise(scale))
        assert all(contrast(colour, ink_on(colour)) >= 4.5 for colour in scale)
    lines = [ROLES["council"], ROLES["neighbours"], ROLES["england"]]
    assert all(contrast(colour, WHITE) >= 3 for colour in lines)
    assert all(contrast(one, other) >= 3 for one, other in pairwise(lines))
    assert contrast(ROLES["quiet_text"], WHITE) >= 4.5
    assert contrast(BLACK, WHITE) > 15
