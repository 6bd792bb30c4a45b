"""Every table and column of the built database says what it is, and the descriptions name exactly what there is."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines import paths, warehouse
from pipelines.build import build


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    build()
    with duckdb.connect(str(paths.database()), read_only=True) as con:
        yield con


def test_every_table_has_a_comment_that_says_its_row(con: duckdb.DuckDBPyConnection) -> None:
    found = dict(con.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert set(found) == set(warehouse.tables())
    for table, comment in found.items():
        assert comment and comment.startswith("One row per "), table
        assert "Source: " in comment, table


def test_every_column_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    silent = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL "
        "AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall()
    assert silent == []


def test_every_key_is_unique(con: duckdb.DuckDBPyConnection) -> None:
    for table in warehouse.tables():
        key = ", ".join(f'"{k}"' for k in warehouse.describe(table).key)
        twice = con.execute(
            f'SELECT {key} FROM "{table}" GROUP BY {key} HAVING count(*) > 1 LIMIT 1'
        ).fetchone()
        assert twice is None, f"{table}: {key} = {twice}"


def test_grades_are_ordered(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        "SELECT DISTINCT grade FROM judgements WHERE grade >= 'good'::grade ORDER BY grade"
    ).fetchall()
    assert [g for (g,) in found] == ["good", "outstanding"]


def test_the_trap_of_comparing_a_grade_with_a_word_is_said(con: duckdb.DuckDBPyConnection) -> None:
    # DuckDB compares an ENUM with a bare word by the alphabet; the day it no longer does, the comment can go.
    by_alphabet = con.execute(
        "SELECT DISTINCT grade FROM judgements WHERE grade >= 'good' ORDER BY grade"
    ).fetchall()
    assert ("requires_improvement",) in by_alphabet
    comment = con.execute(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'judgements' AND column_name = 'grade'"
    ).fetchone()
    assert comment is not None
    assert "'good'::grade" in comment[0]
