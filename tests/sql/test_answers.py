"""Forms of an answer, the example questions, the command's words and exit codes, cells of a notebook."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from pipelines.errors import CouncilsError
from pipelines.query import formats
from pipelines.query.engine import Result, execute_all
from pipelines.query.examples import all_examples, find, named
from pipelines.query.hints import hints
from pipelines.query.output import choose_format, write
from pipelines.query.statement import prepare

AWKWARD = Result(
    ("name", "value", "name"),
    ("VARCHAR", "DOUBLE", "VARCHAR"),
    [("=1+1", -2.5, None), ('a,b\n"c"|d', None, ""), ("+x", 3.0, "@y"), ("\x1b[31mred", float("nan"), "-")],
    False,
)


def test_csv_keeps_missing_and_empty_apart_and_is_exact() -> None:
    assert formats.as_csv(AWKWARD) == (
        'name,value,name\n=1+1,-2.5,\n"a,b\n""c""|d",,""\n+x,3,@y\n\x1b[31mred,nan,-\n'
    )


def test_csv_for_spreadsheets_defuses_texts_and_leaves_numbers() -> None:
    text = formats.as_csv(AWKWARD, spreadsheet=True)
    assert "'=1+1,-2.5," in text and "'+x,3,'@y" in text and "nan,'-" in text


def test_json_markdown_and_table() -> None:
    rows = json.loads(formats.as_json(AWKWARD))
    assert rows[0] == {"name": "=1+1", "value": -2.5, "name_2": None} and rows[3]["value"] is None
    assert 'a,b⏎"c"\\|d' in formats.as_markdown(AWKWARD)
    table = formats.as_table(AWKWARD, 30)
    assert "\x1b" not in table and "NULL" in table and max(map(len, table.splitlines())) <= 30
    assert formats.as_json(Result(("a",), ("VARCHAR",), [], False)) == "[]"


def test_workbook_has_rows_and_notes_and_no_formula(con: Any, tmp_path: Path) -> None:
    statement = prepare(
        con,
        "SELECT la_name, value, published_text, value_status, '=1+1' AS f FROM area_statistics WHERE la_code = $la LIMIT 5",
    )
    values = {"la": "881"}
    result = execute_all(con, statement, values)
    for name in ("one.xlsx", "two.xlsx"):
        write(con, statement, result, "xlsx", tmp_path / name, parameters=values)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as package:
        assert all(b"<f>" not in package.read(n) for n in package.namelist())
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(tmp_path / "one.xlsx")
    rows = book.get_sheet_by_name("rows").to_python()
    assert rows[0] == list(result.columns) and [r[1] for r in rows[1:]] == [
        r[1] if r[1] is not None else "" for r in result.rows
    ]
    notes = book.get_sheet_by_name("notes").to_python()
    topics = {str(r[0]) for r in notes}
    assert {"Query", "Parameter", "Column", "Source", "Release", "Symbol", "Licence", "Cells"} <= topics
    assert any("Open Government Licence v3.0" in str(r[1]) for r in notes)


def test_parquet_keeps_types_even_of_a_column_of_nothing(con: Any, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    statement = prepare(
        con, "SELECT la_code, NULL::DOUBLE AS nothing, published, true AS yes FROM inspections LIMIT 3"
    )
    write(con, statement, execute_all(con, statement), "parquet", tmp_path / "rows.parquet")
    schema = pq.read_schema(tmp_path / "rows.parquet")
    assert [str(t) for t in schema.types] == ["string", "double", "date32[day]", "bool"]


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_chart_is_drawn_with_words_in_it(con: Any, tmp_path: Path, suffix: str) -> None:
    statement = prepare(
        con, "SELECT time_period, looked_after_rate FROM figures_wide WHERE la_name = 'Essex'"
    )
    target = tmp_path / f"essex{suffix}"
    write(con, statement, execute_all(con, statement), "chart", target)
    content = target.read_bytes()
    assert len(content) > 4000 and (suffix != ".svg" or b"looked_after_rate" in content)


def test_chart_of_nothing_says_so(con: Any, tmp_path: Path) -> None:
    statement = prepare(con, "SELECT la_name FROM authorities")
    with pytest.raises(CouncilsError, match="There is nothing to draw"):
        write(con, statement, execute_all(con, statement), "chart", tmp_path / "x.svg")
    assert list(tmp_path.iterdir()) == []


def test_format_goes_by_the_name_of_the_file() -> None:
    assert choose_format(None, Path("a.md")) == "markdown"
    with pytest.raises(CouncilsError, match="does not say the format"):
        choose_format(None, Path("a.doc"))
    with pytest.raises(CouncilsError, match=r"no format 'cvs'. Did you mean 'csv'\?"):
        choose_format("cvs", None)
    with pytest.raises(CouncilsError, match="A chart needs a file"):
        choose_format("chart", None)


EXAMPLES = all_examples()


def test_there_are_thirty_questions_each_asked_once() -> None:
    assert len(EXAMPLES) >= 30
    assert len({e.question for e in EXAMPLES}) == len(EXAMPLES)
    assert all(e.question.endswith("?") for e in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.name for e in EXAMPLES])
def test_example_answers_its_question(con: Any, example: Any) -> None:
    statement = prepare(con, example.sql)
    result = execute_all(con, statement)
    assert result.rows and not result.is_cut
    # A question we set as an example has an order of its own, and nothing to be warned of.
    assert result.rows == execute_all(con, statement).rows
    assert hints(con, statement, {}, is_empty=False) == []


def test_examples_are_found_by_word_and_name() -> None:
    assert {e.name for e in find("neighbours")} >= {
        "council_against_neighbours",
        "neighbours_and_their_grades",
    }
    with pytest.raises(CouncilsError, match=r"Did you mean 'inadequate_today'\?"):
        named("inadequat_today")


def test_a_word_of_no_example_leads_to_the_measures_that_have_it(capsys: pytest.CaptureFixture[str]) -> None:
    from pipelines.__main__ import main

    assert main(["examples", "agency"]) == 1
    said = capsys.readouterr().err
    assert "It is in these measures of area_statistics:" in said and "agency_rate" in said


def test_known_answers(con: Any) -> None:
    """Answers that Ofsted prints: the profile of 31 March 2025, and one council's history."""
    held = execute_all(con, prepare(con, (
        "SELECT grade::VARCHAR, count(*) FROM as_at('2025-03-31', published_by := '2025-06-30') WHERE area = 'overall' "
        "AND grade <> 'not_judged' GROUP BY ALL"
    ))).rows  # fmt: skip
    assert sum(count for _, count in held) == 153
    assert dict(held) == {"outstanding": 36, "good": 67, "requires_improvement": 31, "inadequate": 19}
    history = execute_all(con, prepare(con, named("history_of_one_council").sql)).rows
    since_2013 = [(str(r[0]), r[3]) for r in history if str(r[0]) > "2013"]
    assert since_2013[:4] == [
        ("2014-05-23", "inadequate"), ("2016-11-25", "inadequate"), ("2019-01-17", "requires_improvement"),
        ("2023-04-18", "good"),
    ]  # fmt: skip


