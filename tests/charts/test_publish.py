"""Publishing: the files, their agreement with the rows, the same bytes twice, and the errors."""

import csv
import errno
import hashlib
import json
import os
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
import vl_convert

from pipelines import paths
from pipelines.charts.publish import draw_chart, prepare, publish, to_csv
from pipelines.charts.registry import CHARTS
from pipelines.charts.rows import Row
from pipelines.charts.svg import check_text_is_drawn, png_scale, renumber_ids, to_png, without_text
from pipelines.charts.svg_fonts import for_the_renderer
from pipelines.errors import CouncilsError
from pipelines.run import publish_charts

SUFFIXES = {".svg", ".png", ".vl.json", ".csv", ".txt", ".narrow.svg"}


@pytest.fixture(scope="module")
def twice(invented: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """All charts published two times by one process."""
    folders = (tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two"))
    for folder in folders:
        publish(invented, folder)
    return folders


def test_every_chart_has_its_files_and_no_others(twice: tuple[Path, Path]) -> None:
    expected = {f"{spec.id}{suffix}" for spec in CHARTS for suffix in SUFFIXES}
    assert {path.name for path in twice[0].iterdir()} == expected


def test_the_same_rows_give_the_same_bytes_twice_in_one_process(twice: tuple[Path, Path]) -> None:
    one, two = ({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in f.iterdir()} for f in twice)
    assert one == two


def test_ids_are_numbered_from_one_in_each_file() -> None:
    drawn = '<clipPath id="clip7"/><g clip-path="url(#clip7)"/><clipPath id="clip9"/>gradient_3 clipping'
    assert renumber_ids(drawn) == (
        '<clipPath id="clip1"/><g clip-path="url(#clip1)"/><clipPath id="clip2"/>gradient_1 clipping'
    )


def test_the_png_shows_the_text(twice: tuple[Path, Path]) -> None:
    for spec in CHARTS:
        svg = (twice[0] / f"{spec.id}.svg").read_text(encoding="utf-8")
        png = (twice[0] / f"{spec.id}.png").read_bytes()
        drawn = for_the_renderer(svg)
        assert png == vl_convert.svg_to_png(drawn, scale=png_scale(svg))
        assert png != vl_convert.svg_to_png(without_text(drawn), scale=png_scale(svg))


def test_a_missing_font_is_an_error_not_a_picture_without_words() -> None:
    svg = '<svg width="60" height="20"><text x="2" y="9" font-family="No Such Font" font-size="9">words</text></svg>'
    with pytest.raises(CouncilsError, match=r"The font of a chart's text .*No Such Font.* is not there"):
        to_png(svg)
    with pytest.raises(CouncilsError, match="without any text"):
        check_text_is_drawn('<svg width="60" height="20"></svg>')


def test_the_csv_holds_the_plotted_rows(
    twice: tuple[Path, Path], invented: duckdb.DuckDBPyConnection
) -> None:
    for spec in CHARTS:
        rows = prepare(invented, spec.id).rows
        with (twice[0] / f"{spec.id}.csv").open(encoding="utf-8", newline="") as handle:
            read = list(csv.DictReader(handle))
        assert list(read[0]) == list(rows[0])
        assert len(read) == len(rows)
        assert "sources" in read[0]


def test_absent_is_an_empty_cell_and_never_zero() -> None:
    rows: list[Row] = [
        {"value": None, "value_status": "suppressed", "is_small": True},
        {"value": 0.0, "value_status": "number", "is_small": False},
    ]
    assert to_csv(rows) == "value,value_status,is_small\n,suppressed,true\n0.0,number,false\n"


def test_the_specification_carries_its_alt_text_and_draws_alone(twice: tuple[Path, Path]) -> None:
    for spec in CHARTS:
        text = (twice[0] / f"{spec.id}.vl.json").read_text(encoding="utf-8")
        alt = (twice[0] / f"{spec.id}.txt").read_text(encoding="utf-8").strip()
        assert json.loads(text)["description"] == alt
        svg = (twice[0] / f"{spec.id}.svg").read_text(encoding="utf-8")
        assert 'role="img"' in svg[:400]
        assert "<title>" in svg
        assert not re.search(r"(href|src)=", re.sub(r"xmlns:xlink=\S+", "", svg)), (
            "loads nothing from outside"
        )


def test_the_source_line_names_what_the_rows_stand_on(invented: duckdb.DuckDBPyConnection) -> None:
    assert (
        prepare(invented, "latest_grades").words.source
        == "Source: The Inspectorate, Outcomes (2025). Licence A."
    )
    assert prepare(invented, "protection_plan_rate_over_time").words.source == (
        "Sources: The Department, Neighbours (2025); The Department, Figures (2025); The Office, Population (2024). "
        "Licence A and Licence B."
    )


def test_a_council_is_found_by_code_name_and_beginning(invented: duckdb.DuckDBPyConnection) -> None:
    for wanted in ("204", "Hackney", "hackney", "hack"):
        assert "Hackney" in prepare(invented, "protection_plan_rate_over_time", council=wanted).words.title


def test_an_unknown_council_is_answered_with_the_nearest_names(invented: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CouncilsError, match=r"There is no council 'Hakney'. Did you mean Hackney \(204\)"):
        prepare(invented, "protection_plan_rate_over_time", council="Hakney")
    with pytest.raises(
        CouncilsError, match=r"There is no council '12345'. Give a name, or a 3-digit code such as 882."
    ):
        prepare(invented, "protection_plan_rate_over_time", council="12345")


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2031, 1, 1)])
def test_a_date_outside_the_inspections_is_refused(invented: duckdb.DuckDBPyConnection, day: date) -> None:
    with pytest.raises(
        CouncilsError, match=r"lies outside the inspections .* 10 February 2014 to 14 May 2025"
    ):
        prepare(invented, "latest_grades", as_at=day)


