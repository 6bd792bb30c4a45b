"""`councils tables` and `councils describe`: every table, view and macro explains itself."""

import re
from typing import Any

import pytest

from pipelines.errors import CouncilsError
from pipelines.query.catalogue import column_rows, describe, list_tables
from pipelines.query.vocabulary import about, relations


def test_every_table_view_and_macro_is_listed_with_what_it_is(con: Any) -> None:
    listed = list_tables(con).rows
    assert {str(r[0]) for r in listed if r[1] in ("table", "view")} == set(relations(con))
    made = con.execute(
        "SELECT count(DISTINCT function_name) FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'"
    ).fetchone()
    assert made == (sum(str(r[1]).endswith("macro") for r in listed),)
    assert all(len(str(r[4])) > 15 for r in listed), [r for r in listed if len(str(r[4])) <= 15]


def test_every_table_and_view_is_described_whole(con: Any) -> None:
    """Row, key, source, size, each column with its meaning and words, and as many sample rows as there are, up to three."""
    for table in relations(con):
        page = describe(con, table)
        lines = page.splitlines()
        size = con.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        assert lines[0].startswith(f"{table}: One row"), lines[0]
        assert re.search(r"^key +\w", page, re.MULTILINE) and re.search(r"^source +\w", page, re.MULTILINE), (
            table
        )
        assert f"rows     {size:,}" in lines
        for name, kind, meaning, holds in column_rows(con, table):
            assert len(meaning) > 3 and kind, (table, name)
            assert holds or size == 0, (table, name)
        assert len(lines[lines.index("three rows:") + 1 :]) == max(1, min(3, size)), table
        if {"la_code", "time_period"} <= {n for n, _, _ in about(con, table).columns} and size:
            assert re.search(r"^covers +\d+ authorities; time_period \d{4} to \d{4}", page, re.MULTILINE), (
                table
            )


def test_columns_of_figures_have_their_unit(con: Any) -> None:
    """Each measure that is a column says what it is counted in; a table of figures has a column that says it."""
    units = dict(con.execute("SELECT measure, unit FROM measures").fetchall())
    for table in ("figures_wide", "council_year"):
        measured = [(n, m) for n, _, m, _ in column_rows(con, table) if n in units]
        assert len(measured) > 30
        for name, meaning in measured:
            assert f"Unit: {units[name]}" in meaning, (table, name)
    for table in ("area_statistics", "with_neighbours"):
        assert "unit" in {n for n, _, _ in about(con, table).columns}


def test_words_of_a_column_are_listed_in_order(con: Any) -> None:
    held = {n: h for n, _, _, h in column_rows(con, "judgements")}
    assert held["grade"] == "not_judged < inadequate < adequate < requires_improvement < good < outstanding"
    assert "leadership" in held["area"] and held["sources_differ"] == "true, false"


def test_macros_are_described_too(con: Any) -> None:
    page = describe(con, "as_at")
    assert page.startswith("as_at(date, published_by, ") and "examples grades_on_a_day" in page
    assert "Byar's approximation" in describe(con, "byar_upper")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("judgments", "There is no table 'judgments'. Did you mean 'judgements'?"),
        ("JUDGEMENTS", "There is no table 'JUDGEMENTS'. Did you mean 'judgements'?"),
        ("asat", "There is no table 'asat'. Did you mean 'as_at'?"),
        ("qqqq", "There is no table 'qqqq'. See: councils tables."),
        ("own.reports", "There is no table 'own.reports': you have no reports of your own there. See: councils add --help."),
    ],
)  # fmt: skip
def test_a_name_that_is_none(con: Any, name: str, sentence: str) -> None:
    with pytest.raises(CouncilsError) as told:
        describe(con, name)
    assert str(told.value) == sentence
