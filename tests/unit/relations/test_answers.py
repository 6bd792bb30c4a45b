"""What an answer carries, what it refuses, and what it never says."""

import json
from datetime import date

import numpy as np
import pytest

from pipelines.errors import CouncilsError
from pipelines.relations.agreement import agreement, agreement_estimates, apart_from_overall
from pipelines.relations.aligned import move
from pipelines.relations.answer import (
    MINIMUM_N,
    ONE_QUESTION,
    Answer,
    Estimate,
    Lost,
    Row,
    lost_in_words,
    refuse,
)
from pipelines.relations.choices import side
from pipelines.relations.correlation import kendall, spearman
from pipelines.relations.downgrades import _years_between
from pipelines.relations.funnel import funnel_rows
from pipelines.relations.leaders import leaders_first
from pipelines.relations.multiplicity import many_asked
from pipelines.relations.neighbour_lab import changes_side, deprivation_tenths, neighbours_grades
from pipelines.relations.proportional_odds import fit
from pipelines.relations.sensitivity import two_vintages
from pipelines.relations.spells import Span, _spells_of, _timer
from pipelines.relations.staggered import Panel, group_time, placebo
from pipelines.relations.text import as_csv, as_json, as_text
from pipelines.relations.words import says_cause


def answer(estimates: tuple[Estimate, ...], rows: tuple[Row, ...] = ()) -> Answer:
    return Answer(
        "A question?", "A title", "authority", len(rows), (Lost("suppressed", ("Rutland",)),), estimates, "counted",
        ("region",), ("release 2025",), ("Beware.",), ONE_QUESTION, rows,
    )  # fmt: skip


def rho(value: float, half: float = 0.1) -> Estimate:
    return Estimate(
        "Spearman's rho", "all grades", value, value - half, value + half, 150, "correlation", "m", 0.01
    )


def test_every_format_carries_everything() -> None:
    made = answer((rho(0.5, 0.25),), ({"la_code": "857", "value": 1.0, "day": date(2025, 3, 31)},))
    for text in (as_text(made), as_csv(made), as_json(made)):
        for said in (
            "A question?",
            "A title",
            "0.5",
            "0.25",
            "0.75",
            "150",
            "suppressed",
            "region",
            "release 2025",
            "Beware.",
        ):
            assert said in text
        assert ONE_QUESTION in text
    assert json.loads(as_json(made))["rows"][0]["day"] == "2025-03-31"


def test_too_few_are_refused_with_the_number_declared() -> None:
    for estimate in (spearman([1, 2, 3], [1.0, 2, 3]), kendall([1, 2, 3], [1.0, 2, 3])):
        assert estimate.value is None and estimate.lower is None
        assert estimate.refused == f"n 3 is under the {MINIMUM_N['correlation']} declared for a correlation"
    assert all(e.refused for e in agreement_estimates([(1, 1)] * 19, "x"))
    assert not any(e.refused for e in agreement_estimates([(1, 1), (2, 2)] * 10, "x"))


def test_what_does_not_vary_is_refused_not_computed() -> None:
    assert spearman([2.0] * 30, list(range(30))).refused == "one of the two does not vary"
    assert [e.refused for e in agreement_estimates([(1, 2)] * 30, "x")][1:] == [
        "one of the two does not vary"
    ] * 2


@pytest.mark.parametrize(
    "title",
    [
        "Higher rates because of grades", "Inadequate grades lead to more plans", "The effect of deprivation",
        "Plans rise due to inspection", "Agency work predicts grades", "What inspection brings about", "Impact of a grade",
    ],
)  # fmt: skip
def test_words_of_cause_are_found(title: str) -> None:
    assert says_cause(title)


def test_words_of_association_are_not_cause() -> None:
    assert says_cause("Higher where grades are worse, a year after the report") is None


def test_lost_are_counted_and_named() -> None:
    lost = (Lost("suppressed", ("A", "B")), Lost("joint row", ("C",)))
    assert lost_in_words(lost) == "suppressed 2; joint row 1"
    assert lost_in_words(lost, names=True) == "suppressed 2 (A, B); joint row 1 (C)"
    assert lost_in_words(()) == "none"