def test_a_chosen_date_moves_every_chart_that_has_one(invented: duckdb.DuckDBPyConnection) -> None:
    earlier = prepare(invented, "latest_grades", as_at=date(2022, 3, 31))
    assert "31 March 2022" in earlier.words.title
    assert all(row["published"] is None or row["published"] <= date(2022, 6, 30) for row in earlier.rows)
    assert any(row["la_name"] == "Old Cumbria" for row in earlier.rows)
    assert any("no longer exist: Old Cumbria" in note for note in earlier.words.notes)


def test_a_chosen_council_is_marked(invented: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(invented, "latest_grades", council="204").rows
    assert [row["la_code"] for row in rows if row["is_highlighted"]] == ["204"]
    draw_chart(invented, "inspection_history", council="204", width=400)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_sentence(
    invented: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CouncilsError, match=r"can't be written into .*Choose a folder you may write to"):
        publish(invented, tmp_path, ["grade_profile"])


def test_a_read_only_disk_is_a_sentence(
    invented: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for an administrator, whom no folder's permissions stop."""

    def refuse(path: Path, content: bytes) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(
        CouncilsError, match=r"can't be written into .*: Read-only file system\. Choose a folder"
    ):
        publish(invented, tmp_path, ["grade_profile"])


def test_without_a_database_publishing_names_the_command_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILS_HOME", str(tmp_path))
    with pytest.raises(
        CouncilsError, match=r"there is no database yet\. Run `councils build`, then this again"
    ):
        publish_charts(["grade_profile"], to=str(tmp_path / "charts"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/3/2025", "is not a date. Write it as year-month-day"),
        ("2031-01-01", "lies outside the inspections"),
    ],
)
def test_a_date_of_the_command_is_checked(text: str, sentence: str, tmp_path: Path) -> None:
    if not paths.database().exists():
        pytest.skip("data/curated/councils.duckdb is not built (councils build)")
    with pytest.raises(CouncilsError, match=re.escape(sentence)):
        publish_charts(["latest_grades"], as_at=text, to=str(tmp_path))


def test_a_file_where_the_folder_should_be_is_a_sentence(
    invented: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "charts").write_text("a file")
    with pytest.raises(CouncilsError, match=r"can't be written into .*Choose a folder you may write to"):
        publish(invented, tmp_path / "charts", ["grade_profile"])


def test_a_database_of_another_shape_is_a_sentence(tmp_path: Path) -> None:
    with duckdb.connect() as empty, pytest.raises(CouncilsError, match=r"lacks something .* councils build"):
        publish(empty, tmp_path, ["grade_profile"])
