"""What the families say and show, on rows whose answer is known."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import duckdb
import pytest

from pipelines.charts import council_line, grade_and_figure, history_strip, tile_grid
from pipelines.charts.publish import prepare
from pipelines.charts.registry import CHARTS
from pipelines.charts.rows import Row, only
from pipelines.charts.theme import WIDE, frame
from pipelines.charts.words import Words
from pipelines.errors import CouncilsError


def _texts(chart: Any) -> list[str]:
    """Every text that the chart's own data prints."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for child in part.values():
                walk(child)
        elif isinstance(part, list | tuple):
            for child in part:
                walk(child)

    walk(chart.to_dict())
    return found


_OTHER_GRADE = {"outstanding": "inadequate", "good": "outstanding", "requires_improvement": "good"}
#: How the column of a plotted figure becomes another one; `i` is the row's place.
_OTHERWISE: dict[str, Callable[[Any, int], Any]] = {
    "days": lambda value, i: value + 3 + i % 5,
    "difference": lambda value, i: value + 3 + i % 5,
    "difference_percent": lambda value, i: value + 3 + i % 5,
    "reports_with_theme": lambda value, i: value + 3 + i % 5,
    "change": lambda value, i: value + 3 + i % 5,
    "latest_value": lambda value, i: value + 3 + i % 5,
    "value": lambda value, i: value * (2 + i % 5) + 3,
    "numerator": lambda value, i: value * (1 + i % 5),
    "numbers": lambda value, i: value // (1 + i % 2),
    "due": lambda value, i: value.replace(year=value.year + 3 * (i % 2)),
    "is_ended": lambda value, i: i % 2 == 0,
    "inspections": lambda value, i: value + 1 + i % 2,
    "authorities": lambda value, i: value + i % 3,
    "grade_to": lambda value, i: _OTHER_GRADE.get(value, value),
}


def _other(row: Row, i: int) -> Row:
    """The row with other figures; with another grade where it holds nothing else to plot."""
    found = [name for name in _OTHERWISE if row.get(name) is not None]
    changed = {name: _OTHERWISE[name](row[name], i) for name in found}
    if not found and row.get("grade") in _OTHER_GRADE:
        changed["grade"] = _OTHER_GRADE[row["grade"]]
    return row | changed


@pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.id)
def test_the_title_is_computed_from_the_rows(spec: Any, invented: duckdb.DuckDBPyConnection) -> None:
    """Other rows, another title: no figure in it is typed in."""
    rows = prepare(invented, spec.id).rows
    changed = [_other(row, i) for i, row in enumerate(deepcopy(rows))]
    family = spec.load_family()
    assert family.tell(changed).title != family.tell(rows).title


def test_tell_and_draw_leave_the_rows_as_they_are(invented: duckdb.DuckDBPyConnection) -> None:
    for spec in CHARTS:
        rows = prepare(invented, spec.id).rows
        before = deepcopy(rows)
        family = spec.load_family()
        frame(family.draw(rows, WIDE), family.tell(rows), WIDE)
        assert rows == before


