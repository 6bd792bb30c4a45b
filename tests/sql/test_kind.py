"""Mistakes are answered with what to do: the nearest names, the scale, the emptying condition, a caution."""

from typing import Any

import pytest

from pipelines.errors import CouncilsError
from pipelines.query.engine import execute_all
from pipelines.query.hints import hints
from pipelines.query.nearest import did_you_mean, nearest
from pipelines.query.statement import prepare

SCALE = "not_judged < inadequate < adequate < requires_improvement < good < outstanding"


def said(con: Any, query: str, **values: str) -> list[str]:
    """What is said beside the answer."""
    statement = prepare(con, query)
    result = execute_all(con, statement, values)
    return hints(con, statement, values, is_empty=not result.rows)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("SELECT * FROM judgments", "There is no table 'judgments'. Did you mean 'judgements'?"),
        ("SELECT * FROM qqqq", "There is no table 'qqqq'. See: councils tables."),
        ("SELECT gread FROM judgements", "There is no column 'gread' in judgements. Did you mean 'grade'?"),
        ("SELECT j.gread FROM judgements AS j", "There is no column 'gread' in judgements. Did you mean 'grade'?"),
        ("SELECT edition FROM authorities", "There is no column 'edition' in authorities. statistical_neighbours has one of that name."),
        ("SELECT meadian(1)", "There is no function 'meadian'. Did you mean 'median'?"),
        ("SELECT * FROM asat('2019-03-31')", "There is no table function asat. Did you mean 'as_at'?"),
        ("SELECT 'Good'::grade", f"'Good' is no grade. Did you mean 'good'? The scale is {SCALE}."),
        ("SELECT * FROM judgements WHERE grade > 'good'",
         f"An order against the text 'good' goes by the alphabet, not by the scale: write 'good'::grade (the scale is {SCALE})."),
        ("SELECT grade BETWEEN 'inadequate' AND 'good' FROM judgements",
         f"An order against the text 'inadequate' goes by the alphabet, not by the scale: write 'inadequate'::grade (the scale is {SCALE})."),
        ("SELECT greatest(grade, 'good') FROM judgements",
         f"An order against the text 'good' goes by the alphabet, not by the scale: write 'good'::grade (the scale is {SCALE})."),
        ("SELEC 1", 'Syntax error at or near "SELEC" (line 1: …SELEC 1…).'),
        ("SELECT (", "Syntax error at end of input."),
        ("", "There is no query here: write a SELECT, or give a file of one."),
        ("SELECT la_code FROM judgements, inspections", "More than one table here has a column 'la_code': write the table's name before it."),
        ("PIVOT judgements ON area USING count(*)",
         "A PIVOT needs its columns named here: PIVOT … ON measure IN ('looked_after_rate', 'adoptions')."),
        ("SELECT $la", "The query has a parameter $la without a value: add --param la=VALUE."),
        ("SELECT CAST('x' AS INTEGER)", "'x' cannot be read as a whole number."),
        ("FROM '/etc/passwd'", "There is no table '/etc/passwd'. See: councils tables."),
    ],
)  # fmt: skip
def test_mistake_is_one_sentence(con: Any, query: str, sentence: str) -> None:
    with pytest.raises(CouncilsError) as told:
        execute_all(con, prepare(con, query))
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("SELECT * FROM judgements WHERE grade = 'Good'", f"'Good' is no grade. Did you mean 'good'? The scale is {SCALE}."),
        ("SELECT * FROM judgements WHERE grade IN ('good', 'Outstanding')", "'Outstanding' is no grade."),
        ("SELECT * FROM authorities WHERE la_name = 'Esex'", "No row has the la_name 'Esex'. Did you mean 'Essex'?"),
        ("SELECT * FROM authorities WHERE la_name = 'Newcastle'", "No row has the la_name 'Newcastle'. Did you mean 'Newcastle upon Tyne'?"),
        ("SELECT * FROM judgements WHERE area = 'leaders'", "No row has the area 'leaders'. Did you mean 'leadership'?"),
        ("SELECT * FROM measures WHERE measure = 'looked_afterr'", "No row has the measure 'looked_afterr'. Did you mean 'looked_after'"),
        ("SELECT * FROM area_statistics WHERE time_period = 2099", "No row meets the condition time_period = 2099. In area_statistics, time_period runs from "),
        ("SELECT * FROM inspections WHERE la_code = '881' AND published < '2000-01-01'", "No row meets the condition published < "),
        ("SELECT * FROM authorities WHERE la_name = 'Essex' AND region = 'South West'", "Rows meet all the other conditions, but none of them meets "),
        ("SELECT 1 AS a WHERE false", "No row matches."),
    ],
)  # fmt: skip
def test_empty_or_partial_answer_says_why(con: Any, query: str, start: str) -> None:
    found = said(con, query)
    assert found and found[0].startswith(start), found