def test_an_estimate_is_found_by_name_or_said_to_be_missing() -> None:
    made = answer((rho(0.3), refuse("median", "good", "distribution of a group", 1, "x", "y")))
    assert made.estimate("median", "good").n == 1
    with pytest.raises(KeyError):
        made.estimate("mean")


def test_regression_without_end_is_told() -> None:
    y = np.array([0] * 30 + [1] * 30, dtype=np.intp)
    with pytest.raises(CouncilsError, match="parts the grades completely"):
        fit(y, y[:, None].astype(float))
    twins = np.random.default_rng(1).normal(size=(60, 1))
    with pytest.raises(CouncilsError, match="say the same"):
        fit(y, np.hstack([twins, twins]))


def inspection(code: str, year: int, **grades: str) -> Row:
    return {
        "inspection_id": f"{code}-{year}",
        "la_code": code,
        "la_name": code,
        "published": date(year, 1, 1),
        "grades": grades,
        "sources": {"list"},
    }


def test_areas_of_an_inspection_are_counted_by_hand() -> None:
    rows = [
        inspection(
            "a", 2019, overall="good", leadership="good", help_and_protection="good", care="outstanding"
        ),
        inspection(
            "b",
            2019,
            overall="inadequate",
            leadership="requires_improvement",
            help_and_protection="inadequate",
        ),
        inspection("c", 2019, overall="good", leadership="good"),
    ]
    found = {(e.name, e.group): e.method for e in apart_from_overall(rows)}
    assert found["better than overall", "leadership"].startswith("1 of 3")
    assert found["better than overall", "care"].startswith("1 of 1")
    assert found["alone as bad as overall", "help_and_protection"].startswith("1 of 2")
    said = agreement(rows, "help_and_protection", "overall")
    assert said.n == 2 and said.lost[0].count == 1


def test_which_of_two_grades_moved_to_the_other() -> None:
    rows = []
    for i in range(8):
        rows.append(inspection(f"f{i}", 2018, leadership="good", help_and_protection="requires_improvement"))
        rows.append(inspection(f"f{i}", 2021, leadership="good", help_and_protection="good"))
    rows.append(inspection("g", 2018, leadership="inadequate", help_and_protection="good"))
    rows.append(inspection("g", 2021, leadership="good", help_and_protection="good"))
    rows.append(inspection("h", 2018, leadership="good", help_and_protection="inadequate"))
    found = leaders_first(rows)
    assert found.n == 9
    assert found.estimates[0].value == pytest.approx(100 * 8 / 9)
    assert {one.reason: one.count for one in found.lost} == {
        "both moved or neither": 0,
        "no later inspection": 1,
    }


def event(code: str, day: date, grade: str) -> Row:
    return {
        "la_code": code,
        "la_name": code,
        "published": day,
        "grade": grade,
        "abolished": None,
        "source": "s",
    }


def test_spells_begin_and_end_with_reports_and_the_pause_stops_the_clock() -> None:
    known = Span(date(2020, 3, 17), date(2021, 6, 28), date(2025, 3, 31))
    events = [
        event("a", date(2019, 3, 17), "inadequate"),
        event("a", date(2022, 3, 17), "inadequate"),
        event("a", date(2024, 3, 17), "good"),
    ]
    [spell] = _spells_of(events, ("inadequate",), None, known.last_report, _timer(known, "calendar"))
    assert spell["years"] == pytest.approx(5, abs=0.01) and spell["ended"] and spell["into"] == "good"
    [stopped] = _spells_of(events, ("inadequate",), None, known.last_report, _timer(known, "without pause"))
    assert spell["years"] - stopped["years"] == pytest.approx(
        (date(2021, 6, 28) - date(2020, 3, 17)).days / 365.25
    )