def test_the_profile_counts_who_has_no_grade_yet(invented: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(invented, "grade_profile").rows
    for year in {row["year"] for row in rows}:
        of_year = [row for row in rows if row["year"] == year]
        assert sum(row["authorities"] for row in of_year) == of_year[0]["authorities_existing"]
    first = [row["authorities"] for row in rows if row["year"] == 2014 and row["grade"] == "not_inspected"]
    assert first[0] > 100


def test_missing_councils_are_named_with_the_reason(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "looked_after_rate_by_grade")
    notes = " ".join(prepared.words.notes)
    assert "City of London (suppressed by the publisher)" in notes
    assert "Isles of Scilly (no row printed)" in notes
    assert "Westminster and Cumberland (no overall grade)" in notes
    plotted = grade_and_figure.plotted_rows(prepared.rows)
    assert len(plotted) + 4 == len(prepared.rows), "Cumberland has no inspection either"


def test_a_very_small_council_is_off_the_axis_and_listed(invented: duckdb.DuckDBPyConnection) -> None:
    rows = deepcopy(prepare(invented, "looked_after_rate_by_grade").rows)
    for row in rows:
        if row["la_code"] == "201":
            row |= {"value": 91.0, "value_status": "number"}
    assert "201" not in {row["la_code"] for row in grade_and_figure.plotted_rows(rows)}
    assert any(
        "too few children for a stable rate: City of London (91," in n
        for n in grade_and_figure.tell(rows).notes
    )


def test_too_few_figures_are_a_sentence(invented: duckdb.DuckDBPyConnection) -> None:
    rows = [dict(row, value=None) for row in prepare(invented, "looked_after_rate_by_grade").rows]
    with pytest.raises(
        CouncilsError, match=r"too few figures of 'Looked after per 10,000' for 2025 .* 0 councils"
    ):
        grade_and_figure.tell(rows)


def test_a_gap_is_neither_bridged_nor_zero(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "protection_plan_rate_over_time", council="204")
    assert any("Hackney 2021 to 2022 (not available)" in note for note in prepared.words.notes)
    specification = council_line.draw(prepared.rows, WIDE).to_dict()
    data = specification["datasets"]
    years: dict[tuple[Any, ...], list[list[int]]] = {}
    for layer in specification["layer"]:
        key = (layer["mark"]["type"], layer["mark"].get("strokeWidth"), layer["mark"].get("shape", "")[:1])
        years.setdefault(key, []).append([point["x"] for point in data[layer["data"]["name"]]])
    assert years[("line", 3, "")] == [[2019, 2020], [2023, 2024, 2025]]
    assert years[("point", 2, "M")] == [[2021, 2022]]
    assert "c" in _texts(council_line.draw(prepared.rows, WIDE)), "the table shows the printed symbol"


def test_a_reorganised_council_shows_its_predecessor_dashed(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "protection_plan_rate_over_time", council="942")
    notes = " ".join(prepared.words.notes)
    assert "Cumberland was formed on 1 April 2023 (thin rule); before it Old Cumbria, dashed." in notes
    own = [row["time_period"] for row in prepared.rows if row["series"] == "council"]
    old = [row["time_period"] for row in prepared.rows if row["series"] == "predecessor"]
    assert own == [2024, 2025]
    assert old == [2019, 2020, 2021, 2022, 2023]
    assert "Old Cumbria" in _texts(council_line.draw(prepared.rows, WIDE))


def test_a_break_in_the_measure_is_marked_and_explained(invented: duckdb.DuckDBPyConnection) -> None:
    notes = prepare(invented, "protection_plan_rate_over_time").words.notes
    assert "Break before 2022 (thin rule): Counted otherwise from 2022." in notes


def test_neighbours_with_fewer_figures_are_counted(invented: duckdb.DuckDBPyConnection) -> None:
    rows: list[Row] = deepcopy(prepare(invented, "protection_plan_rate_over_time").rows)
    for row in rows:
        if row["series"] == "neighbours" and row["time_period"] < 2021:
            row["authorities_counted"] = 9
    assert "Of the 10 neighbours 9 have a figure in 2019 to 2020." in council_line.tell(rows).notes


def test_an_ended_council_keeps_its_strip_and_says_so(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "inspection_history")
    printed = _texts(history_strip.draw(prepared.rows, WIDE))
    assert "Old Cumbria (to 2023)" in printed
    assert "Cumberland (from 2023)" in printed
    assert printed.count("no graded inspection yet") == 2
    ended = [row["held_until"] for row in prepared.rows if row["la_code"] == "909"]
    assert [str(day) for day in ended] == ["2023-03-31"]


def test_a_council_without_a_grade_is_an_outlined_tile_and_named(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "latest_grades")
    assert any(
        "Without an overall grade on that day: Westminster and Cumberland" in n for n in prepared.words.notes
    )
    assert "No grade: 2" in _texts(tile_grid.draw(prepared.rows, WIDE))


def test_one_value_is_asked_of_a_column_that_must_have_one() -> None:
    with pytest.raises(CouncilsError, match="2 values of 'as_at' where one is meant: a, b"):
        only([{"as_at": "a"}, {"as_at": "b"}], "as_at")


def test_the_footer_ends_with_the_source() -> None:
    assert Words("t", "s", "a", ("note",)).with_source("Source: x").footer == ("note", "Source: x")
