"""What docs/security.md promises: a hostile query is refused in one sentence and changes nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from pipelines.errors import CouncilsError
from pipelines.query import engine
from pipelines.query.engine import connect, execute_all
from pipelines.query.statement import prepare
from pipelines.sources.opening import sha256_of

SECONDS = 0.5
CANARY = "the canary is as it was"
STATEMENTS: list[tuple[str, str]] = run_path(str(Path(__file__).with_name("hostile_statements.py")))[
    "all_statements"
]()


def files_below(folder: Path) -> list[str]:
    """Every file of a folder with its content's sha256."""
    return sorted(f"{p.relative_to(folder)} {sha256_of(p)}" for p in folder.rglob("*") if p.is_file())


def test_there_are_two_hundred_of_them() -> None:
    names = [name for name, _ in STATEMENTS]
    assert len(names) == len(set(names)) >= 200


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=lambda value: str(value)[:60])
def test_hostile_statement_is_refused(
    name: str, statement: str, con: Any, database: Path, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PROCESS_BYTES", 600 << 20)
    # Python variables that a replacement scan would find.
    local_rows = [(1,)]
    local_frame = local_table = {"a": [1, 2]}
    assert local_rows and local_frame is local_table
    before, database_before = files_below(canary), sha256_of(database)
    text = statement.replace("OUT", str(canary / "out"))
    began = time.perf_counter()
    with pytest.raises(CouncilsError) as refused:
        execute_all(con, prepare(con, text), seconds=SECONDS)
    assert time.perf_counter() - began < 20, name
    sentence = str(refused.value)
    assert sentence.endswith((".", "?")) and "\n" not in sentence and len(sentence) < 400, sentence
    assert CANARY not in sentence
    assert files_below(canary) == before
    assert sha256_of(database) == database_before
    # The connection is alive, still locked, and answers as before.
    assert execute_all(con, prepare(con, "SELECT count(*) > 100 AS yes FROM judgements")).rows == [(True,)]


@pytest.mark.parametrize(
    "setting",
    [
        "enable_external_access",
        "lock_configuration",
        "python_enable_replacements",
        "autoload_known_extensions",
    ],
)
def test_settings_are_locked_in_the_engine_itself(con: Any, setting: str) -> None:
    """Not our reading of the query but DuckDB refuses: the connection is used directly."""
    found = con.execute(f"SELECT value FROM duckdb_settings() WHERE name = '{setting}'").fetchone()
    assert found == ("true",) if setting == "lock_configuration" else found == ("false",)
    for statement in (f"SET {setting} = true", f"RESET {setting}", f"SET GLOBAL {setting} = true"):
        with pytest.raises(Exception, match=r"locked|Cannot change|cannot be"):
            con.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["FROM read_text('canary.csv')", "FROM 'canary.csv'", "COPY judgements TO 'out.csv'", "ATTACH 'out.db'", "LOAD httpfs",
     "INSTALL httpfs", "DELETE FROM judgements", "FROM read_csv('https://example.org/x.csv')"],
)  # fmt: skip
def test_engine_refuses_by_itself(con: Any, canary: Path, statement: str) -> None:
    """Were the reading of the query to let something through, the engine's own lock is behind it."""
    before = files_below(canary)
    with pytest.raises(Exception, match=r"disabled|read-only|does not exist|locked|Cannot|cannot"):
        con.execute(statement).fetchall()
    assert files_below(canary) == before


def test_python_variables_are_not_seen(con: Any) -> None:
    import pandas as pd

    hidden_frame = pd.DataFrame({"a": [1]})
    with pytest.raises(CouncilsError, match="There is no table 'hidden_frame'"):
        execute_all(con, prepare(con, "SELECT * FROM hidden_frame"))
    assert len(hidden_frame) == 1


def test_value_of_a_parameter_is_never_sql(con: Any) -> None:
    for value in (
        "x' OR '1'='1",
        "'; DROP TABLE judgements; --",
        "a\\' OR true --",
        "$la",
        "%",
        "ENG'); SELECT 1; --",
    ):
        statement = prepare(con, "SELECT $la AS said, count(*) AS rows FROM authorities WHERE la_name = $la")
        assert execute_all(con, statement, {"la": value}).rows == [(value, 0)]


def test_row_limit_cuts_and_says_so(con: Any) -> None:
    result = execute_all(con, prepare(con, "SELECT range FROM range(1000) ORDER BY range DESC"), rows=10)
    assert [r[0] for r in result.rows] == list(range(999, 989, -1)) and result.is_cut
    assert not execute_all(con, prepare(con, "SELECT * FROM range(10)"), rows=10).is_cut


def test_timeout_says_so_and_the_connection_lives(con: Any) -> None:
    with pytest.raises(CouncilsError, match=r"took longer than 0.2 s and was stopped"):
        execute_all(con, prepare(con, "SELECT count(*) FROM range(1000000000000)"), seconds=0.2)
    assert execute_all(con, prepare(con, "SELECT 1 AS a")).rows == [(1,)]


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="signals of POSIX systems")
def test_ctrl_c_ends_the_query_and_not_the_shell(database: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from pipelines.query.engine import connect;"
        "from pipelines.query.shell import Shell; Shell(connect(Path(sys.argv[1]))).run()"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    shell = subprocess.Popen(
        [sys.executable, "-c", script, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=environment, text=True,
    )  # fmt: skip
    assert shell.stdin and shell.stdout
    shell.stdin.write("SELECT 41 + 1 AS before;\n")
    shell.stdin.flush()
    while shell.stdout.readline().strip() != "42":
        assert shell.poll() is None
    shell.stdin.write("SELECT count(*) FROM range(1000000000000);\n")
    shell.stdin.flush()
    time.sleep(1.0)
    shell.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert shell.poll() is None, "the shell died with its query"
    out, err = shell.communicate("SELECT 6 * 7 + 1 AS after;\n.quit\n", timeout=20)
    assert "43" in out and "The query was stopped." in err
    assert shell.returncode == 0


def test_database_in_writing_elsewhere_is_a_sentence(database: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "none.duckdb"
    with pytest.raises(CouncilsError, match=r"there is no database yet. Make it first: councils build"):
        connect(nothing)
    nothing.write_text("this is no database", encoding="utf-8")
    with pytest.raises(CouncilsError, match="cannot be opened"):
        connect(nothing)
    nothing.write_bytes(b"")
    with pytest.raises(CouncilsError):
        connect(nothing)
