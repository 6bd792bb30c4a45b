"""Each rule of each suite holds on the shipped data and fails on a row that breaks it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import paths, validate, warehouse
from pipelines.build import PARQUET, build
from pipelines.contents import ANSWERS
from pipelines.errors import CouncilsError
from pipelines.registry import load_yaml
from pipelines.suites import Runner

BREAKS: dict[str, dict[str, str]] = load_yaml(Path(__file__).with_name("breaking_rows.yml"))
SUITES: dict[str, Any] = {
    table: json.loads(path.read_text(encoding="utf-8")) for table, path in validate.suites().items()
}
RULES = [
    pytest.param(table, expectation, id=f"{table}: {expectation['meta']['rule']}")
    for table, suite in SUITES.items()
    for expectation in suite["expectations"]
]
FEW = 300


@pytest.fixture(scope="module")
def candidates() -> Iterator[duckdb.DuckDBPyConnection]:
    """Candidate tables of the shipped data, the long one cut to a few rows of every kind, and the answers built of it."""
    build()
    with duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        con.execute(
            "CREATE OR REPLACE TABLE area_statistics AS FROM area_statistics "
            f"WHERE hash(la_code, measure, time_period, file_id) % 97 = 0 LIMIT {FEW}"
        )
        for table in ANSWERS:
            columns = ", ".join(
                f'"{name}"::{kind} AS "{name}"' for name, kind, _ in warehouse.describe(table).columns
            )
            file = (paths.curated() / PARQUET / f"{table}.parquet").as_posix()
            con.execute(f"CREATE TABLE \"{table}\" AS SELECT {columns} FROM read_parquet('{file}')")
        yield con


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """One Great Expectations context for the module: its import is what takes long."""
    with Runner() as runner:
        yield runner


def test_every_rule_has_a_row_that_breaks_it() -> None:
    declared = {(table, rule) for table, rules in BREAKS.items() for rule in rules}
    stated = {(p.values[0], p.values[1]["meta"]["rule"]) for p in RULES}  # type: ignore[index]
    assert declared == stated


def test_every_table_has_a_suite() -> None:
    """But for `rejected`, which holds what the suites kept out."""
    assert set(SUITES) == set(warehouse.tables()) - {"rejected"}


@pytest.mark.parametrize(("table", "expectation"), RULES)
def test_rule_holds_and_fails_on_a_breaking_row(
    candidates: duckdb.DuckDBPyConnection, runner: Runner, table: str, expectation: dict[str, Any]
) -> None:
    rule = expectation["meta"]["rule"]
    name = f"{table}: {rule}"
    [good] = runner.run(
        {"name": f"{name} good", "expectations": [expectation]}, validate.frame_of(candidates, table)
    )
    assert good["success"], good
    candidates.execute("BEGIN")
    try:
        candidates.execute(BREAKS[table][rule])
        frame = validate.frame_of(candidates, table)
    finally:
        candidates.execute("ROLLBACK")
    [bad] = runner.run({"name": f"{name} bad", "expectations": [expectation]}, frame)
    assert bad["raised"] is None
    assert not bad["success"]
    if expectation["meta"]["on_failure"] == "reject":
        assert bad["rows"], "a rejecting rule must name the rows that break it"


def test_a_rejected_row_is_kept_with_its_rule(candidates: duckdb.DuckDBPyConnection) -> None:
    candidates.execute("BEGIN")
    try:
        rejected = validate.keep_rejected(
            candidates,
            [validate.Failure("judgements", "Every judgement keeps the grade as printed.", False, (3,))],
        )
        rows = candidates.execute("SELECT table_name, rule, row_key, row FROM rejected").fetchall()
        key = candidates.execute(
            "SELECT inspection_id || ' ' || area, row FROM judgements WHERE rowid = 3"
        ).fetchone()
    finally:
        candidates.execute("ROLLBACK")
    assert key is not None
    assert rejected == 1
    assert rows == [("judgements", "Every judgement keeps the grade as printed.", *key)]


def test_a_table_that_loses_too_many_rows_stops_the_build(candidates: duckdb.DuckDBPyConnection) -> None:
    candidates.execute("BEGIN")
    try:
        failure = validate.Failure("visits", "Every visit has a date.", False, tuple(range(30)))
        with pytest.raises(CouncilsError, match=r"visits: 30 of \d+ rows break a rule, more than 1%"):
            validate.keep_rejected(candidates, [failure])
    finally:
        candidates.execute("ROLLBACK")


def test_a_rule_that_stops_names_table_rule_and_file(candidates: duckdb.DuckDBPyConnection) -> None:
    candidates.execute("BEGIN")
    try:
        failure = validate.Failure("inspections", "No inspection stands twice.", True, (1, 2))
        with pytest.raises(CouncilsError) as raised:
            validate.keep_rejected(candidates, [failure])
    finally:
        candidates.execute("ROLLBACK")
    assert str(raised.value) == (
        "inspections: No inspection stands twice. This does not hold in 2 rows, so the build stopped and the old "
        "database stays. Look at expectations/inspections.json and the raw tables it stands on."
    )


def test_a_check_that_cannot_run_is_told_from_bad_data(
    candidates: duckdb.DuckDBPyConnection, runner: Runner
) -> None:
    broken = {
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "no_such_column"},
        "meta": {"rule": "r", "on_failure": "reject"},
    }
    [outcome] = runner.run(
        {"name": "broken", "expectations": [broken]}, validate.frame_of(candidates, "authorities")
    )
    assert outcome["raised"]
