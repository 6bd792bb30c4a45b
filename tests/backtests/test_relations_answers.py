"""Every headline answer on the curated tables: no word of cause, nothing missing, and two seconds in the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.charts.parameters import newest_day
from pipelines.charts.registry import CHARTS
from pipelines.contents import ANSWERS
from pipelines.errors import CouncilsError
from pipelines.relations.answer import MINIMUM_N, Answer
from pipelines.relations.choices import FIRST_PUBLISHED, KINDS, VINTAGE, Headline
from pipelines.relations.headlines import headline_rows, headlines
from pipelines.relations.inputs import find_measure
from pipelines.relations.neighbour_lab import answer_laboratory
from pipelines.relations.printed_figures import answer_printed, printed_measures
from pipelines.relations.relate import relate
from pipelines.relations.words import says_cause
from pipelines.warehouse import describe


@pytest.fixture(scope="module")
def con(curated: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The curated database, read-only."""
    return curated


@pytest.fixture(scope="module")
def asked(con: duckdb.DuckDBPyConnection) -> dict[str, Headline]:
    return headlines(con)


@pytest.fixture(scope="module")
def answers(asked: dict[str, Headline]) -> dict[str, Answer]:
    return {name: headline.answer for name, headline in asked.items()}


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


def test_the_tables_of_the_database_are_the_answers(
    con: duckdb.DuckDBPyConnection, asked: dict[str, Headline]
) -> None:
    """What SQL users read is what the questions give now, to the last digit kept."""
    tables = headline_rows(con, asked)
    assert tuple(tables) == ANSWERS
    for name, rows in tables.items():
        columns = [column for column, _, _ in describe(name).columns]
        assert rows and all(set(row) == set(columns) for row in rows), name
        listed = ", ".join(
            f'"{column}"::VARCHAR' if kind == "grade" else f'"{column}"'
            for column, kind, _ in describe(name).columns
        )
        stored = con.execute(f'SELECT {listed} FROM "{name}" ORDER BY rowid').fetchall()
        assert stored == [tuple(row[column] for column in columns) for row in rows], name


def test_every_headline_is_asked_under_every_other_choice(asked: dict[str, Headline]) -> None:
    for name, headline in asked.items():
        kinds = {choice.kind for choice in headline.choices}
        assert set(KINDS) <= kinds, name
        for choice in headline.choices:
            assert choice.estimate is not None or choice.note, (name, choice)
        keys = [(choice.kind, choice.choice) for choice in headline.choices]
        assert len(keys) == len(set(keys)), name


def test_every_headline_on_figures_is_asked_on_first_published_ones(asked: dict[str, Headline]) -> None:
    """Only answers without a figure, or with one that has a single edition, say that there is nothing to ask."""
    without = ("agreement:", "deprivation:", "survival:", "printed:")
    for name, headline in asked.items():
        told = [c for c in headline.choices if c.kind == VINTAGE]
        if name.startswith(without) and name != "survival:lower grades and workforce":
            assert told[0].estimate is None and told[0].note, name
        else:
            assert [c.choice for c in told] == [FIRST_PUBLISHED], name
            assert told[0].estimate is not None and told[0].estimate.value is not None, name
        said = " ".join(headline.answer.caveats)
        assert ("THE ANSWER CHANGES" in said) is (FIRST_PUBLISHED in headline.changed(VINTAGE)), name
        assert "irst published" in said or "first published" in said, name


def test_sensitivity_names_where_the_answer_changes(asked: dict[str, Headline]) -> None:
    found = asked["grade and figure:looked_after_rate"]
    choices = {choice.choice for choice in found.choices}
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
    assert "adjusted for deprivation, region" in found.changed()
    assert "adjusted for deprivation, region" in " ".join(found.answer.caveats)


def test_published_charts_say_where_first_published_figures_differ(
    con: duckdb.DuckDBPyConnection, root: Path
) -> None:
    """Of grade and figure: the answer of each published chart holds on first-published figures, or the chart says so."""
    specs = [spec for spec in CHARTS if spec.sql == "grade_and_figure.sql"]
    assert specs
    for spec in specs:
        year = newest_day(con, spec.parameters["as_at"]).year
        found = relate(str(spec.parameters["measure"]), year=year, con=con)
        drawn = (root / "published" / f"{spec.id}.vl.json").read_text(encoding="utf-8")
        assert not found.check.startswith("THE ANSWER CHANGES") or "first published" in drawn, spec.id


def test_joint_rows_are_a_choice_where_there_are_any(asked: dict[str, Headline]) -> None:
    [joint] = [c for c in asked["grade and figure:agency_rate"].choices if c.kind == "joint rows"]
    own = asked["grade and figure:agency_rate"].estimate
    assert joint.estimate is not None and joint.estimate.n == own.n + 4
    [none] = [c for c in asked["grade and figure:looked_after_rate"].choices if c.kind == "joint rows"]
    assert none.estimate is None and "no figure of two authorities" in none.note


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
    assert found.check in chart.words.notes and "first published" in found.check
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
        (["looked_after_rate", "--adjust", "deprivaton"], "The nearest: 'deprivation'."),
        (["looked_after_rate", "--adjust", "agency_rat"], "The nearest: 'agency_rate'"),
    ],
)
def test_the_command_names_the_nearest(
    con: duckdb.DuckDBPyConnection, words: list[str], sentence: str
) -> None:
    done = _relate(*words)
    assert done.returncode == 1 and done.stdout == ""
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
