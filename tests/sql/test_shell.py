"""The interactive shell as someone at a terminal has it: completion, history, dotted commands, Ctrl-C, Ctrl-D."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.query.completion import Completer
from pipelines.query.examples import all_examples
from pipelines.query.shell import COMMANDS

pexpect = pytest.importorskip("pexpect", reason="pexpect drives a terminal, which this system has none of")
PROMPT = "councils> "
SCRIPT = (
    "import sys; from pathlib import Path; from pipelines.query.engine import connect;"
    "from pipelines.query.shell import Shell; sys.exit(Shell(connect(Path(sys.argv[1]))).run())"
)


@pytest.fixture
def terminal(database: Path, root: Path, tmp_path: Path) -> Iterator[Any]:
    """A shell on a terminal of its own, in an empty home; gives back a function that starts one more."""
    pexpect = pytest.importorskip(
        "pexpect", reason="pexpect drives a terminal, which this system has none of"
    )
    started = []

    def start() -> Any:
        environment = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm", "PYTHONPATH": str(root)}
        shell = pexpect.spawn(
            sys.executable, ["-c", SCRIPT, str(database)], env=environment, encoding="utf-8", dimensions=(50, 140), timeout=30
        )  # fmt: skip
        started.append(shell)
        shell.expect_exact(PROMPT)
        return shell

    yield start
    for shell in started:
        shell.close(force=True)


def typed(shell: Any, line: str) -> str:
    """What the shell says to a line, up to its next prompt."""
    shell.send(f"{line}\r")
    shell.expect_exact(PROMPT)
    return str(shell.before)


def test_queries_and_dotted_commands(terminal: Any) -> None:
    shell = terminal()
    assert "42" in typed(shell, "SELECT 41 + 1 AS n;")
    listed = typed(shell, ".tables")
    assert "latest_judgements" in listed and "as_at(" in listed and "One row per authority" in listed
    assert "three rows:" in typed(shell, ".describe judgements")
    assert "a macro, called with" in typed(shell, ".describe neighbours_of")
    assert "council_against_neighbours:" in typed(shell, ".examples neighbours")
    assert "Kent" in typed(shell, "SELECT la_name FROM authorities WHERE la_name = 'Kent';")
    assert "No row has the la_name 'Ket'. Did you mean 'Kent'?" in typed(
        shell, "FROM authorities WHERE la_name = 'Ket';"
    )
    assert "Did you mean 'judgements'?" in typed(shell, ".describe judgments")
    assert "Write it as .describe TABLE: " in typed(shell, ".describe")
    assert "Write it as .format FORMAT: table, csv, json or markdown" in typed(shell, ".format xlsx")
    assert "There is no command '.nope'. See .help." in typed(shell, ".nope")
    told = typed(shell, ".help")
    assert all(command in told for command in COMMANDS)
    typed(shell, ".format csv")
    assert "a,b\r\n1,2" in typed(shell, "SELECT 1 AS a, 2 AS b;")
    assert "la_name,held_since_report," in typed(shell, ".example inadequate_today")
    # A query of two lines, and one that is let go half typed.
    shell.send("SELECT 6 * 7\r")
    shell.expect_exact("…> ")
    assert "42" in typed(shell, "AS n;")
    shell.send("SELECT half")
    shell.expect_exact("half")
    shell.sendintr()
    shell.expect_exact(PROMPT)
    shell.send("\x04")
    shell.expect_exact(pexpect.EOF)
    shell.close()
    assert shell.exitstatus == 0


def test_ctrl_c_ends_a_long_query_at_the_terminal(terminal: Any) -> None:
    shell = terminal()
    shell.send("SELECT sum(range) FROM range(10000000000000);\r")
    with pytest.raises(pexpect.TIMEOUT):
        shell.expect_exact(PROMPT, timeout=1)
    shell.sendintr()
    shell.expect_exact(PROMPT, timeout=20)
    assert "The query was stopped." in shell.before
    assert "43" in typed(shell, "SELECT 42 + 1 AS after;")


def test_history_is_kept_for_this_user_alone(terminal: Any, tmp_path: Path) -> None:
    shell = terminal()
    typed(shell, "SELECT 7 * 191 AS first_of_all;")
    shell.send("\x04")
    shell.expect_exact(pexpect.EOF)
    kept = tmp_path / ".councils_history"
    assert kept.read_text(encoding="utf-8").splitlines() == ["SELECT 7 * 191 AS first_of_all;"]
    assert kept.stat().st_mode & 0o777 == 0o600
    again = terminal()
    # The arrow up brings the line of the day before.
    assert "1337" in typed(again, "\x1b[A")


@pytest.mark.parametrize(
    ("begun", "completed"),
    [
        ("SELECT * FROM latest_j", "latest_judgements"),
        ("SELECT sources_d", "sources_differ"),
        ("FROM judgements AS j WHERE j.inspection_i", "j.inspection_id"),
        ("FROM nearest_f", "nearest_figure("),
        ("WHERE la_name = 'Ess", "'Essex'"),
        # Names with spaces, commas and points: the whole text is completed.
        ("WHERE la_name='Kingston upon H", "'Kingston upon Hull, City of'"),
        ("WHERE la_name = 'Bristol, C", "'Bristol, City of'"),
        ("WHERE la_name = 'St. H", "'St. Helens'"),
        ("WHERE grade = 'requires", "'requires_improvement'"),
        ("WHERE measure = 'looked_after_r", "'looked_after_rate'"),
        (".describe figures_w", ".describe figures_wide"),
        (".example inadequate_t", ".example inadequate_today"),
        (".format mark", ".format markdown"),
        (".des", ".describe"),
    ],
)  # fmt: skip
def test_tab_completes(terminal: Any, begun: str, completed: str) -> None:
    shell = terminal()
    shell.send(f"{begun}\t")
    shell.expect_exact(completed, timeout=10)


def test_every_word_of_a_vocabulary_is_offered(con: Any) -> None:
    """Of each council, region, grade, measure and area: its beginning offers it, wherever the cursor's word begins."""
    completer = Completer(con)
    assert len(completer.values) > 400
    for value in completer.values:
        assert value in completer.candidates(value[:-1])
        head, _, tail = value.rpartition(" ")
        if head:
            assert tail in completer.candidates(tail[:-1], f"SELECT 1 WHERE x = {head} ")
    assert set(completer.candidates("", ".example ")) == {e.name for e in all_examples()}
    assert completer.candidates("zzz") == [] and completer.candidates("'zzz") == []
