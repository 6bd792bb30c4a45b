"""The rules of the history on one small invented case each."""

from datetime import date
from typing import Any

import pytest

from pipelines import history, judgement_areas
from pipelines.errors import CouncilsError

JANUARY = date(2020, 1, 6)


def inspection(
    name: str, la_code: str, start: date | None, published: date, framework: str = "ilacs"
) -> dict[str, Any]:
    return {
        "inspection_id": name,
        "la_code": la_code,
        "framework": framework,
        "inspection_start": start,
        "published": published,
        "source_kind": "statistics",
    }


def judgement(name: str, area: str, grade: str) -> dict[str, Any]:
    return {"inspection_id": name, "area": area, "grade": grade}


@pytest.fixture
def one_council(small_history: Any) -> Any:
    """Authority G with an inspection in 2020, one without an overall grade in 2026, and one of the older scale."""
    return small_history.fill(
        authorities=[{"la_code": "G", "la_name": "Greenshire"}],
        authority_changes=[],
        inspections=[
            inspection("old", "G", None, date(2013, 5, 1), "child_protection_2012"),
            inspection("first", "G", JANUARY, date(2020, 3, 2)),
            inspection("second", "G", date(2026, 5, 4), date(2026, 7, 1)),
        ],
        judgements=[
            judgement("old", "overall", "adequate"),
            judgement("first", "overall", "requires_improvement"),
            judgement("first", "leadership", "good"),
            judgement("first", "care_and_care_leavers", "good"),
            judgement("second", "leadership", "inadequate"),
            judgement("second", "care", "good"),
            judgement("second", "care_leavers", "outstanding"),
        ],
    )


def test_a_visit_does_not_count_before_its_report_is_out(one_council: Any) -> None:
    during = date(2020, 2, 1)
    assert one_council.rows("FROM known_on(?)", during) == []
    later = one_council.rows(
        "SELECT grade::VARCHAR FROM as_at(?, published_by := ?, areas := ['overall'])",
        during,
        date(2020, 4, 1),
    )
    assert later == [("requires_improvement",)]


def test_overall_is_not_given_any_more(one_council: Any) -> None:
    found = one_council.rows(
        "SELECT area, grade::VARCHAR, status, inspection_id FROM as_at(?) ORDER BY area", date(2026, 8, 1)
    )
    assert found == [
        ("care", "good", "graded", "second"),
        ("care_leavers", "outstanding", "graded", "second"),
        ("leadership", "inadequate", "graded", "second"),
        ("overall", None, "not_given_any_more", "second"),
    ]
    profile = dict(
        one_council.rows(
            "SELECT standing, authorities FROM grade_profile('overall', '2026-08-01', '2026-08-01')"
        )
    )
    assert (profile["not_given_any_more"], profile["not_inspected"], profile["requires_improvement"]) == (
        1,
        0,
        0,
    )


def test_a_grade_before_the_end_of_overall_stays_until_the_next_inspection(one_council: Any) -> None:
    assert one_council.rows("SELECT grade::VARCHAR FROM as_at('2026-06-30', areas := ['overall'])") == [
        ("requires_improvement",)
    ]


def test_spells_say_what_ended_them(one_council: Any) -> None:
    found = one_council.rows(
        "SELECT area, grade::VARCHAR, ended_by, spell_end, days FROM spells('2026-12-31') ORDER BY area"
    )
    end = date(2026, 7, 1)
    assert found == [
        ("care", "good", None, None, 183),
        ("care_and_care_leavers", "good", "area_was_split", end, 2312),
        ("care_leavers", "outstanding", None, None, 183),
        ("leadership", "good", "another_grade", end, 2312),
        ("leadership", "inadequate", None, None, 183),
        ("overall", "requires_improvement", "not_given_any_more", end, 2312),
    ]


def test_adequate_is_never_compared_with_requires_improvement(one_council: Any) -> None:
    every = ["child_protection_2012", "ilacs"]
    found = one_council.rows(
        "SELECT grade_from::VARCHAR, grade_to::VARCHAR, move, steps FROM moves('2014-01-01', '2021-01-01', frameworks := ?)",
        every,
    )
    assert found == [("adequate", "requires_improvement", "not_comparable", None)]
    runs = one_council.rows(
        "SELECT grade::VARCHAR FROM spells('2021-01-01', areas := ['overall'], frameworks := ?)", every
    )
    assert runs == [("adequate",), ("requires_improvement",)]


