"""Menus in notebooks: a choice draws again, and without a kernel the chart stands there alone."""

import json
import re
from pathlib import Path

import pytest

from pipelines import notebooks, paths
from pipelines.choose import STATIC, as_html, choose
from pipelines.errors import CouncilsError
from pipelines.open import chart, history
from pipelines.query.example_answers import ROWS_SHOWN, answers
from pipelines.query.examples import all_examples


@pytest.fixture(autouse=True)
def _database() -> None:
    from pipelines.build import build

    if not paths.database().exists():
        build()


def words_of(html: str) -> str:
    """What the picture says to who cannot see it."""
    found = re.search(r'alt="([^"]*)"', html)
    assert found
    return found.group(1)


def test_a_menus_new_value_draws_the_chart_again() -> None:
    chosen = choose(
        chart,
        "protection_plan_rate_over_time",
        council="Southend-on-Sea",
        measure="child_protection_plans_rate",
    )
    chosen.with_menus()
    assert chosen.picture is not None
    assert "Southend-on-Sea" in words_of(chosen.picture.value)
    chosen.menus["council"].value = "330"
    assert "Birmingham" in words_of(chosen.picture.value)
    assert "Southend-on-Sea" not in words_of(chosen.picture.value)
    chosen.menus["measure"].value = "looked_after_rate"
    assert "Children looked after per 10,000 children: Birmingham" in words_of(chosen.picture.value)
    assert "data:image/svg+xml;base64," in chosen.picture.value


def test_a_measure_without_figures_is_a_sentence_under_the_menus() -> None:
    chosen = choose(
        chart, "protection_plan_rate_over_time", council="942", measure="child_protection_plans_rate"
    )
    chosen.with_menus()
    assert chosen.picture is not None
    chosen.menus["measure"].value = "imd_2019_average_score"
    assert words_of(chosen.picture.value).startswith("No chart is drawn. Cumberland has no figure of")


def test_days_go_from_the_last_report_back_and_a_day_draws_again() -> None:
    chosen = choose(chart, "latest_grades", as_at="2025-03-31")
    chosen.with_menus()
    days = [value for _, value in chosen.menus["as_at"].options]
    assert days == sorted(days, reverse=True) and "2018-03-31" in days and days[-1] >= "2014"
    chosen.menus["as_at"].value = "2018-03-31"
    assert chosen.picture is not None
    assert "on 31 March 2018" in words_of(chosen.picture.value)


def test_an_error_is_its_sentence_in_the_pictures_place() -> None:
    def refuse(council: str) -> str:
        if council == "330":
            raise CouncilsError("No figures of <this>.")
        return council

    chosen = choose(refuse, council="882")
    chosen.with_menus()
    chosen.menus["council"].value = "330"
    assert chosen.picture is not None and chosen.picture.value == "<p>No figures of &lt;this&gt;.</p>"


def test_every_council_can_be_chosen_and_namesakes_told_apart() -> None:
    chosen = choose(history, council="Southend-on-Sea")
    chosen.with_menus()
    labels = [label for label, _ in chosen.menus["council"].options]
    assert len(labels) == len(set(labels)) > 153
    assert "Dorset" in labels and "Dorset (to 2019)" in labels
    assert as_html(chosen.result).startswith("<img ")


def test_an_unknown_choice_and_an_unknown_council_are_told() -> None:
    with pytest.raises(CouncilsError, match=r"There is no menu for 'colour'. There are menus for council, "):
        choose(chart, "latest_grades", colour="red")
    with pytest.raises(CouncilsError, match=r"There is no council 'Sothend'. Did you mean Southend-on-Sea"):
        choose(chart, "latest_grades", council="Sothend")
    with pytest.raises(CouncilsError, match=r"'yesterday' is not a date. Write it as year-month-day"):
        choose(chart, "latest_grades", as_at="yesterday")


def test_an_executed_notebook_holds_the_chart_and_no_widget(tmp_path: Path) -> None:
    (tmp_path / "01_menus.py").write_text(
        "# %%\n# tables: judgements\nfrom pipelines.choose import choose\nfrom pipelines.open import chart\n\n"
        'choose(chart, "latest_grades", as_at="2025-03-31")\n',
        encoding="utf-8",
    )
    [done] = notebooks.execute(tmp_path)
    text = done.path.read_text(encoding="utf-8")
    assert "widget" not in text
    assert "widgets" not in json.loads(text)["metadata"]
    [shown] = [o for c in json.loads(text)["cells"] for o in c["outputs"]]
    assert {"image/svg+xml", "image/png", "text/plain"} <= set(shown["data"])
    assert notebooks.execute(tmp_path)[0].path.read_text(encoding="utf-8") == text, "the same twice"


def test_live_the_menus_stand_over_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    chosen = choose(chart, "grade_profile", as_at="2025-03-31")
    monkeypatch.delenv(STATIC, raising=False)
    chosen._ipython_display_()
    monkeypatch.setenv(STATIC, "1")
    chosen._ipython_display_()
    menus, plain = shown
    assert type(menus).__name__ == "VBox"
    assert plain is chosen.result


def test_every_example_has_an_answer_and_long_ones_say_how_long() -> None:
    found = answers()
    assert [a.example.name for a in found] == [e.name for e in all_examples()]
    assert len(found) >= 30
    assert [a.example.name for a in found if a.frame.empty] == []
    for answer in found:
        assert not answer.statement.startswith("--")
        assert (f"of {len(answer.frame):,} rows" in answer.shown) == (len(answer.frame) > ROWS_SHOWN)
    with pytest.raises(CouncilsError, match="There is no example 'grades_on_day'"):
        answers("grades_on_day")
