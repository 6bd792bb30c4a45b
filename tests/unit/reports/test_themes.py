"""The declared vocabulary of themes."""

from pathlib import Path

import pytest

from pipelines.errors import CouncilsError
from pipelines.reports import themes as module
from pipelines.reports.themes import themes, themes_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Regular supervision for every gardener.", ["supervision"]),
        ("Return home interviews for those who wander off.", ["exploitation_and_missing"]),
        ("Returning home to parents after a stay away.", ["permanence"]),
        ("Carers’ diversity", ["placements_and_sufficiency", "diversity"]),
        ("The colour of the fence.", []),
    ],
)
def test_words_name_their_themes(text: str, expected: list[str]) -> None:
    assert themes_of(text) == expected


def test_case_and_line_breaks_do_not_matter() -> None:
    assert themes_of("PRIVATE\nFOSTERING") == ["private_fostering"]


def test_names_are_unique_and_safe_for_a_column() -> None:
    names = [theme.name for theme in themes()]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() and name == name.lower() for name in names)


def test_hostile_text_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_TEXT", 10)
    assert themes_of(" " * 10 + "supervision") == []


def test_a_broken_table_names_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "themes.toml"
    broken.write_text('[[themes]]\ntheme = "a"\n', encoding="utf-8")
    monkeypatch.setattr(module, "TABLE", broken)
    themes.cache_clear()
    with pytest.raises(CouncilsError, match=r"themes\.toml"):
        themes()
    themes.cache_clear()
