"""The engine in a process of its own gives what the engine in this process gives, or leaves the query to it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

import pytest

from pipelines.errors import CouncilsError
from pipelines.query import apart as apart_module
from pipelines.query import plain
from pipelines.query import start as start_module
from pipelines.query.apart import Apart, ApartError
from pipelines.query.engine import QueryError, Result, execute_all
from pipelines.query.examples import all_examples
from pipelines.query.hints import hints
from pipelines.query.limits import ROWS
from pipelines.query.start import OPTIONS, opened, program, start
from pipelines.query.statement import prepare
from pipelines.sources.opening import sha256_of

if TYPE_CHECKING:
    import duckdb

HOSTILE: list[tuple[str, str]] = run_path(str(Path(__file__).with_name("hostile_statements.py")))[
    "all_statements"
]()
CANARY = "the canary is as it was"

# What could be read otherwise on the way through JSON, or be taken for a word to the program that reads lines.
ODD = {
    "whole numbers": "SELECT 9223372036854775807 AS a, (-5)::TINYINT AS b, 18446744073709551615::UBIGINT AS c, "
    "170141183460469231731687303715884105727::HUGEINT AS d, sum(1) AS e",
    "fractions": "SELECT 1.50::DECIMAL(9, 2) AS a, 0.1::DOUBLE + 0.2 AS b, 1e300 AS c, -0.0::DOUBLE AS d, 5::DOUBLE AS e",
    "no numbers": "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, '-inf'::DOUBLE AS c",
    "missing": "SELECT NULL AS a, NULL::VARCHAR AS b, '' AS c, NULL::DATE AS d, NULL::DECIMAL(3, 1) AS e",
    "texts": "SELECT chr(1) || chr(27) || '\"' || chr(10) || chr(92) || 'é…' || chr(128512) AS a, '[1]' AS b, '{}' AS c",
    "days": "SELECT DATE '2014-02-28' AS a, DATE '0001-01-01' AS b, true AS c, NULL::BOOLEAN AS d",
    "grades": "SELECT 'good'::grade AS a, max(grade) AS b FROM judgements",
    "a name twice": "SELECT 1 AS a, 2 AS a, 3 AS \"A\"",
    "names": "SELECT 1 AS \"a b\", 2 AS \"é\"\"x\", 3 AS \"SELECT\"",
    "no rows": "SELECT la_name, grade FROM latest_judgements WHERE false",
    "comments": "-- a question;\nSELECT 1 AS a /* one */ -- and no more",
    "commands of the program": "SELECT '\n.shell touch evil\n.print out\n' AS a\n, 2 AS b",
    "ends of others": "SELECT 6\n/\n3 AS go",
    "one at its end": "SELECT 1 AS a ; ",
    "a description": "DESCRIBE judgements",
    "a summary": "SUMMARIZE SELECT 1 AS a",
    "databases": "SELECT DISTINCT catalog_name, schema_name FROM information_schema.schemata ORDER BY ALL",
    "where it is": "SELECT current_database() AS a, current_schema() AS b",
    "a cut": "FROM range(10)",
}  # fmt: skip


@pytest.fixture
def begun(database: Path) -> Iterator[Callable[[], Apart]]:
    """Makes a program with the database open; each is ended when the test is."""
    open_ones: list[Apart] = []

    def begin() -> Apart:
        started = start()
        assert started is not None, "the program of the package duckdb-cli does not start"
        opened(started, str(database), None)
        open_ones.append(Apart(started))
        return open_ones[-1]

    if start_is_missing():
        pytest.skip("this system has no posix_spawn, or the package duckdb-cli is not installed")
    yield begin
    for one in open_ones:
        one.close()


def start_is_missing() -> bool:
    """Whether queries are always answered in the process of the command."""
    started = start()
    if started is None:
        return True
    Apart(started).close()
    return False


def in_this_process(con: "duckdb.DuckDBPyConnection", text: str, rows: int) -> Result:
    """The answer of a connection."""
    return execute_all(con, prepare(con, text), rows=rows)


def same(one: Result, other: Result) -> bool:
    """Equal by value and by type, where a number that is none equals itself, and a day is as good as its text."""
    rows = [tuple(str(value) if isinstance(value, date) else value for value in row) for row in other.rows]
    return repr(one) == repr(other._replace(rows=rows))


@pytest.mark.skipif(sys.platform != "linux", reason="started apart where the product is measured: on Linux")
def test_the_program_starts_here() -> None:
    assert not start_is_missing()


@pytest.mark.parametrize("name", [e.name for e in all_examples()])
def test_examples_have_the_same_answer(
    name: str, begun: Callable[[], Apart], con: "duckdb.DuckDBPyConnection"
) -> None:
    [sql] = [e.sql for e in all_examples() if e.name == name]
    statement, result = plain.answer(begun(), sql, rows=ROWS, seconds=60)
    assert same(result, in_this_process(con, sql, ROWS))
    assert statement.tree == prepare(con, sql).tree


@pytest.mark.parametrize("name", ODD)
def test_odd_values_have_the_same_answer(
    name: str, begun: Callable[[], Apart], con: "duckdb.DuckDBPyConnection", canary: Path
) -> None:
    try:
        _, result = plain.answer(begun(), ODD[name], rows=5, seconds=10)
    except ApartError as error:
        assert name in LEFT, error
        return
    assert name not in LEFT
    assert same(result, in_this_process(con, ODD[name], 5))
    assert not (canary / "evil").exists()


LEFT = {"comments", "where it is"}


@pytest.mark.parametrize(
    "text",
    ["SELECT [1, 2] AS a", "SELECT {'a': 1} AS a", "SELECT TIMESTAMP '2020-01-01 00:00:00' AS a", "SELECT 1::FLOAT AS a",
     "SELECT 'a;b' AS a", "SELECT DATE '-infinity' AS a", "SELECT DATE '0044-03-15 (BC)' AS a", "SELECT $la AS a",
     "EXPLAIN SELECT 1", "SELECT x FROM judgments", "SELECT '1 good'::INTEGER", "SELECT '\ud800'"],
)  # fmt: skip
def test_what_is_not_plain_is_left(text: str, begun: Callable[[], Apart]) -> None:
    try:
        with pytest.raises(ApartError):
            plain.answer(begun(), text, rows=5, seconds=10)
    except CouncilsError as error:
        pytest.fail(f"refused instead: {error}")


@pytest.mark.parametrize(("name", "statement"), HOSTILE, ids=lambda value: str(value)[:60])
def test_hostile_statement_has_no_answer(
    name: str,
    statement: str,
    begun: Callable[[], Apart],
    database: Path,
    canary: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart_module, "PROCESS_BYTES", 600 << 20)
    before = sorted(p.name for p in canary.iterdir()), sha256_of(canary / "canary.csv"), sha256_of(database)
    one, began = begun(), time.perf_counter()
    with pytest.raises((ApartError, CouncilsError)) as refused:
        plain.answer(one, statement.replace("OUT", str(canary / "out")), rows=ROWS, seconds=0.5)
    assert time.perf_counter() - began < 10, name
    assert CANARY not in str(refused.value)
    assert before == (
        sorted(p.name for p in canary.iterdir()), sha256_of(canary / "canary.csv"), sha256_of(database),
    )  # fmt: skip


# What the program would do if it were not locked: each does it in the test first.
UNLOCKED = (
    "SELECT * FROM read_text('canary.csv');",
    "FROM 'canary.csv';",
    "COPY (SELECT 1) TO 'evil';",
    "ATTACH 'evil';",
    "SELECT getenv('PATH');",
    "SET threads = 1;",
    "SET enable_external_access = false;",
    ".shell touch evil",
    ".system touch evil",
    ".read canary.sql",
    ".open evil",
    ".output evil",
    ".once evil",
    ".import canary.csv evil",
)


@pytest.mark.parametrize("line", UNLOCKED)
def test_the_program_itself_is_locked(line: str, begun: Callable[[], Apart], canary: Path) -> None:
    """Without any reading of ours, as if that had been passed by."""
    (canary / "canary.sql").write_text("SELECT 1;\n", encoding="utf-8")
    files = sorted(p.name for p in canary.iterdir())
    path = program()
    assert path is not None
    free = subprocess.run([path, *OPTIONS], input=f"{line}\n", text=True, capture_output=True, check=False)
    assert free.returncode == 0 and not free.stderr, "it is no trial of the lock if it fails without one"
    for made in set(canary.iterdir()) - {canary / name for name in files}:
        made.unlink()

    one = begun()
    one.check()
    one.allow(5)
    with pytest.raises(ApartError):
        one.execute(f"SELECT 1;\n{line}\nSELECT 2")
    assert sorted(p.name for p in canary.iterdir()) == files


def test_it_writes_nothing_to_the_database(begun: Callable[[], Apart], database: Path) -> None:
    before = sha256_of(database)
    for statement in (
        "CREATE TABLE evil AS SELECT 1",
        "DELETE FROM judgements",
        "ALTER TABLE judgements ADD COLUMN evil INTEGER",
        "DROP VIEW council_year",
    ):
        one = begun()
        one.check()
        one.allow(5)
        with pytest.raises(ApartError):
            one.execute(statement)
    assert sha256_of(database) == before


def test_time_and_memory_are_bounded(begun: Callable[[], Apart]) -> None:
    began = time.perf_counter()
    with pytest.raises(QueryError, match=r"^The query took longer than 0\.3 s and was stopped\. Narrow it"):
        plain.answer(
            begun(),
            "SELECT sum(a.range * b.range) AS s FROM range(1000000) a, range(1000000) b",
            rows=5,
            seconds=0.3,
        )
    assert time.perf_counter() - began < 5
    with pytest.raises(ApartError):
        plain.answer(begun(), "SELECT repeat('x', 4000000000) AS x", rows=5, seconds=20)


def test_a_large_answer_is_left(begun: Callable[[], Apart], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart_module, "BYTES", 10_000)
    with pytest.raises(ApartError, match="bytes"):
        plain.answer(begun(), "FROM range(100000)", rows=ROWS, seconds=10)
    assert len(plain.answer(begun(), "FROM range(100)", rows=ROWS, seconds=10)[1].rows) == 100


def test_another_version_or_an_open_one_is_left(
    begun: Callable[[], Apart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = begun()
    one._started.packages = str(tmp_path)
    with pytest.raises(ApartError, match="v1"):
        one.check()
    monkeypatch.setattr(start_module, "STATE", "SELECT version(), true, true")
    with pytest.raises(ApartError, match="access True"):
        begun().check()


def test_hints_are_the_same(begun: Callable[[], Apart], con: "duckdb.DuckDBPyConnection") -> None:
    questions = (
        "SELECT * EXCLUDE (first_published) FROM latest_judgements WHERE la_name = 'Esex'",
        "SELECT la_name FROM latest_judgements WHERE grade = 'god'",
        "SELECT la_name FROM figures_wide WHERE time_period = 1999",
        "SELECT avg(looked_after_rate) AS a FROM figures_wide",
        "SELECT sum(value) AS a FROM area_statistics WHERE measure = 'adoptions'",
        "SELECT la_name FROM latest_judgements WHERE la_name = 'it''s; a\n.print trap'",
    )
    said = []
    for question in questions:
        one, empty = begun(), "WHERE" in question and "sum" not in question
        one.check()
        one.allow(20)
        found = hints(one, prepare(con, question), {}, is_empty=empty)
        assert found == hints(con, prepare(con, question), {}, is_empty=empty)
        said += found
    assert len(said) >= len(questions)


COMMAND = "import os, sys; from pipelines.__main__ import run; run()"


def councils(*words: str, apart: bool) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; without the program apart it finds no posix_spawn."""
    code = COMMAND if apart else COMMAND.replace("; from", "; del os.posix_spawn; from")
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize(
    "words",
    [
        *(["--format", form] for form in ("table", "csv", "json", "markdown")),
        ["--limit", "3"], ["--spreadsheet", "--format", "csv"], ["--quiet"],
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize(
    "query",
    [
        "SELECT la_name, grade, published FROM latest_judgements WHERE area = 'overall' ORDER BY la_code",
        "SELECT '=1+1' AS a, 1.5 AS b, -1 AS c, NULL AS d",
        "SELECT la_name FROM latest_judgements WHERE la_name = 'Esex'",
        "SELECT avg(looked_after_rate) FROM figures_wide",
        "SELECT x FROM judgments",
        "SELECT 1; SELECT 2",
        "SELECT la_name FROM latest_judgements WHERE grade > 'good'",
        "SELECT [1, 2] AS a",
    ],
)
def test_the_command_says_the_same(words: list[str], query: str, database: Path) -> None:
    asked = ["sql", query, "--database", str(database), *words]
    quick, slow = councils(*asked, apart=True), councils(*asked, apart=False)
    assert (quick.returncode, quick.stdout, quick.stderr) == (slow.returncode, slow.stdout, slow.stderr)
    assert quick.stdout or quick.stderr


def test_the_command_needs_no_engine_in_python(database: Path) -> None:
    code = COMMAND.replace(
        "run()", "main = sys.modules['pipelines.__main__'].main; main(); print('_duckdb' in sys.modules)"
    )
    asked = ["sql", "SELECT count(*) AS n FROM authorities", "--database", str(database)]
    said = subprocess.run(
        [sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True
    ).stdout
    if start_is_missing():
        pytest.skip("this system has no posix_spawn, or the package duckdb-cli is not installed")
    assert said.split() == ["n", "160", "False"]


def test_ctrl_c_ends_both(database: Path) -> None:
    query = "SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b"
    asked = [sys.executable, "-c", COMMAND, "sql", query, "--database", str(database)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(1.5)
        child = children(running.pid)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=10)
    assert (running.returncode, out, err) == (130, "", "councils sql: The query was stopped.\n")
    assert start_is_missing() or child
    time.sleep(0.3)
    assert not [pid for pid in child if is_running(pid)]


def children(pid: int) -> list[int]:
    """The processes that a process started, where the system tells."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in listed.read_text().split()] if listed.exists() else []


def is_running(pid: int) -> bool:
    """Whether a process is at work (one that has ended and waits to be forgotten is not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
