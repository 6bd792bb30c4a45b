"""`councils sql` as it is typed: every form to a pipe, to a terminal and into a file; parameters; where a query comes from."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.query import formats
from pipelines.query.engine import Result
from pipelines.query.output import FORMATS, SUFFIXES

QUERY = "SELECT la_name, looked_after_rate, time_period FROM figures_wide WHERE la_name = $la AND looked_after_rate > 0"


def councils(database: Path, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, its stdout a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "pipelines", "sql", *words, "--database", str(database)],
        input=None if stdin is None else stdin.encode(), capture_output=True, check=False, timeout=120,
        stdin=subprocess.DEVNULL if stdin is None else None,
    )  # fmt: skip


def opened(path: Path) -> int:
    """The rows of a written file, by a reader of its kind that is not ours."""
    import pandas as pd

    readers: dict[str, Any] = {
        ".csv": lambda: len(pd.read_csv(path)), ".json": lambda: len(json.loads(path.read_text(encoding="utf-8"))),
        ".parquet": lambda: len(pd.read_parquet(path)),
        ".xlsx": lambda: len(pd.read_excel(path, sheet_name="rows", engine="calamine")),
        ".md": lambda: path.read_text(encoding="utf-8").count("\n") - 2,
        ".txt": lambda: path.read_text(encoding="utf-8").count("\n") - 2,
        ".svg": lambda: path.read_text(encoding="utf-8").count("aria-roledescription=\"point\""),
    }  # fmt: skip
    return int(readers[path.suffix]())


@pytest.mark.parametrize("suffix", [*SUFFIXES])
def test_every_form_into_a_file_is_opened_again(database: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"essex{suffix}"
    told = councils(database, QUERY, "--param", "la=Essex", "--output", str(target))
    assert told.returncode == 0 and told.stdout == b"" and f" rows in {target}" in told.stderr.decode()
    rows = int(told.stderr.decode().split(" rows in ")[0].split()[-1])
    assert rows > 10
    if suffix in (".png", ".html"):
        assert target.read_bytes().startswith((b"\x89PNG", b"<!DOCTYPE html"))
    else:
        assert opened(target) == rows
    # The same by --format.
    again = tmp_path / f"again{suffix}"
    asked = ("--format", SUFFIXES[suffix], "--output", str(again))
    assert councils(database, QUERY, "--param", "la=Essex", *asked).returncode == 0
    assert again.stat().st_size > 0 and [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_into_a_pipe(database: Path, form: str) -> None:
    told = councils(database, QUERY, "--param", "la=Essex", "--format", form)
    if form in ("xlsx", "chart"):
        assert told.returncode == 1 and told.stdout == b"" and b"needs a file: --output NAME." in told.stderr
        return
    begins = {"table": "la_name", "csv": "la_name,looked_after_rate,time_period\nEssex,", "json": '[\n {"la_name": "Essex"',
              "markdown": "| la_name | looked_after_rate |", "parquet": "PAR1"}  # fmt: skip
    assert told.returncode == 0 and told.stderr == b""
    assert told.stdout.startswith(begins[form].encode())


@pytest.mark.parametrize("form", ["", *FORMATS])
def test_every_form_on_a_terminal(database: Path, root: Path, form: str) -> None:
    """A table as wide as the terminal unless another form is asked for; never bytes that are no text."""
    pexpect = pytest.importorskip(
        "pexpect", reason="pexpect drives a terminal, which this system has none of"
    )
    words = ["-m", "pipelines", "sql", QUERY, "--param", "la=Essex", "--database", str(database)]
    shown, status = pexpect.run(
        f"{sys.executable} {' '.join(_quoted(w) for w in [*words, *(['--format', form] if form else [])])}",
        env={**os.environ, "PYTHONPATH": str(root)}, encoding="utf-8", withexitstatus=True, timeout=60,
    )  # fmt: skip
    if form in ("xlsx", "chart", "parquet"):
        assert status == 1 and "--output NAME." in shown
        return
    assert status == 0 and "Essex" in shown
    lines = shown.splitlines()
    assert form not in ("", "table") or (lines[1].startswith("───") and max(map(len, lines)) <= 80)


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


@pytest.mark.parametrize(
    "value",
    ["O'Brien", '"; DROP TABLE judgements', "x' OR 1=1 --", "$la", "", "é £ ✓", "a\nb", "=1+1", "--", "'); SELECT 1; --",
     "\\", "\\'; SELECT 1", "a=b", "NULL", "%"],
)  # fmt: skip
def test_a_parameter_comes_back_as_it_was_given(database: Path, value: str) -> None:
    told = councils(database, "SELECT $v AS v", "--param", f"v={value}", "--format", "json")
    assert json.loads(told.stdout) == [{"v": value}] and told.returncode == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("SELECT", "*", "FROM", "judgements"), 'Put the query in quotes: councils sql "SELECT …".'),
        (("SELECT $v", "--param", "v"), "--param v: write it as NAME=VALUE, for $NAME in the query."),
        (("SELECT $v", "--param", "v x=1"), "--param v x=1: write it as NAME=VALUE"),
        (("SELECT $v", "--param", "v=1", "--param", "v=2"), "--param v is given twice; a parameter has one value."),
        (("SELECT $v",), "The query has a parameter $v without a value: add --param v=VALUE."),
        (("SELECT 1", "--param", "v=1"), "There is no parameter $v in the query."),
        (("SELECT $a", "--param", "a=1", "--param", "v=1"), "There is no parameter $v in the query (it has $a)."),
        (("SELECT 1", "--limit", "x"), "'x' is no number of rows: write a whole number, at least 1"),
        (("SELECT 1", "--limit", "0"), "'0' is no number of rows"),
        (("SELECT 1", "--timeout", "soon"), "'soon': write seconds, more than 0 and at most 86400"),
        (("SELECT 1", "--timeout", "nan"), "'nan': write seconds"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_a_sentence(database: Path, words: tuple[str, ...], sentence: str) -> None:
    told = councils(database, *words)
    assert told.returncode == 2 and sentence in told.stderr.decode() and told.stdout == b""


def test_where_a_query_comes_from(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.sql").write_text("SELECT 42 AS n;\n", encoding="utf-8-sig")
    for words, stdin in (
        (("q.sql",), None), (("--file", "q.sql"), None), (("-",), "SELECT 42 AS n"), ((), "SELECT 42 AS n;"),
        (("--file", "-"), "SELECT 42 AS n"),
    ):  # fmt: skip
        assert councils(database, *words, stdin=stdin).stdout == b"n\n42\n", words
    told = councils(database, "nowhere.sql")
    assert told.returncode == 1 and b"nowhere.sql: the file of the query cannot be read" in told.stderr
    (tmp_path / "latin.sql").write_bytes("SELECT 'é'".encode("latin-1"))
    assert b"is not UTF-8 text" in councils(database, "latin.sql").stderr
    assert b"There is no query here" in councils(database, stdin="").stderr


def test_a_reader_that_has_seen_enough_is_no_fault(database: Path) -> None:
    """`councils sql … | head -2`"""
    command = f"{sys.executable} -m pipelines sql 'FROM area_statistics' --limit 50000 --database {database}"
    script = f"{command} | head -2; exit ${{PIPESTATUS[0]}}"
    told = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert told.returncode == 0 and told.stdout.count("\n") == 2 and "Traceback" not in told.stderr
    assert "Broken pipe" not in told.stderr


def test_plan_into_a_pipe_is_the_plan(database: Path) -> None:
    told = councils(database, "SELECT count(*) FROM judgements", "--explain")
    assert told.stdout.decode().startswith("┌──") and told.returncode == 0


def test_header_of_a_spreadsheet_is_defused_too() -> None:
    result = Result(("=cmd()", "n"), ("BIGINT", "VARCHAR"), [(-1, "=1")], False)
    assert formats.as_csv(result, spreadsheet=True) == "'=cmd(),n\n-1,'=1\n"
    assert formats.as_csv(result) == "=cmd(),n\n-1,=1\n"


def test_tables_show_no_noise_of_binary_fractions_and_other_forms_are_exact() -> None:
    values = (14.149999999999999, -0.1, 1e-9, 3.0, 123456789.125, float("nan"), float("inf"), 1e300)
    result = Result(("v",), ("DOUBLE",), [(v,) for v in values], False)
    shown = [line.strip() for line in formats.as_table(result).splitlines()[2:]]
    assert shown == ["14.15", "-0.1", "1e-09", "3", "123456789.125", "nan", "inf", "1e+300"]
    assert formats.as_csv(result).split()[1] == "14.149999999999999"


def test_wide_columns_share_the_room() -> None:
    row = ("n" * 100, "table", 5, "w" * 100)
    shown = formats.as_table(
        Result(("name", "kind", "rows", "what"), ("VARCHAR", "VARCHAR", "BIGINT", "VARCHAR"), [row], False),
        100,
    )
    widths = [len(part) for part in shown.splitlines()[1].split("  ")]
    assert max(widths) - min(widths[0], widths[3]) <= 1 and sum(widths) + 6 in (99, 100)


def test_what_parquet_has_no_type_for_is_text(database: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    target = tmp_path / "odd.parquet"
    odd = "SELECT 170141183460469231731687303715884105727::HUGEINT AS h, uuid() AS u, [1, 2] AS l, {'a': 1} AS s, '\\xAA'::BLOB AS b, INTERVAL 3 DAY AS i"
    told = councils(database, odd, "--output", str(target))
    assert told.returncode == 0, told.stderr
    table = pq.read_table(target)
    assert table.num_rows == 1 and table["h"].to_pylist() == ["170141183460469231731687303715884105727"]
