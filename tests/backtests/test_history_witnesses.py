"""Known cases of inspections with several printings: one inspection each, every difference kept."""

import duckdb
import pytest


def differences(con: duckdb.DuckDBPyConnection, inspection_id: str) -> set[tuple[str, str, str, str, str]]:
    rows = con.execute(
        """
        SELECT what, shown_value, other_value, other_list, left(regexp_extract(other_file_id, '/(.*)', 1), 4)
        FROM witness_differences
        WHERE inspection_id = ?
        """,
        [inspection_id],
    ).fetchall()
    return set(rows)


def test_staffordshires_care_leavers_differ_and_both_stay(curated: duckdb.DuckDBPyConnection) -> None:
    """The edition of 2025 corrects the grade of 2024; the three printings of 2024 stay, marked."""
    rows = curated.execute(
        """
        SELECT release, list, grade::VARCHAR, is_chosen, differs
        FROM judgement_sources
        WHERE inspection_id = 'ilacs-860-2024-01-12' AND area = 'care_leavers' AND source_kind = 'statistics'
        ORDER BY release DESC, list
        """
    ).fetchall()
    assert rows == [
        ("2025", "history", "requires_improvement", True, False),
        ("2025", "latest", "requires_improvement", False, False),
        ("2024", "current", "good", False, True),
        ("2024", "in_year", "good", False, True),
        ("2024", "latest", "good", False, True),
    ]
    chosen = curated.execute(
        "SELECT sources_differ FROM judgements "
        "WHERE inspection_id = 'ilacs-860-2024-01-12' AND area = 'care_leavers'"
    ).fetchone()
    assert chosen == (True,)


def test_nottinghams_two_publication_dates(curated: duckdb.DuckDBPyConnection) -> None:
    assert differences(curated, "ilacs-892-2022-09-05") == {
        ("published", "2022-09-05", "2022-11-05", "current", "2023"),
        ("published", "2022-09-05", "2022-11-05", "current", "2024"),
    }
    visit = curated.execute(
        "SELECT inspection_start::VARCHAR, chosen_because FROM inspections "
        "WHERE inspection_id = 'ilacs-892-2022-09-05'"
    ).fetchone()
    assert visit is not None
    assert visit[0] == "2022-07-11"
    assert "newest edition" in visit[1]


def test_south_tynesides_visit_and_report_lie_five_months_apart(curated: duckdb.DuckDBPyConnection) -> None:
    found = curated.execute(
        "SELECT inspection_start::VARCHAR, published::VARCHAR, sources_differ FROM inspections "
        "WHERE la_code = '393' AND framework = 'ilacs'"
    ).fetchall()
    assert found == [("2022-12-05", "2023-05-10", False)]


@pytest.mark.parametrize(
    ("inspection_id", "what", "shown", "other"),
    [
        ("ilacs-909-2022-11-15", "inspection_start", "2022-09-20", "2022-09-21"),
        ("ilacs-420-2023-08-25", "inspection_start", "2023-07-11", "2023-07-10"),
        ("ilacs-315-2022-05-09", "ilacs_type", "short", "standard"),
    ],
    ids=["Cumbria", "Isles of Scilly", "Merton"],
)
def test_editions_that_contradict_each_other(
    curated: duckdb.DuckDBPyConnection, inspection_id: str, what: str, shown: str, other: str
) -> None:
    found = differences(curated, inspection_id)
    assert {(w, s, o) for w, s, o, _, _ in found} == {(what, shown, other)}


def test_somersets_reinspection_is_one_inspection_of_its_own(curated: duckdb.DuckDBPyConnection) -> None:
    """Published in January 2018, weeks before ILACS began: a re-inspection under SIF that lifts the first grade."""
    found = curated.execute(
        """
        SELECT framework, published::VARCHAR, grade::VARCHAR
        FROM inspections
        INNER JOIN judgements USING (inspection_id)
        WHERE inspections.la_code = '933' AND area = 'overall' AND framework LIKE 'sif%'
        ORDER BY published
        """
    ).fetchall()
    assert found == [
        ("sif", "2015-03-27", "inadequate"),
        ("sif_reinspection", "2018-01-29", "requires_improvement"),
    ]