def councils(database: Path, *words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; `sql` asks the test's database."""
    named_database = ("--database", str(database)) if words[0] == "sql" else ()
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *words, *named_database], input=stdin, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


def test_rows_go_to_stdout_and_words_to_stderr(database: Path, tmp_path: Path) -> None:
    query = "SELECT sum(value) AS total FROM area_statistics WHERE measure = 'looked_after' AND time_period = 2024"
    asked = councils(database, "sql", query)
    assert asked.returncode == 0 and asked.stdout.startswith("total\n") and "England together" in asked.stderr
    quiet = councils(database, "sql", query, "--quiet")
    assert quiet.stdout == asked.stdout and quiet.stderr == ""
    piped = councils(database, "sql", "-", "--format", "json", stdin="SELECT 'é £' AS a;\n")
    assert piped.stdout == '[\n {"a": "é £"}\n]\n'
    file = tmp_path / "q.sql"
    file.write_text("SELECT $n::INTEGER + 1 AS n", encoding="utf-8")
    assert councils(database, "sql", "--file", str(file), "--param", "n=41").stdout == "n\n42\n"
    target = tmp_path / "out.csv"
    written = councils(database, "sql", "SELECT 1 AS a", "--output", str(target))
    assert (
        written.stdout == ""
        and target.read_text(encoding="utf-8") == "a\n1\n"
        and "1 row in" in written.stderr
    )
    cut = councils(database, "sql", "FROM authorities", "--limit", "2")
    assert cut.stdout.count("\n") == 3 and "there are more" in cut.stderr


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("SELECT 1 AS a",), 0, ""),
        (("SELEC 1",), 2, "Syntax error"),
        (("SELECT * FROM judgments",), 2, "Did you mean 'judgements'?"),
        (("DROP TABLE judgements",), 2, "Only a query"),
        (("SELECT count(*) FROM range(1000000000000)", "--timeout", "0.3"), 1, "took longer than 0.3 s"),
        (("SELECT 1", "--param", "x"), 2, "write it as NAME=VALUE"),
        (("SELECT 1", "--example", "inadequate_today"), 2, "Give the query once"),
        (("--file", "nowhere.sql"), 1, "cannot be read"),
        (("SELECT 1", "--output", "nowhere/x.csv"), 1, "cannot be written"),
    ],
)
def test_exit_codes(database: Path, words: tuple[str, ...], status: int, sentence: str) -> None:
    asked = councils(database, "sql", *words)
    assert asked.returncode == status, asked.stderr
    assert sentence in asked.stderr and "Traceback" not in asked.stderr
    assert status == 0 or asked.stdout == ""