def test_value_of_a_parameter_is_looked_up_too(con: Any) -> None:
    query = "SELECT * FROM authorities WHERE la_name = $la"
    assert said(con, query, la="Esex") == ["No row has the la_name 'Esex'. Did you mean 'Essex'?"]
    assert said(con, query, la="Essex") == []
    with pytest.raises(CouncilsError, match="goes by the alphabet"):
        execute_all(con, prepare(con, "SELECT * FROM judgements WHERE grade > $g"), {"g": "good"})
    assert execute_all(
        con, prepare(con, "SELECT * FROM judgements WHERE grade > $g::grade"), {"g": "good"}
    ).rows


LEVELS, RELEASES = "authorities, regions and England together", "once for each release"
RATES, SUMS = "every authority the same weight", "A sum of rates means nothing"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT sum(value) FROM area_statistics WHERE measure = 'looked_after' AND time_period = 2024", [LEVELS, RELEASES]),
        ("SELECT sum(value) FROM area_statistics WHERE measure = 'looked_after' AND is_current", [LEVELS]),
        ("SELECT sum(value) FROM area_statistics WHERE measure = 'looked_after' AND is_current "
         "AND geographic_level = 'Local authority'", []),
        ("SELECT time_period, sum(value) FROM area_statistics WHERE la_code = '881' AND measure = 'adoptions' "
         "AND is_current GROUP BY 1", []),
        ("SELECT avg(value) FROM area_statistics WHERE measure = 'looked_after_rate' AND is_current "
         "AND geographic_level = 'Local authority'", [RATES]),
        ("SELECT la_name, avg(value) FROM area_statistics WHERE measure = 'looked_after_rate' AND is_current "
         "AND geographic_level = 'Local authority' GROUP BY la_name", []),
        ("SELECT avg(value) FROM area_statistics WHERE measure = 'looked_after' AND is_current "
         "AND geographic_level = 'Local authority'", []),
        ("SELECT time_period, avg(looked_after_rate) FROM figures_wide GROUP BY ALL", [RATES]),
        ("SELECT sum(value) FROM area_statistics WHERE measure = 'looked_after_rate' AND is_current "
         "AND geographic_level = 'Local authority'", [SUMS]),
        ("SELECT count(*) FROM area_statistics", []),
        ("SELECT median(looked_after_rate) FROM figures_wide", []),
    ],
)  # fmt: skip
def test_cautions_where_and_only_where_they_belong(con: Any, query: str, words: list[str]) -> None:
    found = said(con, query)
    assert len(found) == len(words), found
    assert all(word in sentence for word, sentence in zip(words, found, strict=True)), found


def test_nearest_words() -> None:
    assert nearest("judgments", ["judgements", "inspections"]) == ["judgements"]
    assert nearest("NEWCASTLE", ["Newcastle upon Tyne", "Newham"]) == ["Newcastle upon Tyne"]
    assert nearest("", ["a"]) == [] and nearest("zzz", ["abc"]) == []
    assert did_you_mean("good ", ["good", "goods"]) == " Did you mean 'good'?"
    assert did_you_mean("qq", ["x"]) == ""


def test_arguments_of_macros_are_not_their_own_columns(con: Any) -> None:
    """A column given unqualified to a macro must stay the caller's column (a silent wrong answer otherwise)."""
    query = "SELECT count(*) FROM inspections AS i, {macro} AS n WHERE n.la_code <> i.la_code"
    macro = "nearest_figure(la_code, 'looked_after', published)"
    assert execute_all(con, prepare(con, query.format(macro=macro))).rows == [(0,)]
    pairs = "SELECT count(*), count(DISTINCT a.la_code) FROM authorities AS a, neighbours_of(la_code) AS n"
    rows, councils = execute_all(con, prepare(con, pairs)).rows[0]
    assert rows == 10 * councils > 1000