def test_the_northamptonshires_are_two_although_all_their_dates_agree(
    curated: duckdb.DuckDBPyConnection,
) -> None:
    found = curated.execute(
        "SELECT la_code, inspection_start::VARCHAR, published::VARCHAR FROM inspections "
        "WHERE la_code IN ('940', '941') ORDER BY published, la_code"
    ).fetchall()
    assert found[:2] == [("940", "2022-10-03", "2022-11-25"), ("941", "2022-10-03", "2022-11-25")]


def test_the_review_of_surreys_board_is_not_the_councils_inspection(
    curated: duckdb.DuckDBPyConnection,
) -> None:
    """The board's visit began after the council's report was out; taken for its visit it would undo the profile."""
    council = curated.execute(
        "SELECT published::VARCHAR, inspection_start FROM inspections WHERE la_code = '936' AND framework = 'sif'"
    ).fetchall()
    board = curated.execute(
        "SELECT inspection_start::VARCHAR, published::VARCHAR, source_kind FROM inspections "
        "WHERE framework = 'lscb_review'"
    ).fetchall()
    assert council == [("2015-06-03", None)]
    assert board == [("2015-06-15", "2015-08-03", "report")]


def test_sloughs_reinspection_calls_itself_an_inspection(curated: duckdb.DuckDBPyConnection) -> None:
    assert differences(curated, "sif_reinspection-871-2016-02-17") == {
        ("framework", "sif_reinspection", "sif", "report", "slou")
    }


def test_no_list_holds_an_inspection_that_rests_on_a_report_alone(curated: duckdb.DuckDBPyConnection) -> None:
    alone = curated.execute(
        """
        SELECT min(published)::VARCHAR, min(sources_count), max(sources_count), count(*)
        FROM inspections
        WHERE source_kind = 'report' AND framework = 'ilacs'
        """
    ).fetchone()
    gone_to = curated.execute(
        "SELECT report_only_inspections, lists_as_at::VARCHAR, lists_published_to::VARCHAR FROM data_goes_to"
    ).fetchone()
    assert alone is not None
    assert gone_to is not None
    assert alone[0] > gone_to[2]
    assert alone[1:] == (1, 1, gone_to[0])
    assert gone_to[1] == "2025-03-31"


def test_lists_and_reports_agree_on_every_grade(curated: duckdb.DuckDBPyConnection) -> None:
    """Where a list and a report print the same judgement they print the same grade, without exception."""
    compared, differing = curated.execute(
        """
        SELECT count(*), count(*) FILTER (report.grade <> judgements.grade)
        FROM judgement_sources AS report
        INNER JOIN judgements USING (inspection_id, area)
        WHERE report.source_kind = 'report' AND judgements.source_kind = 'statistics'
        """
    ).fetchone() or (0, 0)
    assert compared > 1500
    assert differing == 0


def test_visit_dates_from_reports_stand_before_their_publication(curated: duckdb.DuckDBPyConnection) -> None:
    found = curated.execute(
        """
        SELECT count(*), max(date_diff('day', inspection_start, published)),
            min(date_diff('day', inspection_start, published))
        FROM inspections
        WHERE framework IN ('sif', 'sif_reinspection') AND start_source_kind = 'report'
        """
    ).fetchone()
    assert found is not None
    assert found[0] > 120
    assert 20 <= found[2] <= found[1] <= 240


def test_councils_inspected_without_an_overall_grade(curated: duckdb.DuckDBPyConnection) -> None:
    """Their latest overall is `not_given_any_more`: not the old grade, and not a blank; other areas have grades."""
    rows = curated.execute(
        """
        SELECT la_name, status, grade, inspection_start >= DATE '2026-04-27'
        FROM as_at((SELECT goes_to FROM data_goes_to), areas := ['overall'])
        WHERE status <> 'graded'
        ORDER BY la_name
        """
    ).fetchall()
    assert [r[0] for r in rows] == [
        "Blackpool", "Liverpool", "Middlesbrough", "North Northamptonshire", "Portsmouth", "Somerset", "Trafford",
        "West Northamptonshire",
    ]  # fmt: skip
    assert {r[1:] for r in rows} == {("not_given_any_more", None, True)}
    trafford = dict(
        curated.execute(
            "SELECT area, grade::VARCHAR FROM as_at('2026-08-31') WHERE la_code = '358'"
        ).fetchall()
    )
    assert trafford["overall"] is None
    assert (trafford["leadership"], trafford["care"]) == ("inadequate", "good")
