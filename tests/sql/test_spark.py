"""The example questions on Spark in local mode: the same rows as DuckDB. Skipped where Java or pyspark is missing."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import CouncilsError
from pipelines.query.dialect import known_of, translate
from pipelines.query.examples import Example, all_examples, named

EXAMPLES = all_examples()
# Questions that only DuckDB answers, with the words of the refusal that say why.
ONLY_DUCKDB = {"figure_nearest_to_inspection": "called with columns of another table, row by row"}


def call_name(call: str) -> str:
    return "called"


@pytest.fixture(scope="module")
def spark(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The database on Spark."""
    pytest.importorskip("pyspark", reason="pyspark is not installed (the optional extra councils[spark])")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not on this machine's path")
    from pipelines.query.spark import local_session, open_spark

    session = local_session()
    session.sparkContext.setLogLevel("ERROR")
    opened = open_spark(database, tmp_path_factory.mktemp("spark") / "tables", session)
    yield opened
    opened.con.close()
    session.stop()


def comparable(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of either engine: a decimal as the number it is, sums to nine decimal places."""
    return [
        tuple(round(float(v), 9) if isinstance(v, float | Decimal) else v for v in map(_plain, row))
        for row in rows
    ]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | list) else value


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.name for e in EXAMPLES])
def test_example_has_the_same_rows_on_spark(spark: Any, example: Example) -> None:
    from pipelines.query.spark import ask

    if example.name in ONLY_DUCKDB:
        with pytest.raises(CouncilsError, match=ONLY_DUCKDB[example.name]):
            ask(spark, example.sql)
        return
    # In order: each example orders its rows whole.
    assert comparable(ask(spark, example.sql)) == comparable(spark.con.execute(example.sql).fetchall())


def test_wide_tables_are_computed_by_spark(spark: Any) -> None:
    """What is large is not brought along computed: views over the figures are views of Spark's own."""
    from pipelines.query.spark import ask

    ask(spark, "SELECT count(*) FROM figures_wide, with_neighbours WHERE false")
    ask(spark, "SELECT count(*) FROM inspection_history")
    ask(spark, "SELECT count(*) FROM latest_judgements")
    assert {spark.made[v] for v in ("figures_wide", "with_neighbours", "inspection_history")} == {"view"}
    assert spark.made["area_statistics"] == "table" and spark.made["latest_judgements"] == "rows"


def test_what_the_dialect_step_puts_right(con: Any) -> None:
    """Without Spark: the places where a word-for-word translation would give other rows."""
    known = known_of(con)

    def spark_sql(query: str) -> str:
        return translate(query, known, "spark", call_name).sql

    scale = "ARRAY('not_judged', 'inadequate', 'adequate', 'requires_improvement', 'good', 'outstanding')"
    ordered = spark_sql("SELECT grade FROM judgements WHERE grade >= 'good'::grade ORDER BY grade DESC")
    assert f"ARRAY_POSITION({scale}, grade) >= ARRAY_POSITION({scale}, 'good')" in ordered
    assert f"ORDER BY ARRAY_POSITION({scale}, grade) DESC" in ordered
    assert "YEAR(b) * 12" in spark_sql("SELECT datediff('month', a, b) FROM t")
    assert "FILTER(WHERE NOT a IS NULL)" in spark_sql("SELECT arg_max(a, b) FROM t")
    assert "CASE" in spark_sql("SELECT grade_rank(grade) FROM judgements")
    with pytest.raises(CouncilsError, match="highest or lowest grade"):
        spark_sql("SELECT max(grade) FROM judgements")


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.name for e in EXAMPLES])
def test_every_example_translates_or_says_why_not(con: Any, example: Example) -> None:
    if example.name in ONLY_DUCKDB:
        with pytest.raises(CouncilsError, match=ONLY_DUCKDB[example.name]):
            translate(example.sql, known_of(con), "spark", call_name)
        return
    assert translate(example.sql, known_of(con), "spark", call_name).relations


def test_a_call_of_a_macro_is_named_by_its_text(con: Any) -> None:
    told = translate(named("grades_on_a_day").sql, known_of(con), "spark", call_name)
    assert told.relations == ["called"] and told.calls["called"].lower().startswith("as_at('2019-03-31'")
