"""The notebooks themselves: thin, computed, the same twice, and true for another council."""

import ast
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines import notebooks, paths
from pipelines.notebooks import read_notebook

SCRIPTS = notebooks.sources(paths.notebooks())
#: Digits that are names, not figures: dates, years, frameworks' years, the confidence level, a rate's base, a register.
ALLOWED = re.compile(
    r"\b(31 March|30 September|17 March)( \d{4})?\b|\b(19|20)\d{2}\b|\b9[59](\.8)?%|per 10,000|section 251|section 47|`[^`]*`"
)


def cells(script: Path, kind: str) -> list[str]:
    """The sources of the cells of one kind."""
    return [cell.source for cell in read_notebook(script).cells if cell.cell_type == kind]


def python_cells(script: Path) -> list[str]:
    """The code cells that are Python."""
    return [source for source in cells(script, "code") if not source.startswith("%%")]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_no_notebook_defines_or_cleans(script: Path) -> None:
    for source in python_cells(script):
        tree = ast.parse(source)
        kinds = {type(node) for node in ast.walk(tree)}
        assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.While, ast.Try}, source
        # A grade's underscore may become a space in prose; a value may not become another one.
        plain = re.sub(r"""\.replace\((["'])_\1, \1 \1\)""", "", source)
        assert not re.search(r"\.(fillna|replace|str|drop_duplicates|astype)\b", plain), source


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_no_figure_is_typed_into_prose(script: Path) -> None:
    for source in cells(script, "markdown"):
        assert not re.findall(r"\d[\d,.]*%?", ALLOWED.sub("", source)), source
    for source in python_cells(script):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markdown":
                specs = {
                    id(c)
                    for f in ast.walk(node)
                    if isinstance(f, ast.FormattedValue) and f.format_spec
                    for c in ast.walk(f.format_spec)
                }
                typed = [
                    c.value
                    for c in ast.walk(node)
                    if isinstance(c, ast.Constant) and isinstance(c.value, str) and id(c) not in specs
                ]
                assert not [text for text in typed if re.search(r"\d", ALLOWED.sub("", text))], source


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.stem)
def test_a_notebook_begins_with_its_question(script: Path) -> None:
    first = read_notebook(script).cells[0]
    assert first.cell_type == "markdown" and first.source.startswith("# ") and "?" in first.source


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every notebook executed in a folder of its own."""
    import nbformat

    from pipelines.build import build

    if not paths.database().exists():
        build()
    folder = tmp_path_factory.mktemp("notebooks")
    for script in SCRIPTS:
        shutil.copy(script, folder)
    return {done.name: (done, nbformat.read(done.path, 4)) for done in notebooks.execute(folder)}


def test_all_notebooks_run_each_quickly(executed: dict[str, Any]) -> None:
    assert list(executed) == [script.stem for script in SCRIPTS]
    # Twenty seconds of a machine that does nothing else; on a busy one each gets its share.
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) if hasattr(os, "getloadavg") else 1.0
    slow = {name: done.seconds for name, (done, _) in executed.items() if done.seconds > 20 * busy}
    assert slow == {}


def test_every_cell_with_a_chart_has_svg_png_and_words(executed: dict[str, Any]) -> None:
    count = 0
    for _, notebook in executed.values():
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if "image/svg+xml" in output.get("data", {}):
                    count += 1
                    assert "image/png" in output.data and len(output.data["text/plain"]) > 40
    assert count >= len(SCRIPTS)


def test_no_output_warns_or_loads_from_outside(executed: dict[str, Any]) -> None:
    for name, (_, notebook) in executed.items():
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                assert output.output_type != "stream", (name, output)
                for text in output.get("data", {}).values():
                    assert not re.search(r"<script|src=[\"']https?:", str(text)), name


def test_executed_twice_the_notebooks_are_the_same(executed: dict[str, Any]) -> None:
    """Those with menus, with random-looking estimates, and with every example's rows."""
    names = ["03_one_council", "04_profile_on_any_day", "05_moves_and_spells", "17_example_questions"]
    before = {name: executed[name][0].path.read_bytes() for name in names}
    folder = executed[names[0]][0].path.parent
    again = {done.name: done for done in notebooks.execute(folder, names=names)}
    assert [name for name in names if again[name].path.read_bytes() != before[name]] == []
    assert all(done.ran for done in again.values())


def test_no_notebook_holds_a_widget(executed: dict[str, Any]) -> None:
    """Neither a menu nor DuckDB's own bar of progress, which comes with slow machines only."""
    from pipelines.open import open_database

    for name, (done, _) in executed.items():
        assert "widget" not in done.path.read_text(encoding="utf-8"), name
    with open_database() as con:
        assert con.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]


def test_menus_are_left_out_and_the_notebooks_say_where_they_are(executed: dict[str, Any]) -> None:
    with_menus = [script.stem for script in SCRIPTS if "choose(" in script.read_text(encoding="utf-8")]
    assert len(with_menus) >= 3
    for name in with_menus:
        prose = " ".join(cell.source for cell in executed[name][1].cells if cell.cell_type == "markdown")
        assert "In JupyterLab" in prose, name


def test_every_example_question_is_shown_with_its_sql_and_its_rows(executed: dict[str, Any]) -> None:
    from pipelines.query.examples import all_examples

    outputs = [o for c in executed["17_example_questions"][1].cells for o in c.get("outputs", [])]
    words = [o.data["text/markdown"] for o in outputs if "text/markdown" in o.get("data", {})]
    tables = [o.data["text/html"] for o in outputs if "text/html" in o.get("data", {})]
    examples = all_examples()
    assert [text.splitlines()[0] for text in words] == [f"## {example.question}" for example in examples]
    assert len(tables) == len(examples)
    assert all("```sql" in text for text in words)
    assert all("<td>" in table for table in tables)


def test_the_story_can_be_told_of_any_council_by_changing_one_line(tmp_path: Path) -> None:
    """A council without figures, one with suppressed ones, two of one name, a young one, an abolished one."""
    source = (paths.notebooks() / "03_one_council.py").read_text(encoding="utf-8")
    for number, council in enumerate(("201", "420", "Dorset", "943", "835"), 1):
        changed = re.sub(r'^council = ".*"$', f'council = "{council}"', source, flags=re.MULTILINE)
        assert changed != source
        (tmp_path / f"{number:02d}_story.py").write_text(changed, encoding="utf-8")
    assert all(done.ran for done in notebooks.execute(tmp_path))