def test_plan_is_shown_and_not_run(database: Path) -> None:
    asked = councils(
        database, "sql", "SELECT count(*) FROM range(1000000000000)", "--explain", "--format", "table"
    )
    assert asked.returncode == 0 and "RANGE" in asked.stdout.upper()


def test_one_module_makes_the_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """`from pipelines.open import …` and `%load_ext` make the same cells: there is one grammar."""
    from pipelines import open as opening
    from pipelines.query import magic

    class Shell:
        made: ClassVar[list[Any]] = []
        display_formatter = SimpleNamespace(
            formatters={"text/html": SimpleNamespace(for_type=lambda *_: None)}
        )

        def register_magic_function(self, function: Any, **_: str) -> None:
            self.made.append(function.__module__)

        def set_custom_exc(self, *_: Any) -> None:
            """Not asked here."""

    opening._prepare(Shell())
    magic.load_ipython_extension(Shell())
    assert Shell.made == ["pipelines.query.magic"] * 2


def test_cell_of_a_notebook_is_a_frame(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.testing.globalipapp import start_ipython

    from pipelines import paths

    monkeypatch.setattr(paths, "database", lambda: database)
    shell = start_ipython()  # type: ignore[no-untyped-call]
    shell.run_line_magic("load_ext", "pipelines.query.magic")
    query = "SELECT la_name, grade FROM latest_judgements WHERE area = $area"
    shown = shell.run_cell_magic("sql", "-o held --param area=overall", query)
    held = shell.user_ns["held"]
    assert len(held) > 150 and held["grade"].cat.ordered and shown is held
    # A variable of the notebook, and the short form of -o.
    shell.user_ns["area"] = "leadership"
    assert len(shell.run_cell_magic("sql", "led", query)) == len(shell.user_ns["led"]) > 100
    assert shell.run_cell_magic("sql", "-p area=overall", query).equals(held)
    assert len(shell.run_line_magic("sql", "SELECT 1 AS a")) == 1
    for cell in ("SET threads = 1", "FROM 'canary.csv'", "FROM read_text('/etc/hostname')"):
        with pytest.raises(CouncilsError):
            shell.run_cell_magic("sql", "", cell)
    with pytest.raises(CouncilsError, match="unrecognized arguments"):
        shell.run_cell_magic("sql", "-o a b c", "SELECT 1")
