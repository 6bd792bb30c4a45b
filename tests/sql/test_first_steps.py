"""What a new user types first: the README's three uses and the examples of every `--help`, executed as they are written.

Each line runs in a shell, as the command `councils`, in a project folder of its own.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from pipelines.__main__ import COMMANDS, parser

# What re-makes whole stations is run by `make slow`; what reads the publishers' files needs them too.
SLOW = ("all", "extract", "notebooks", "site")
REPORT = [
    "Essex County Council",
    "Inspection of children's social care services",
    "Inspection dates: 2 to 13 March 2026",
    "Lead inspector: A Person",
    "Judgement Grade",
    "Overall effectiveness Good",
]

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="the examples are lines of a POSIX shell")


@pytest.fixture(scope="module")
def project(database: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as it is after `make`, with a report lying about."""
    home = tmp_path_factory.mktemp("user") / "project"
    for name in ("published", "notebooks", "expectations", "docs"):
        shutil.copytree(root / name, home / name)
    shutil.copytree(root / "data" / "raw", home / "data" / "raw")
    if (root / "data" / "curated" / "councils.duckdb").exists():
        shutil.copytree(root / "data" / "curated", home / "data" / "curated")
    else:
        (home / "data" / "curated").mkdir(parents=True)
        shutil.copy(database, home / "data" / "curated" / "councils.duckdb")
    shutil.copy(root / "requirements.lock", home)
    if (root / ".engine" / "engine.js").exists():
        # As `make` leaves it: asking for it again needs no network.
        (home / ".engine").symlink_to(root / ".engine")
    pdf_bytes = run_path(str(root / "tests" / "unit" / "reports" / "conftest.py"))["pdf_bytes"]
    for name in ("essex_2014.pdf", "essex_2026.pdf"):
        (home / name).write_bytes(pdf_bytes([REPORT]))
    shim = home / "bin" / "councils"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pipelines "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return home


def typed(project: Path, root: Path, lines: str) -> subprocess.CompletedProcess[str]:
    """Lines typed into a shell in the project's folder; the first that fails ends it."""
    environment = {
        **os.environ,
        "PATH": f"{project / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "COUNCILS_HOME": str(project),
        "PYTHONPATH": str(root),
    }
    return subprocess.run(
        ["sh", "-e", "-c", lines],
        cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=900,
    )  # fmt: skip


def help_examples(command: str) -> list[str]:
    """The lines of a command's help that are to be typed, without the remark behind them."""
    [text] = [
        choice.format_help()
        for action in parser(command)._actions
        if isinstance(action.choices, dict)
        for name, choice in action.choices.items()
        if name == command
    ]
    return [
        line.split("   ")[0].strip() for line in text.splitlines() if line.startswith(f"  councils {command}")
    ]


NAMES = [name for names in COMMANDS.values() for name in names]
EXAMPLES = [
    pytest.param(name, example, marks=[pytest.mark.slow] if name in SLOW else [], id=example[:60])
    for name in NAMES
    for example in help_examples(name)
]


def test_every_command_shows_an_example() -> None:
    assert all(help_examples(name) for name in NAMES)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example_of_the_help_is_true(
    name: str, example: str, project: Path, root: Path, request: pytest.FixtureRequest
) -> None:
    if name == "extract" and not (project / "publishers").exists():
        (project / "publishers").symlink_to(request.getfixturevalue("shared"))
    if name == "engine" and not (project / ".engine").exists():
        pytest.skip(
            "the engine of the SQL page is not installed here, and installing it needs npm's registry"
        )
    if name == "remove":
        assert typed(project, root, example.replace(" remove ", " add ")).returncode == 0
    told = typed(project, root, example)
    if name == "extract":
        # The facts of these files alone: those after it go on with all of them.
        shutil.rmtree(project / "data" / "raw")
        shutil.copytree(root / "data" / "raw", project / "data" / "raw")
    assert told.returncode == 0, told.stderr
    # An engine that is there is not fetched again: no test needs the registry.
    assert name != "engine" or told.stdout.startswith("up to date")
    assert told.stdout.strip() or "--output" in example
    assert "Traceback" not in told.stderr


def blocks(root: Path) -> list[tuple[str, str]]:
    """(language, text) of the code blocks under the README's Three uses."""
    text = (root / "README.md").read_text(encoding="utf-8")
    section = text.split("## Three uses\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)


def test_readme_has_three_uses_in_three_short_blocks(root: Path) -> None:
    assert [language for language, _ in blocks(root)] == ["python", "sh", "sh"]
    assert all(len(text.splitlines()) <= 6 for _, text in blocks(root))


def test_readme_explores_in_jupyter(project: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell of its own for each paragraph of the block, as someone would paste it."""
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("COUNCILS_HOME", str(project))
    monkeypatch.setenv("PYTHONPATH", str(root))
    cells = [nbformat.v4.new_code_cell(text) for text in blocks(root)[0][1].strip().split("\n\n")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(project)}}
    ).execute()
    shown = [output for cell in cells for output in cell.outputs]
    kinds = {kind for output in shown for kind in output.get("data", {})}
    assert {"image/svg+xml", "text/html"} <= kinds
    assert not [o for o in shown if o["output_type"] == "stream" and o["name"] == "stderr"]


def test_readme_regenerates_the_charts(project: Path, root: Path) -> None:
    before = {p.name: p.read_bytes() for p in (root / "published").iterdir() if p.is_file()}
    told = typed(project, root, blocks(root)[1][1])
    assert told.returncode == 0, told.stderr
    # Byte for byte, as the block says.
    assert {p.name: p.read_bytes() for p in (project / "published").iterdir() if p.is_file()} == before
    assert list((project / "charts").glob("*.svg"))


def test_readme_asks_in_sql(project: Path, root: Path) -> None:
    told = typed(project, root, blocks(root)[2][1])
    assert told.returncode == 0, told.stderr
    # Ofsted's own profile of that day.
    for grade, count in (("outstanding", 36), ("good", 67), ("requires_improvement", 31), ("inadequate", 19)):
        assert f"{grade},{count}\n" in told.stdout