def test_an_older_inadequate_grade_delays_entry_and_the_end_of_reports_censors() -> None:
    known = Span(date(2020, 3, 17), date(2021, 6, 28), date(2025, 3, 31))
    older = {"la_code": "a", "published": date(2012, 2, 11), "grade": "inadequate"}
    events = [event("a", date(2014, 2, 11), "inadequate")]
    [spell] = _spells_of(events, ("inadequate",), older, known.last_report, _timer(known, "calendar"))
    assert spell["entry"] == pytest.approx(2, abs=0.01)
    assert spell["years"] == pytest.approx(13.13, abs=0.01)
    assert not spell["ended"]


def test_years_at_risk_are_cut_each_october() -> None:
    assert _years_between(date(2018, 9, 1), date(2019, 12, 1)) == [
        (date(2018, 9, 1), date(2018, 10, 1)),
        (date(2018, 10, 1), date(2019, 10, 1)),
        (date(2019, 10, 1), date(2019, 12, 1)),
    ]


def test_moves_are_against_the_grade_before() -> None:
    assert [move(None, "good"), move("good", "good"), move("good", "inadequate"), move("good", "outstanding")] == [
        "first", "same", "declined", "improved",
    ]  # fmt: skip


def test_a_placebo_knows_nothing_of_the_real_years() -> None:
    figures = np.arange(20, dtype=float).reshape(2, 10)
    made = placebo(Panel(("a", "b"), tuple(range(2010, 2020)), figures, np.array([2015.0, np.inf])), 3)
    assert list(made.groups) == [2012, np.inf]
    assert np.isnan(made.figures[0, 5:]).all() and np.isfinite(made.figures[0, :5]).all()
    assert np.isfinite(made.figures[1]).all()


def test_councils_of_the_same_group_are_never_compared_with_themselves() -> None:
    panel = Panel(("a", "b"), (2010, 2011, 2012), np.zeros((2, 3)), np.array([2011.0, 2011.0]))
    assert group_time(panel, draws=5) == []


def test_sides_and_vintages() -> None:
    assert [side(0.1, 0.5, 0), side(-0.5, -0.1, 0), side(-0.1, 0.1, 0), side(None, None, 0)] == [1, -1, 0, 0]
    now, row = answer((rho(0.3),), ({"la_code": "1", "value": 2.0},)), {"la_code": "1", "value": 1.0}
    assert "holds" in two_vintages(now, answer((rho(0.4),), (row,)))
    assert two_vintages(now, answer((rho(0.05),), (row,))).startswith("THE ANSWER CHANGES")
    assert "has been revised" in two_vintages(now, answer((rho(0.3),), now.rows))


def test_neighbour_averages_and_sides() -> None:
    row = {"value": 51.0, "mean": 48.0, "median": 51.0}
    assert changes_side(row, "mean", "median")  # above the mean, on the median and so not above it
    assert not changes_side({"value": 51.0, "mean": None, "median": 1.0}, "mean", "median")
    grades = {"a": "good", "b": "good", "c": "inadequate"}
    assert neighbours_grades(grades, ("a", "b", "c", "d")) == {
        "neighbours_outstanding": 0,
        "neighbours_good": 2,
        "neighbours_requires_improvement": 0,
        "neighbours_inadequate": 1,
        "neighbours_without_grade": 1,
    }
    tenths = deprivation_tenths([{"la_code": str(i), "deprivation": i} for i in range(20)])
    assert (tenths["0"], tenths["1"], tenths["19"]) == (1, 1, 10)


def test_a_funnel_is_widened_never_narrowed() -> None:
    rows = [
        {
            "la_code": str(i),
            "la_name": str(i),
            "kind": "rate",
            "per": 10_000,
            "numerator": 300.0 + i % 2,
            "denominator": 50_000.0,
        }
        for i in range(50)
    ]
    placed, _, phi = funnel_rows(rows)
    assert phi < 1
    assert placed[0]["z"] == placed[0]["z_overdispersed"]


def test_many_questions_say_how_many_hold() -> None:
    said = many_asked([rho(0.3), Estimate("rho", "b", 0.1, -0.1, 0.3, 150, "correlation", "m", 0.3)])
    assert said.startswith("2 were asked at once") and "all grades (p 0.020)" in said
    assert many_asked([refuse("x", "y", "correlation", 1, "", "")]).endswith("without tests.")