def test_the_same_word_on_two_scales_is_two_spells(small_history: Any) -> None:
    small_history.fill(
        authorities=[{"la_code": "G", "la_name": "Greenshire"}],
        authority_changes=[],
        inspections=[
            inspection("old", "G", None, date(2013, 5, 1), "child_protection_2012"),
            inspection("new", "G", None, date(2015, 5, 1), "sif"),
        ],
        judgements=[judgement("old", "overall", "good"), judgement("new", "overall", "good")],
    )
    found = small_history.rows(
        "SELECT grade::VARCHAR, first_framework FROM spells('2016-01-01', frameworks := ['child_protection_2012', 'sif'])"
    )
    assert found == [("good", "child_protection_2012"), ("good", "sif")]


@pytest.fixture
def divided(small_history: Any) -> Any:
    """Authority A, inspected, is divided into D and E; D is inspected three years on."""
    vesting = date(2021, 4, 1)
    return small_history.fill(
        authorities=[
            {"la_code": "A", "la_name": "Ashire", "valid_to": date(2021, 3, 31)},
            {"la_code": "D", "la_name": "Dshire", "valid_from": vesting},
            {"la_code": "E", "la_name": "Eshire", "valid_from": vesting},
        ],
        authority_changes=[
            {"predecessor_la_code": "A", "successor_la_code": c, "vesting_date": vesting} for c in "DE"
        ],
        inspections=[
            inspection("a", "A", JANUARY, date(2020, 3, 2)),
            inspection("d", "D", date(2024, 1, 8), date(2024, 3, 1)),
        ],
        judgements=[judgement("a", "overall", "inadequate"), judgement("d", "overall", "good")],
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", []),
        (", successors := 'inherit'", [("D", "A", "inadequate"), ("E", "A", "inadequate")]),
        (", abolished := 'stay'", [("A", "A", "inadequate")]),
    ],
    ids=["publisher", "inherit", "stay"],
)
def test_reorganisation_by_each_rule(
    divided: Any, options: str, expected: list[tuple[str, str, str]]
) -> None:
    query = "SELECT la_code, inspected_la_code, grade::VARCHAR FROM as_at('2022-01-01'{}) ORDER BY la_code"
    assert divided.rows(query.format(options)) == expected


def test_an_own_inspection_ends_the_inheritance(divided: Any) -> None:
    found = divided.rows(
        "SELECT la_code, grade::VARCHAR FROM as_at('2024-06-01', successors := 'inherit') ORDER BY la_code"
    )
    assert found == [("D", "good"), ("E", "inadequate")]


def test_an_abolished_authoritys_spell_ends_on_the_vesting_day(divided: Any) -> None:
    found = divided.rows("SELECT spell_end, ended_by FROM spells('2024-12-31') WHERE la_code = 'A'")
    assert found == [(date(2021, 4, 1), "authority_abolished")]


def test_comparable_areas_are_counted_only_when_asked_for(one_council: Any) -> None:
    query = "SELECT standing, areas_counted FROM grade_profile('care', '2021-01-01', '2021-01-01'{}) WHERE authorities > 0"
    assert one_council.rows(query.format("")) == [("area_not_judged", None)]
    assert one_council.rows(query.format(", comparable := true")) == [("good", ["care_and_care_leavers"])]


def test_no_area_of_the_older_scale_is_comparable_with_one_of_the_newer(small_history: Any) -> None:
    assert (
        small_history.rows("SELECT DISTINCT area FROM comparable_areas WHERE scale = 'older' AND NOT is_same")
        == []
    )


def test_the_crosswalk_is_whole() -> None:
    rows = list(judgement_areas.rows())
    assert len({(r["framework"], r["area"]) for r in rows}) == len(rows)
    ended = [r for r in rows if r["valid_to"]]
    assert all(r["ended"] for r in ended)
    overall = [r for r in ended if r["area"] == "overall"]
    assert [(str(r["valid_to"]), r["continued_as"]) for r in overall] == [("2026-04-26", [])]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda con: history.as_at("2020-06-01", areas=["overal"], con=con), "judgement_areas"),
        (lambda con: history.as_at("2020-06-01", frameworks=["sif", "cif"], con=con), "frameworks"),
        (lambda con: history.as_at("1 June 2020", con=con), "YYYY-MM-DD"),
        (lambda con: history.as_at("2020-06-01", abolished="keep", con=con), "leave or stay"),  # type: ignore[arg-type]
        (lambda con: history.as_at("2020-06-01", successors="take", con=con), "begin_anew or inherit"),  # type: ignore[arg-type]
        (lambda con: history.spells("2020-06-01", clock="wall", con=con), "published or visit"),  # type: ignore[arg-type]
        (lambda con: history.grade_profile("cats", "2020-06-01", "2020-06-01", con=con), "judgement_areas"),
    ],
)
def test_a_word_that_is_not_known_is_a_sentence(one_council: Any, call: Any, said: str) -> None:
    with pytest.raises(CouncilsError, match=said):
        call(one_council.con)
