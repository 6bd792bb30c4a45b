"""A changed number is told before it is overwritten, and kept."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.charts.changes import FILE, append_changes, find_changes
from pipelines.charts.publish import prepare, publish
from pipelines.charts.registry import CHARTS, find_charts

[SPEC] = find_charts(["grade_profile"])
BEFORE = "year,grade,authorities,sources\n2024,good,60,outcomes 2024\n2024,inadequate,9,outcomes 2024\n"


def test_a_changed_number_says_what_it_was_is_and_from_which_release() -> None:
    now = "year,grade,authorities,sources\n2024,good,61,outcomes 2025\n2024,inadequate,9,outcomes 2025\n2025,good,70,x 1\n"
    [change] = find_changes(SPEC, BEFORE, now)
    assert change.sentence == (
        "grade_profile, 2024 good: authorities was 60, is 61 (outcomes 2025 in place of outcomes 2024)"
    )


def test_the_same_release_read_otherwise_is_said_to_be() -> None:
    now = BEFORE.replace("good,60", "good,")
    [change] = find_changes(SPEC, BEFORE, now)
    assert (change.was, change.now) == ("60", "empty")
    assert change.why == "the same releases (outcomes 2024), read or computed otherwise"


def test_a_row_that_is_gone_is_a_change_and_a_new_one_is_none() -> None:
    now = "year,grade,authorities,sources\n2024,good,60,outcomes 2024\n2025,good,1,outcomes 2024\n"
    [change] = find_changes(SPEC, BEFORE, now)
    assert change.row == "2024 inadequate"
    assert change.now == "gone"


def test_changes_are_appended_and_many_are_counted(tmp_path: Path) -> None:
    [one] = find_changes(SPEC, BEFORE, BEFORE.replace(",60,", ",61,"))
    append_changes(tmp_path, [])
    assert not (tmp_path / FILE).exists(), "nothing changed, nothing written"
    append_changes(tmp_path, [one])
    append_changes(tmp_path, [replace(one, row=str(i)) for i in range(50)])
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| grade_profile")]
    assert len(table) == 1 + 40 + 1
    assert "| 10 more |" in table[-1]


def test_publishing_tells_a_change_before_it_overwrites_and_only_once(
    invented: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    publish(invented, tmp_path, ["grade_profile"])
    path = tmp_path / "grade_profile.csv"
    true = path.read_text(encoding="utf-8")
    path.write_text(true.replace("requires_improvement,", "requires_improvement,7", 1), encoding="utf-8")
    told: list[str] = []
    seen: list[str] = []

    def report(sentence: str) -> None:
        told.append(sentence)
        seen.append(path.read_text(encoding="utf-8"))

    [published] = publish(invented, tmp_path, ["grade_profile"], report=report)
    assert len(told) == len(published.changes) == 1
    assert "authorities was 7" in told[0]
    assert seen[0] != true, "told while the old file still stood"
    assert path.read_text(encoding="utf-8") == true
    kept = (tmp_path / FILE).read_text(encoding="utf-8")
    assert published.changes[0].line in kept
    [again] = publish(invented, tmp_path, ["grade_profile"], report=report)
    assert again.changes == ()
    assert (tmp_path / FILE).read_text(encoding="utf-8") == kept


def test_another_councils_chart_is_not_a_change(invented: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(invented, tmp_path, ["neighbours_children"])
    publish(invented, tmp_path, ["neighbours_children"], council="204")
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.id)
def test_the_key_names_every_row_once_and_the_figures_are_columns(
    spec: object, invented: duckdb.DuckDBPyConnection
) -> None:
    prepared = prepare(invented, next(s.id for s in CHARTS if s is spec))
    keys = [tuple(row[name] for name in prepared.spec.key) for row in prepared.rows]
    assert len(set(keys)) == len(keys)
    assert set(prepared.spec.figures) <= set(prepared.rows[0])
