"""Every reason the register gives for a figure's difference rests on something that can be looked up again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines import paths, warehouse
from pipelines.reports.area_notes import note_page, notes
from pipelines.reports.document import read_document

if TYPE_CHECKING:
    import duckdb

FIGURES = "field LIKE 'figure, report against %'"


@pytest.fixture(scope="module")
def made() -> Iterator[duckdb.DuckDBPyConnection]:
    """The candidate tables of the shipped data, which a test may alter inside a transaction."""
    import duckdb

    with duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        yield con


def reasons(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many pairs of figures each reason explains; open ones under 'open'."""
    return dict(
        con.execute(
            f"SELECT coalesce(category, outcome), count(*) FROM checked_pairs WHERE {FIGURES} GROUP BY ALL"
        ).fetchall()
    )


def test_the_register_of_notes_is_what_the_reports_say(shared: Path) -> None:
    with (paths.package() / "area_notes.csv").open(encoding="utf-8", newline="") as handle:
        shipped = [(row["file_id"], int(row["page"])) for row in csv.DictReader(handle)]
    assert notes(shared / "reports") == shipped


@pytest.mark.parametrize(
    ("sentence", "page"),
    [
        ("It has been updated it\nwith local un-validated data where there was some.", 1),
        ("The council updated it with local invalidated data.", 1),
        ("Local unvalidated data for the year show a rise.", None),
        ("The section was not updated.", None),
    ],
)
def test_a_note_is_known_by_its_words(tmp_path: Path, sentence: str, page: int | None) -> None:
    file = tmp_path / "report.txt"
    file.write_text(f"Information about this local authority area\n{sentence}\n", encoding="utf-8")
    document = read_document(file)
    for at, line in enumerate(document.lines):
        document.lines[at] = type(line)(1, line.text)
    assert note_page(document) == page


def test_a_bound_is_of_the_year_of_its_figures_and_after_its_31_march(
    made: duckdb.DuckDBPyConnection,
) -> None:
    rows = made.execute("SELECT time_period, not_before FROM first_releases").fetchall()
    assert rows
    assert all(day.year == year and day.month >= 9 for year, day in rows)


def test_a_release_held_came_out_in_the_year_of_its_bound(made: duckdb.DuckDBPyConnection) -> None:
    found = made.execute(
        "SELECT time_period, min(left(published, 4)::INTEGER) FROM area_statistics "
        "WHERE source_id = 'children_looked_after' AND measure = 'looked_after' AND time_period <= 2017 "
        "AND geographic_level = 'Local authority' GROUP BY ALL"
    ).fetchall()
    assert found
    assert all(year == published for year, published in found)


def test_what_came_out_before_the_release_did(made: duckdb.DuckDBPyConnection) -> None:
    found = made.execute(
        "SELECT count(*), count(*) FILTER (year(reports.published) > right(item, 4)::INTEGER) "
        f"FROM checked_pairs INNER JOIN reports ON subject = file_id WHERE {FIGURES} AND category = 'before release'"
    ).fetchone()
    assert found is not None
    assert found[0] > 100
    assert found[1] == 0


def test_local_data_is_said_by_the_report_and_dfes_first_print_differs(
    made: duckdb.DuckDBPyConnection,
) -> None:
    found = made.execute(
        "SELECT value_a <> value_b, notes.page IS NOT NULL, source_b FROM checked_pairs "
        "LEFT JOIN area_notes AS notes ON subject = notes.file_id "
        "WHERE field = 'figure, report against first print' AND category = 'local data'"
    ).fetchall()
    assert len(found) > 10
    assert all(differs and noted and "SFR" in source for differs, noted, source in found)


def test_a_rate_of_its_own_count_is_near_what_that_count_gives(made: duckdb.DuckDBPyConnection) -> None:
    found = made.execute(
        "SELECT rates.value_a::DOUBLE, rates.value_b::DOUBLE, counts.value_a::DOUBLE, counts.value_b::DOUBLE "
        "FROM checked_pairs AS rates INNER JOIN checked_pairs AS counts "
        "ON rates.field = counts.field AND rates.subject = counts.subject "
        "AND counts.item = replace(rates.item, '_rate ', ' ') WHERE rates.category = 'own count'"
    ).fetchall()
    assert found
    for rate, rate_dfe, count, count_dfe in found:
        assert count != count_dfe
        assert rate == pytest.approx(count / (count_dfe / rate_dfe), rel=0.1)


def test_what_is_open_is_what_the_page_says_it_is(made: duckdb.DuckDBPyConnection) -> None:
    """Children in need and plans only, after DfE's release of the year, of which no print of that year is held."""
    found = made.execute(
        "SELECT split_part(item, ' ', 1), reports.published >= bounds.not_before, "
        "(SELECT min(left(published, 4)::INTEGER) FROM area_statistics AS held WHERE held.la_code = pairs.la_code "
        "AND held.measure = split_part(item, ' ', 1) AND held.source_kind = 'statistics' "
        "AND held.time_period = right(item, 4)::INTEGER) > right(item, 4)::INTEGER "
        "FROM checked_pairs AS pairs INNER JOIN reports ON subject = file_id "
        "INNER JOIN first_releases AS bounds ON bounds.source_id = 'children_in_need' "
        "AND bounds.time_period = right(item, 4)::INTEGER WHERE outcome = 'open'"
    ).fetchall()
    assert len(found) == reasons(made)["open"]
    assert {row[0] for row in found} == {"children_in_need", "child_protection_plans"}
    assert all(after and late for _, after, late in found)


@pytest.mark.parametrize(
    ("without", "reason"), [("first_releases", "before release"), ("area_notes", "local data")]
)
def test_without_its_evidence_a_reason_is_not_given(
    made: duckdb.DuckDBPyConnection, without: str, reason: str
) -> None:
    before = reasons(made)
    made.execute("BEGIN")
    try:
        made.execute(f"DELETE FROM {without}")
        made.execute(f"CREATE OR REPLACE TABLE checked_pairs AS {warehouse.sql_text('marts/checked_pairs')}")
        after = reasons(made)
    finally:
        made.execute("ROLLBACK")
    assert before[reason] > 0
    assert reason not in after
    assert after["open"] > before["open"]
    assert after["agree"] == before["agree"]
