"""Every headline answer on the curated tables: no word of cause, nothing missing, and two seconds in the terminal."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import CouncilsError
from pipelines.relations.answer import MINIMUM_N, Answer
from pipelines.relations.headlines import headline_answers, headline_rows
from pipelines.relations.inputs import find_measure
from pipelines.relations.neighbour_lab import answer_laboratory
from pipelines.relations.printed_figures import answer_printed, printed_measures
from pipelines.relations.relate import relate
from pipelines.relations.sensitivity import HEADLINE, changed, sensitivity
from pipelines.relations.words import says_cause


@pytest.fixture(scope="module")
def con(curated: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The curated database, read-only."""
    return curated


@pytest.fixture(scope="module")
def answers(con: duckdb.DuckDBPyConnection) -> dict[str, Answer]:
    return headline_answers(con)


def test_no_title_and_no_question_says_cause(answers: dict[str, Answer]) -> None:
    found = {
        name: word
        for name, answer in answers.items()
        for text in (answer.title, answer.question, *(e.name for e in answer.estimates))
        if (word := says_cause(text))
    }
    assert found == {}


def test_every_answer_carries_everything(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        for part in (
            "question",
            "title",
            "unit",
            "method",
            "releases",
            "caveats",
            "multiplicity",
            "estimates",
        ):
            assert getattr(answer, part), (name, part)
        assert answer.question.endswith("?"), name
        for estimate in answer.estimates:
            assert estimate.refused or estimate.value is not None, (name, estimate)
            assert not (estimate.refused and estimate.value is not None), (name, estimate)
            if estimate.lower is not None and estimate.upper is not None:
                assert estimate.value is not None
                assert estimate.lower <= estimate.value <= estimate.upper, (name, estimate)


def test_correlations_are_of_enough_councils(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        for estimate in answer.estimates:
            if estimate.name == "Spearman's rho" and estimate.value is not None:
                assert estimate.n >= MINIMUM_N["correlation"], name


def test_headline_tables_have_one_set_of_columns(
    con: duckdb.DuckDBPyConnection, answers: dict[str, Answer]
) -> None:
    tables = headline_rows(con, answers)
    assert set(tables) == {
        "relation_answers", "relation_sensitivity", "relation_changes", "relation_spells", "relation_neighbours",
        "relation_funnel", "relation_many",
    }  # fmt: skip
    for name, rows in tables.items():
        assert rows, name
        assert all(list(row) == list(rows[0]) for row in rows), name
        kinds = {type(value) for row in rows for value in row.values()}
        assert kinds <= {str, int, float, bool, date, type(None)}, (name, kinds)


def test_sensitivity_names_where_the_answer_changes(con: duckdb.DuckDBPyConnection) -> None:
    rows = sensitivity(con, find_measure(con, "looked_after_rate"), 2025)
    assert rows[0]["choice"] == HEADLINE and rows[0]["answer_changes"] is False
    choices = {row["choice"] for row in rows}
    assert {
        "without City of London and Isles of Scilly",
        "figures as first published",
        "grade rule: next",
        "grade rule: last",
        "unit child",
        "adjusted for deprivation",
        "year 2019",
    } <= choices
    # Once region is in, the link with the looked-after rate is no longer clear.
    assert "adjusted for deprivation, region" in changed(rows)


def test_figures_printed_in_reports(con: duckdb.DuckDBPyConnection) -> None:
    names = printed_measures(con)
    assert {"fsm_primary", "fsm_secondary", "minority_ethnic"} <= set(names)
    assert answer_printed(con, "fsm_primary").n > 100
    assert all(e.refused for e in answer_printed(con, "child_poverty").estimates)
    with pytest.raises(CouncilsError, match="They print: "):
        answer_printed(con, "looked_after_rate")


def test_an_unknown_edition_is_answered_with_the_known(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(CouncilsError, match="There are: 2021, 2025"):
        answer_laboratory(con, find_measure(con, "looked_after_rate"), 2025, edition=2015)


def test_a_notebook_has_rows_a_frame_and_a_chart(con: duckdb.DuckDBPyConnection) -> None:
    found = relate("looked_after_rate", year=2022, grade_rule="next", adjust=["deprivation"], con=con)
    assert len(found.rows) == found.answer.n
    assert len(found.frame) == len(found.answer.estimates)
    chart = found.chart()
    assert "next grade given after 31 March 2022" in chart.words.title
    assert says_cause(chart.words.title) is None
    assert "Not plotted" in " ".join(chart.words.notes)
    assert "Beware:" in repr(found)


def _relate(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines", "relate", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ,
    )


def test_the_command_needs_less_than_two_seconds_of_processor(con: duckdb.DuckDBPyConnection) -> None:
    """Processor time, not the clock: other work on the machine must not fail it. Windows has no such count."""
    resource = pytest.importorskip("resource")

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(used.ru_utime + used.ru_stime)

    _relate("looked_after_rate")  # compiles what has changed
    before = spent()
    assert _relate("looked_after_rate", "--adjust", "deprivation,region").returncode == 0
    assert spent() - before < 2


def test_the_command_answers_in_each_format(con: duckdb.DuckDBPyConnection) -> None:
    done = _relate("looked_after_rate", "--year", "2025", "--adjust", "deprivation,region")
    assert done.returncode == 0 and done.stderr == ""
    for said in ("Spearman", "Not used", "Beware:", "Adjusted for: deprivation", "Releases:", "adjusted"):
        assert said in done.stdout
    data = _relate("looked_after_rate", "--year", "2025", "--format", "json")
    assert json.loads(data.stdout)["n"] == 151
    lines = _relate("looked_after_rate", "--year", "2025", "--format", "csv")
    assert lines.stdout.startswith("answer_id,question,title,unit_of_analysis,")


def test_the_command_imports_neither_pandas_nor_scipy_stats(con: duckdb.DuckDBPyConnection) -> None:
    """Each of them costs about a second of the two the command has."""
    script = (
        "import sys; from pipelines.__main__ import main; "
        "main(['relate', 'looked_after_rate', '--adjust', 'deprivation,region']); "
        "print([m for m in ('pandas', 'scipy.stats', 'statsmodels', 'altair') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["looked_afterrate"], "There is no measure 'looked_afterrate'. The nearest: 'looked_after_rate'"),
        (["looked_after_rate", "--year", "2031"], "it has 2010 to 2025. The nearest is 2025."),
        (
            ["looked_after_rate", "--area", "leadershipp"],
            "There is no judgement area 'leadershipp'. The nearest: 'leadership'",
        ),
        (["looked_after_rate", "--adjust", "poverty"], "'poverty' can not be adjusted for"),
    ],
)
def test_the_command_names_the_nearest(
    con: duckdb.DuckDBPyConnection, words: list[str], sentence: str
) -> None:
    done = _relate(*words)
    assert done.returncode == 1 and done.stdout == ""
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
