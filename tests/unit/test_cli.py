"""The command: every subcommand has help with a true example, wrong words are answered, start-up stays light."""

import argparse
import os
import subprocess
import sys

import pytest

from pipelines.__main__ import COMMANDS, main, parser


def subcommands() -> dict[str, argparse.ArgumentParser]:
    [action] = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(action.choices)


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_every_command_has_help_with_an_example_that_parses(name: str) -> None:
    text = subcommands()[name].format_help()
    examples = [line.strip() for line in text.splitlines() if line.strip().startswith(f"councils {name}")]
    assert examples, f"`councils {name} --help` shows no example"
    for example in examples:
        import shlex

        words = shlex.split(example.split("  ")[0])
        parser().parse_args(words[1:])


def test_a_command_imports_its_own_module_alone() -> None:
    """And the list of who adds what is true: a command missing in it would be unknown."""
    assert sorted(subcommands()) == sorted(name for names in COMMANDS.values() for name in names)
    for module, names in COMMANDS.items():
        script = (
            f"import sys\nfrom pipelines.__main__ import COMMANDS, parser\nparser({names[0]!r}).format_help()\n"
            "print(*sorted(set(COMMANDS) & set(sys.modules)))"
        )
        told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert told.stdout.split() == [module]


def test_no_command_prints_the_contents_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "councils all" in capsys.readouterr().out


@pytest.mark.parametrize(
    "heavy", ["pandas", "altair", "great_expectations", "duckdb", "pypdfium2", "yaml", "scipy"]
)
def test_help_imports_nothing_heavy(heavy: str) -> None:
    script = (
        "import sys\nfrom pipelines.__main__ import parser\nparser().format_help()\n"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], env=dict(os.environ), check=False).returncode == 0


def test_an_unknown_chart_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "grade_profiles"]) == 1
    assert "Did you mean 'grade_profile'?" in capsys.readouterr().err


def test_a_date_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "grade_profile", "--as-at", "31/03/2025"]) == 1
    assert capsys.readouterr().err == (
        "councils publish: '31/03/2025' is not a date. Write it as year-month-day, like 2025-03-31.\n"
    )


def test_an_unknown_source_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "children_in_needs"]) == 1
    assert capsys.readouterr().err == (
        "councils extract: There is no source 'children_in_needs'. Did you mean 'children_in_need'?\n"
    )


def test_a_folder_that_is_not_there_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: os.PathLike[str]
) -> None:
    assert main(["extract", "--from", f"{tmp_path}/none"]) == 1
    assert capsys.readouterr().err == (
        f"councils extract: There is no folder {tmp_path}/none. Name the folder of the publishers' files.\n"
    )


def test_a_database_not_built_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILS_HOME", str(tmp_path))
    assert main(["publish", "grade_profile"]) == 1
    assert "there is no database yet. Run `councils build`, then this again." in capsys.readouterr().err
    assert main(["status"]) == 1
    assert "run `councils all`" in capsys.readouterr().out
