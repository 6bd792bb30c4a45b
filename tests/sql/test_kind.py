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
        ("SELECT * FROM councils.judgments", "There is no table 'judgments'. Did you mean 'judgements'?"),
        ("SELECT * FROM \"Latest Judgements\"", "There is no table 'Latest Judgements'. Did you mean 'latest_judgements'?"),
        ("WITH t AS (SELECT la_code FROM judgments) FROM t", "There is no table 'judgments'. Did you mean 'judgements'?"),
        ("WITH t AS (SELECT grade FROM judgements) SELECT grde FROM t", "There is no column 'grde' in judgements. Did you mean 'grade'?"),
        ("SELECT a.la_nam FROM (SELECT la_name FROM authorities) AS a", "There is no column 'la_nam' in authorities. Did you mean 'la_name'?"),
        ("SELECT judgments.grade FROM judgements", "There is no table or alias 'judgments' in this query. Did you mean 'judgements'?"),
        ("SELECT * FROM figures_wide WHERE year = 2020", "There is no column 'year' in figures_wide. Did you mean 'time_period'?"),
        ("SELECT council FROM latest_judgements", "There is no column 'council' in latest_judgements. Did you mean 'la_name'?"),
        ("SELECT rating FROM latest_judgements", "There is no column 'rating' in latest_judgements. Did you mean 'grade'?"),
        ("SELECT measure FROM judgement_areas, joint_areas", "There is no column 'measure' in joint_areas, judgement_areas. area_series, area_statistics, corrections, coverage have one of that name."),
        ("SELECT * FROM judgements WHERE grade = \"good\"", "There is no column 'good' in judgements. A text stands between single quotes: 'good' is a grade."),
        ("SELECT * FROM judgements WHERE grade = Good", "There is no column 'Good' in judgements. A text stands between single quotes: 'good' is a grade."),
        ("SELECT * FROM authorities WHERE la_name = essex", "There is no column 'essex' in authorities. A text stands between single quotes: 'Essex' is a la_name."),
        ("FROM as_at('2019-03-31', published_by = '2019-06-30')", "There is no column 'published_by' in this query. If it is an argument of a macro, write published_by := …."),
        ("FROM neighbours_of()", "neighbours_of is not called so; its arguments are council, of_edition (the first ones in this order, and those that may be left out by name: of_edition := …)."),
        ("SELECT avg(grade) FROM judgements", "avg needs numbers, and a grade is none: count the rows of each grade (GROUP BY grade), or take grade_rank(grade)."),
        ("SELECT sum(published_text) FROM area_statistics", "sum needs numbers, and this is text. The number of a figure is the column value."),
        ("SELECT now()", "A time with a zone (now(), TIMESTAMPTZ) cannot be shown here: make it plain, as in now()::TIMESTAMP or now()::DATE."),
        ("SELECT ? AS la", "A parameter has a name here: write $la in place of ? or $1, and --param la=VALUE."),
        ("PRAGMA show_tables", "Only a query (SELECT, WITH, FROM, DESCRIBE, SUMMARIZE, SHOW) is run here, and this is another statement; the database is read-only and its settings are locked."),
        ("CREATE MACRO m() AS TABLE FROM judgements; FROM m()", "These are 2 statements; one query is run at a time. Give them one by one."),
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
        ("FROM authorities WHERE la_name = 'Essex' AND region = 'South West'",
         "No row meets la_name = 'Essex' and region = 'South West' together; without any one of these there would be rows."),
        ("FROM authorities WHERE la_code = '881' AND la_name = 'Essex' AND region = 'South West'",
         "Rows meet all the other conditions, but none of them meets region = 'South West'."),
        ("SELECT 1 AS a WHERE false", "No row matches."),
        # Names as people say and type them.
        ("FROM authorities WHERE la_name = 'Hull'", "No row has the la_name 'Hull'. Did you mean 'Kingston upon Hull, City of'?"),
        ("FROM authorities WHERE la_name = 'Kingston upon Hull'", "No row has the la_name 'Kingston upon Hull'. Did you mean 'Kingston upon Hull, City of'?"),
        ("FROM latest_judgements WHERE la_name = 'Bournemouth'", "No row has the la_name 'Bournemouth'. Did you mean 'Bournemouth, Christchurch and Poole'?"),
        ("FROM authorities WHERE la_name = 'St Helens'", "No row has the la_name 'St Helens'. Did you mean 'St. Helens'?"),
        ("FROM authorities WHERE la_name = 'RBKC'", "No row has the la_name 'RBKC'. Did you mean 'Kensington and Chelsea'?"),
        ("FROM authorities WHERE la_name = 'BCP'", "No row has the la_name 'BCP'. Did you mean 'Bournemouth, Christchurch and Poole'?"),
        ("FROM authorities WHERE la_name = 'LBHF'", "No row has the la_name 'LBHF'. Did you mean 'Hammersmith and Fulham'?"),
        ("FROM authorities WHERE la_name = 'essex'", "No row has the la_name 'essex'. Did you mean 'Essex'?"),
        ("FROM authorities WHERE la_name = 'Essex County Council'", "No row has the la_name 'Essex County Council'. Did you mean 'Essex'?"),
        ("FROM authorities WHERE la_name = 'City of York'", "No row has the la_name 'City of York'. Did you mean 'York'?"),
        ("FROM authorities WHERE la_name = 'Durham'", "No row has the la_name 'Durham'. Did you mean 'County Durham'?"),
        ("FROM authorities AS a WHERE a.la_name IN ('Essex', 'Ket')", "No row has the la_name 'Ket'. Did you mean 'Kent'?"),
        ("FROM judgements JOIN authorities AS a USING (la_code) WHERE a.la_name = 'Esex' AND area = 'overall'", "No row has the la_name 'Esex'. Did you mean 'Essex'?"),
        ("SELECT avg(looked_after) FROM figures_wide WHERE la_name = 'Esex'", "No row has the la_name 'Esex'. Did you mean 'Essex'?"),
        ("FROM authorities WHERE la_name LIKE 'Esex%'", "No row meets the condition la_name LIKE 'Esex%'. Did you mean 'Essex'?"),
        ("FROM latest_judgements WHERE la_name ILIKE 'st helens%'", "No row meets the condition la_name ILIKE 'st helens%'. Did you mean 'St. Helens'?"),
        ("FROM authorities WHERE la_code = '88'", "No row has the la_code '88'."),
        ("FROM latest_judgements WHERE region = 'Southwest'", "No row has the region 'Southwest'. Did you mean 'South West'?"),
        ("FROM latest_judgements WHERE area = 'overall' AND grade = 'RI'", f"'RI' is no grade. Did you mean 'requires_improvement'? The scale is {SCALE}."),
        ("FROM judgements WHERE grade = 'Requires improvement to be good'", f"'Requires improvement to be good' is no grade. Did you mean 'requires_improvement'? The scale is {SCALE}."),
        ("FROM judgements WHERE grade::VARCHAR = 'Good'", f"'Good' is no grade. Did you mean 'good'? The scale is {SCALE}."),
        ("FROM judgements WHERE grade LIKE 'Good%'", "No row meets the condition grade LIKE 'Good%'. Did you mean 'good'?"),
        ("SELECT count(*) FILTER (grade = 'Good') FROM judgements", "'Good' is no grade."),
        ("WITH g AS (FROM judgements WHERE grade = 'god') SELECT count(*) FROM g", "'god' is no grade. Did you mean 'good'?"),
        ("FROM judgements WHERE area = 'overall effectiveness'", "No row has the area 'overall effectiveness'. Did you mean 'overall'?"),
        ("FROM measures WHERE measure = 'LAC'", "No row has the measure 'LAC'. Did you mean 'looked_after'?"),
        ("FROM measures WHERE measure = 'turnover'", "No row has the measure 'turnover'. Did you mean 'social_worker_turnover'?"),
        # Which of several conditions, wherever it stands.
        ("FROM area_statistics WHERE measure = 'agency_rate' AND time_period = 2010 AND la_code = '881'",
         "No row meets measure = 'agency_rate' and time_period = 2010 together; without any one of these there would be rows. With the other conditions time_period runs from 20"),
        ("FROM inspections WHERE la_code = '881' AND published < '2010-01-01'", "No row meets la_code = '881' and published < '2010-01-01' together; without any one of these there would be rows. With the other conditions published runs from 20"),
        ("FROM inspections WHERE inspection_start > published", "No row meets the condition inspection_start > published."),
        ("FROM (FROM inspections WHERE published > '2030-01-01') AS x", "No row meets the condition published > '2030-01-01'. In inspections, published runs from 2009"),
        ("WITH t AS (FROM inspections WHERE published > '2030-01-01'), u AS (FROM t) SELECT * FROM u WHERE la_code = '881'",
         "No row meets the condition published > '2030-01-01'. In inspections, published runs from 2009"),
        ("SELECT la_name FROM latest_judgements GROUP BY la_name HAVING count(*) > 100", "No group meets HAVING count(*) > 100."),
        ("FROM authorities AS a JOIN judgements AS j ON a.la_name = j.la_code", "The joined tables have no row together"),
        ("FROM neighbours_of('Leads')", "neighbours_of: no council is called 'Leads'. Did you mean 'Leeds'?"),
        ("FROM nearest_figure('881', 'looked_aftr', '2020-01-01')", "nearest_figure: there is no measure 'looked_aftr'. Did you mean 'looked_after'?"),
        ("FROM nearest_figure('Essex', 'looked_after', '2020-01-01')", "nearest_figure takes a council's code: '881' for 'Essex'."),
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
        # By other names, in subqueries and joins.
        ("WITH t AS (SELECT value AS v FROM area_statistics WHERE measure = 'looked_after' AND time_period = 2024) SELECT sum(v) FROM t",
         [LEVELS, RELEASES]),
        ("SELECT avg(r) FROM (SELECT looked_after_rate AS r FROM figures_wide WHERE time_period = 2024)", [RATES]),
        ("SELECT avg(value) FROM with_neighbours WHERE measure = 'looked_after_rate' AND time_period = 2024", [RATES]),
        ("SELECT sum(s.value) FROM area_statistics AS s JOIN measures AS m USING (measure) WHERE m.measure = 'looked_after' AND s.is_current", [LEVELS]),
        ("SELECT region, avg(looked_after_rate) FROM figures_wide JOIN authorities USING (la_code) GROUP BY 1", [RATES]),
        ("SELECT avg(looked_after_rate) FROM figures_wide WHERE la_name = 'Essex' OR la_name = 'Kent'", [RATES]),
        # One council over its years, each level by itself, England's own row: nothing is mixed.
        ("SELECT avg(looked_after_rate) FROM figures_wide WHERE la_name = 'Essex'", []),
        ("SELECT avg(value) FROM area_statistics WHERE measure = 'looked_after_rate' AND la_code = 'ENG' AND is_current", []),
        ("SELECT geographic_level, sum(value) FROM area_statistics WHERE measure = 'looked_after' AND is_current GROUP BY 1", []),
        ("SELECT la_code, sum(value) FROM area_statistics WHERE measure = 'adoptions' AND is_current GROUP BY 1", []),
        ("SELECT la_name, avg(looked_after_rate) FROM council_year GROUP BY 1", []),
        ("SELECT sum(value) FROM area_statistics WHERE measure = 'looked_after' AND is_current AND geographic_level = 'Regional'", []),
        ("SELECT sum(adoptions) FROM figures_wide WHERE time_period = 2024", []),
        ("SELECT 10000 * sum(looked_after) / sum(population_0_17) FROM figures_wide", []),
        ("SELECT sum(numerator) / sum(denominator) FROM area_statistics WHERE measure = 'looked_after_rate' AND is_current AND geographic_level = 'Local authority'", []),
        ("SELECT framework, avg(published - inspection_start) FROM inspections GROUP BY 1", []),
        ("SELECT sum(CASE WHEN grade = 'good' THEN 1 ELSE 0 END) FROM judgements", []),
        ("SELECT max(value) FROM area_statistics WHERE measure = 'looked_after_rate' AND is_current", []),
        ("SELECT corr(looked_after_rate, adoptions) FROM figures_wide WHERE time_period = 2024", []),
        ("SELECT avg(value) FROM area_statistics WHERE measure = 'caseload' AND is_current AND geographic_level = 'Local authority'", []),
        ("FROM judgements WHERE grade IN ('good', 'outstanding')", []),
        ("FROM judgements WHERE grade_printed = 'Good'", []),
        ("FROM authorities WHERE la_name ILIKE '%HULL%'", []),
        ("FROM authorities WHERE la_name <> 'Essex' AND region = 'South West'", []),
        ("FROM latest_judgements WHERE area = 'overall' AND grade >= 'good'::grade", []),
        ("SELECT region, count(*) FROM latest_judgements WHERE area = 'overall' GROUP BY 1", []),
    ],
)  # fmt: skip
def test_cautions_where_and_only_where_they_belong(con: Any, query: str, words: list[str]) -> None:
    found = said(con, query)
    assert len(found) == len(words), found
    assert all(word in sentence for word, sentence in zip(words, found, strict=True)), found


def test_nearest_words() -> None:
    assert nearest("judgments", ["judgements", "inspections"]) == ["judgements"]
    assert nearest("NEWCASTLE", ["Newcastle upon Tyne", "Newham"]) == ["Newcastle upon Tyne"]
    assert nearest("Hull", ["Solihull", "Kingston upon Hull, City of"]) == ["Kingston upon Hull, City of"]
    assert nearest("Bury", ["Bury", "Shrewsbury"]) == ["Bury"]
    assert nearest("year", ["placement_stability_2_years_pct"]) == []
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
