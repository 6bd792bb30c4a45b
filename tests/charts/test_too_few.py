"""Too few values for a chart: a sentence in its place, in every form a chart has."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.charts.publish import draw_chart, prepare, publish
from pipelines.charts.registry import CHARTS, find_charts
from pipelines.charts.svg import to_svg, vega_lite
from pipelines.charts.svg_texts import svg_width, text_boxes
from pipelines.errors import CouncilsError

SENTENCE = "There are too few figures of 'In need per 10,000' for 2019 to compare grades"
EARLY = date(2019, 12, 31)


def test_the_sentence_stands_in_the_charts_place(invented: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(invented, "children_in_need_rate_by_grade", as_at=EARLY)
    assert not prepared.is_drawn
    assert prepared.words.title.startswith(SENTENCE)
    assert prepared.words.alt.endswith(f"{prepared.words.title}.")
    for width in (400, 880, 1200):
        svg = to_svg(vega_lite(prepared.draw(width)), prepared.words.alt)
        printed = " ".join(box.text for box in text_boxes(svg))
        assert SENTENCE in printed
        assert "Too few values for this chart" in printed
        assert "Are more children in need where grades are worse?" in printed
        assert svg_width(svg) == width


def test_it_is_published_with_its_files_and_told(invented: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    [made] = publish(invented, tmp_path, ["children_in_need_rate_by_grade"], as_at=EARLY)
    assert not made.is_drawn
    assert len(made.files) == 6
    assert SENTENCE in (tmp_path / "children_in_need_rate_by_grade.txt").read_text(encoding="utf-8")
    with (tmp_path / "children_in_need_rate_by_grade.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows and all(row["value"] == "" for row in rows), "the rows there are, each without a number"


def test_without_any_row_the_sentence_names_the_choice(
    invented: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    [made] = publish(invented, tmp_path, ["southend_milestones"], council="204")
    assert not made.is_drawn and made.rows == 0
    assert made.words.title.startswith("The database has no rows of 'southend_milestones' for 204")
    assert (tmp_path / "southend_milestones.csv").read_text(encoding="utf-8") == "position,due\n"


def test_another_measure_may_be_asked_for_and_an_unknown_one_is_named(
    invented: duckdb.DuckDBPyConnection,
) -> None:
    words = prepare(invented, "looked_after_rate_by_grade", measure="child_protection_plans_rate").words
    assert words.title.startswith("Plans per 10,000")
    with pytest.raises(
        CouncilsError, match=r"no measure 'looked_after_rat'\. Did you mean 'looked_after_rate'\?"
    ):
        draw_chart(invented, "looked_after_rate_by_grade", measure="looked_after_rat")


@pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.id)
def test_every_chart_is_drawn_or_says_why_not_on_the_last_day_of_the_data(
    spec: Any, curated: duckdb.DuckDBPyConnection
) -> None:
    [(last,)] = curated.execute(
        "SELECT max(published) FROM inspections WHERE framework IN ('sif', 'ilacs')"
    ).fetchall()
    prepared = prepare(curated, spec.id, as_at=last)
    assert prepared.is_drawn or re.search(r"too few|no figures", prepared.words.title)
    assert find_charts([spec.id]) == [spec]
    days = {row["published_by"] for row in prepared.rows if row.get("published_by")}
    assert all((day.year, day.month) <= (last.year, last.month) for day in days), "no later than the data"
