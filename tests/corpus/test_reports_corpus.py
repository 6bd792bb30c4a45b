"""The whole corpus in the product: extracted again it gives the shipped bytes, and the register finds what is known."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.open import open_database
from pipelines.reports.corpus import SOURCE, Extracted, extract_reports
from pipelines.reports.corpus_rows import TABLES
from pipelines.reports.register_page import page

if TYPE_CHECKING:
    import duckdb

FOUR_MIB = 4 * 1024 * 1024


@pytest.fixture(scope="module")
def extracted(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Extracted, Path]:
    """The corpus read anew, without any memory of an earlier run."""
    folder = tmp_path_factory.mktemp("corpus")
    done = extract_reports([shared / "reports", shared / "seeds"], folder / "raw", folder / "memory")
    return done, folder / "raw"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The built database."""
    with open_database() as connection:
        yield connection


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The shipped rows of one table."""
    with (root / "data" / "raw" / SOURCE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_file_has_one_row(extracted: tuple[Extracted, Path], shared: Path) -> None:
    done, _ = extracted
    assert done.files == done.read == done.rows["reports"]
    assert done.files == len([*(shared / "reports").glob("*.pdf"), *(shared / "seeds").glob("*.txt")])


@pytest.mark.parametrize("table", TABLES)
def test_extract_gives_back_the_shipped_bytes(
    extracted: tuple[Extracted, Path], root: Path, table: str
) -> None:
    _, target = extracted
    shipped = root / "data" / "raw" / SOURCE / f"{table}.csv"
    assert (target / shipped.name).read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_too_long_or_holds_sentences(root: Path, table: str) -> None:
    path = root / "data" / "raw" / SOURCE / f"{table}.csv"
    assert path.stat().st_size < FOUR_MIB
    ours = {"what", "due_problem", "reason", "problem", "themes", "due_printed", "inspection_dates_printed"}
    for row in rows(root, table):
        for column, value in row.items():
            assert column in ours or len(value.split()) <= 8, (table, column, value)


def test_what_could_not_be_read_says_why(root: Path) -> None:
    unread = [row for row in rows(root, "reports") if row["kind"] in ("unreadable", "other")]
    assert {row["reason"] for row in unread} == {
        "The file is a web page, not a report (a download that failed)."
    }
    assert len(unread) == 4


def test_the_plans_are_whole(root: Path) -> None:
    plans = {(row["file"][:3], row["actions"], row["milestones"]) for row in rows(root, "plans")}
    assert plans == {("000", "20", "0"), ("003", "54", "227")}
    without = [row for row in rows(root, "plan_milestones") if not row["due"]]
    assert without
    assert all(row["due_problem"] for row in without)


@pytest.mark.parametrize(
    ("text", "pdf"),
    [
        ("000_99b5fe1992377bc0.txt", "east-sussex_2014-03-21.pdf"),
        ("001_8402ddd663b5a7a5.txt", "essex_2014-03-21.pdf"),
        ("002_9eb7eee2664ce0bc.txt", "west-sussex_2019-05-08.pdf"),
        ("003_e271a304314cc5af.txt", "southend-on-sea_2016-07-07.pdf"),
        ("004_b192b04e17b22324.txt", "south-gloucestershire_2017-02-13.pdf"),
    ],
)
@pytest.mark.parametrize("table", ["judgements", "statistics", "previous_inspections", "recommendations"])
def test_a_text_and_its_pdf_give_the_same_rows(root: Path, table: str, text: str, pdf: str) -> None:
    # Words are counted over line joins that the two media make differently; pages are lost in text.
    leave_out = {"file", "sha256", "page", "words", "printed", "grade_printed"}

    def of(name: str) -> list[dict[str, str]]:
        return [
            {k: v for k, v in row.items() if k not in leave_out}
            for row in rows(root, table)
            if row["file"] == name
        ]

    assert of(text) == of(pdf)


def test_every_grade_agrees_with_every_list_but_the_one_ofsted_corrected(
    con: duckdb.DuckDBPyConnection,
) -> None:
    found = con.execute(
        "SELECT la_name, item, value_a, value_b, source_b, category FROM disagreements "
        "WHERE field = 'grade, report against list'"
    ).fetchall()
    assert found == [
        ("Staffordshire", "care_leavers", "requires_improvement", "good", "list of 2024", "list wrong")
    ]


def test_ofsteds_own_correction_is_found_between_its_lists(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute(
        "SELECT la_name, item, value_a, source_a, value_b, source_b FROM disagreements "
        "WHERE field = 'grade, list against newest list'"
    ).fetchall()
    assert found == [
        ("Staffordshire", "care_leavers", "good", "list of 2024", "requires_improvement", "list of 2025")
    ]


@pytest.mark.parametrize(
    ("la_name", "item", "right"),
    [
        ("St. Helens", "leadership", "good"),
        ("St. Helens", "help_and_protection", "requires_improvement"),
        ("St. Helens", "care", "good"),
        ("St. Helens", "care_leavers", "outstanding"),
        ("St. Helens", "overall", "good"),
        ("Oxfordshire", "care_and_care_leavers", "good"),
        ("Rochdale", "care_and_care_leavers", "good"),
        ("Nottingham", "care_leavers", "not an area of this inspection"),
    ],
)
def test_known_wrong_public_readings_are_shown_right_with_page_and_second_source(
    con: duckdb.DuckDBPyConnection, la_name: str, item: str, right: str
) -> None:
    found = con.execute(
        "SELECT value_b, place_b, explanation FROM disagreements "
        "WHERE field = 'grade, public reading against report' AND la_name = ? AND item = ?",
        [la_name, item],
    ).fetchall()
    [(value, place, explanation)] = found
    assert value == right
    assert place.endswith("page 1") or right.startswith("not an area")
    assert "Ofsted's list" in explanation


def test_every_explanation_is_of_a_difference_that_is_still_there(con: duckdb.DuckDBPyConnection) -> None:
    idle = con.execute(
        "FROM explanations ANTI JOIN disagreements USING (field, subject, item, value_a, value_b)"
    ).fetchall()
    assert idle == []


def test_only_figures_are_still_open(con: duckdb.DuckDBPyConnection) -> None:
    fields = con.execute(
        "SELECT DISTINCT field FROM disagreements WHERE outcome = 'open' ORDER BY 1"
    ).fetchall()
    assert fields == [("figure, report against first print",), ("figure, report against today's",)]


def test_the_counts_of_the_register_add_up(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("SELECT pairs, agreed + explained + open FROM disagreement_counts").fetchall()
    assert found
    assert all(pairs == parts for pairs, parts in found)


def test_the_page_is_what_the_register_says(con: duckdb.DuckDBPyConnection, root: Path) -> None:
    committed = (root / "docs" / "disagreements.md").read_text(encoding="utf-8")
    assert committed == page(con), (
        "write docs/disagreements.md again: python -m pipelines.reports.register_page"
    )
