"""Grades and figures meet by code and date; who is lost is named with the reason; wrong words meet the nearest."""

from datetime import date

import duckdb
import pytest

from pipelines.errors import CouncilsError
from pipelines.relations.aligned import base_year
from pipelines.relations.inputs import Measure, find_area, find_measure, find_year
from pipelines.relations.pairs import Pairs, last_of_month, pair

WORKFORCE = Measure("agency_rate", "Agency social workers, per cent", "percent", 1, "low", "30 September")
MARCH = Measure("looked_after_rate", "Looked after", "per_10000", 0, "none", "31 March")


def values(pairs: Pairs) -> dict[str, tuple[str, float]]:
    return {row["la_code"]: (row["grade"], row["value"]) for row in pairs.rows}


def lost(pairs: Pairs) -> dict[str, tuple[str, ...]]:
    return {one.reason: one.names for one in pairs.lost}


def test_grade_held_meets_the_figure_of_its_own_council(small: duckdb.DuckDBPyConnection) -> None:
    found = pair(small, WORKFORCE, 2018)
    assert values(found) == {
        "835": ("inadequate", 30.0),
        "874": ("requires_improvement", 20.0),
    }
    assert lost(found) == {
        "only in a joint row of two authorities": ("Kingston upon Thames", "Richmond upon Thames"),
        "figure suppressed": ("City of London",),
        "not inspected, or this area not judged, by then": ("Lincolnshire",),
    }


def test_the_new_dorset_never_takes_the_old_ones_figure_or_grade(small: duckdb.DuckDBPyConnection) -> None:
    found = pair(small, WORKFORCE, 2018, as_at=date(2021, 12, 31))
    assert "838" not in values(found)
    assert lost(found)["formed after the date of the figure"] == ("Dorset",)
    assert lost(found)["abolished before the date of the grade"] == ("Dorset",)


def test_zero_is_a_number_and_missing_is_not(small: duckdb.DuckDBPyConnection) -> None:
    found = pair(small, WORKFORCE, 2021)
    assert values(found)["925"] == ("good", 0.0)
    assert lost(found)["figure not available"] == ("Peterborough",)


def test_rules_choose_the_grade_before_after_or_last(small: duckdb.DuckDBPyConnection) -> None:
    assert values(pair(small, WORKFORCE, 2021))["925"][0] == "good"
    after = pair(small, WORKFORCE, 2021, rule="next")
    assert values(after) == {"925": ("requires_improvement", 0.0)}
    assert lost(after)["not inspected again since"] == ("Dorset",)
    assert values(pair(small, WORKFORCE, 2018, rule="last"))["925"][0] == "requires_improvement"


def test_a_report_counts_only_if_out_by_the_cut_off(small: duckdb.DuckDBPyConnection) -> None:
    day = date(2019, 3, 31)
    late = pair(small, WORKFORCE, 2018, as_at=day)
    early = pair(small, WORKFORCE, 2018, as_at=day, published_by=day)
    assert values(late)["925"] == ("good", 14.0)
    assert "925" not in values(early)


def test_first_published_is_the_earliest_print(small: duckdb.DuckDBPyConnection) -> None:
    day = date(2019, 3, 31)
    assert values(pair(small, WORKFORCE, 2018, as_at=day, vintage="first"))["925"][1] == 12.0
    assert pair(small, WORKFORCE, 2018, as_at=day).releases == (
        "ofsted 2025",
        "workforce 2018",
        "workforce 2019",
    )


def test_a_joint_figure_is_given_to_both_only_where_asked(small: duckdb.DuckDBPyConnection) -> None:
    found = values(pair(small, WORKFORCE, 2018, as_at=date(2019, 12, 31), joint="both"))
    assert found["314"] == ("outstanding", 8.0)
    assert found["318"] == ("good", 8.0)


def test_joining_by_name_would_mix_the_two_dorsets(small: duckdb.DuckDBPyConnection) -> None:
    by_name = small.execute(
        "SELECT a.grade::TEXT FROM as_at('2021-12-31') AS a INNER JOIN area_statistics AS s ON a.la_name = s.la_name "
        "WHERE s.time_period = 2018 AND a.la_name = 'Dorset'"
    ).fetchall()
    assert by_name == [("good",)]  # the successor's grade beside the abolished council's figure


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            lambda con: find_measure(con, "agency rate"),
            "There is no measure 'agency rate'. The nearest: 'agency_rate'.",
        ),
        (
            lambda con: find_measure(con, "agency_fte"),
            "There is no measure 'agency_fte'. The nearest: 'agency_rate'.",
        ),
        (
            lambda con: find_year(con, WORKFORCE, 2030),
            "'agency_rate' has no figures for 2030; it has 2018, 2021. The nearest is 2021.",
        ),
        (
            lambda con: find_area(con, "over-all"),
            "There is no judgement area 'over-all'. The nearest: 'overall'.",
        ),
        (
            lambda con: pair(con, WORKFORCE, 2018, rule="best"),
            "There is no grade rule 'best'. There are: held, next, last.",
        ),
        (
            lambda con: pair(con, WORKFORCE, 2018, vintage="old"),
            "There is no vintage 'old'. There are: current, first.",
        ),
    ],
)
def test_a_wrong_word_is_answered_with_the_nearest(
    small: duckdb.DuckDBPyConnection, wrong: object, sentence: str
) -> None:
    with pytest.raises(CouncilsError) as told:
        wrong(small)  # type: ignore[operator]
    assert str(told.value) == sentence


def test_a_quote_in_a_word_is_only_a_word(small: duckdb.DuckDBPyConnection) -> None:
    odd = Measure("x'; DROP TABLE authorities; --", "", "", 0, "none", "31 March")
    assert pair(small, odd, 2018).rows == ()
    assert small.execute("SELECT count(*) FROM authorities").fetchone() == (7,)


def test_base_is_the_last_day_of_figures_on_or_before_publication() -> None:
    assert base_year(MARCH, date(2020, 3, 30)) == 2019
    assert base_year(MARCH, date(2020, 3, 31)) == 2020
    assert base_year(WORKFORCE, date(2020, 9, 29)) == 2019
    assert base_year(WORKFORCE, date(2020, 10, 1)) == 2020


def test_the_cut_off_is_the_end_of_a_month() -> None:
    assert last_of_month(date(2025, 3, 31), 3) == date(2025, 6, 30)
    assert last_of_month(date(2020, 11, 30), 3) == date(2021, 2, 28)
    assert last_of_month(date(2020, 9, 30), 3) == date(2020, 12, 31)
