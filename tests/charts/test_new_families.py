"""What the families of many charts say, on rows whose answer is known, and against independent computations."""

from copy import deepcopy
from datetime import date
from math import sqrt

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from pipelines.charts import funnel, grade_moves, neighbour_beeswarm, reports_and_statistics, svg_texts
from pipelines.charts.axes import round_steps
from pipelines.charts.estimates import kaplan_meier, median_interval, median_time, share_after
from pipelines.charts.grades import overall_note
from pipelines.charts.publish import prepare
from pipelines.charts.svg import png_scale
from pipelines.errors import CouncilsError

SPELLS = st.lists(st.tuples(st.integers(1, 60).map(float), st.booleans()), min_size=2, max_size=60)


@given(SPELLS)
def test_survival_is_that_of_statsmodels(spells: list[tuple[float, bool]]) -> None:
    found = {step.time: step for step in kaplan_meier(spells)}
    if not found:
        return
    other = SurvfuncRight([t for t, _ in spells], [int(e) for _, e in spells])
    for time, share, error in zip(other.surv_times, other.surv_prob, other.surv_prob_se, strict=True):
        if time in found:
            assert found[time].share == pytest.approx(share, abs=1e-9)
            if 0 < share < 1:
                assert found[time].lower <= share <= found[time].upper
                assert error > 0


def test_half_and_shares_are_read_off_the_curve() -> None:
    curve = kaplan_meier([(1.0, True), (2.0, True), (3.0, True), (4.0, False)])
    assert [step.share for step in curve] == [0.75, 0.5, 0.25]
    assert share_after(curve, 2.5).share == 0.5
    assert share_after(curve, 0.5).share == 1
    assert median_time(curve)[0] == 2.0


@pytest.mark.parametrize("expected", [20, 80, 400, 2000])
def test_the_funnels_limits_are_poissons(expected: int) -> None:
    for z, tail in ((1.959964, 0.025), (3.090232, 0.001)):
        exact = (stats.poisson.ppf(tail, expected), stats.poisson.ppf(1 - tail, expected))
        ours = tuple((sqrt(expected) + sign * z / 2) ** 2 for sign in (-1, 1))
        assert ours == pytest.approx(exact, abs=0.02 * expected + 1.5)


def test_the_funnel_says_how_overdispersed_it_is_and_leaves_the_small_out(
    invented: duckdb.DuckDBPyConnection,
) -> None:
    prepared = prepare(invented, "looked_after_rate_funnel")
    notes = " ".join(prepared.words.notes)
    assert "Over-dispersed: councils differ" in notes
    assert "Not plotted: City of London (suppressed by the publisher)" in notes
    assert {"201", "420"}.isdisjoint(row["la_code"] for row in funnel.plotted_rows(prepared.rows))
    few = deepcopy(prepared.rows)[:10]
    with pytest.raises(
        CouncilsError, match=r"too few figures of 'Looked after per 10,000' for 2025 for a funnel"
    ):
        funnel.tell(few)


def test_moves_count_those_without_a_newer_inspection_apart(invented: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(invented, "first_to_latest_ilacs").rows
    twice = [row for row in rows if row["inspections_count"] > 1]
    words = grade_moves.tell(rows)
    assert words.title.startswith(f"Of {len(twice)} councils with more than one ILACS inspection")
    assert f"{len(rows) - len(twice)} councils with no newer inspection" in " ".join(words.notes)
    with pytest.raises(CouncilsError, match="No council had been judged a second time"):
        grade_moves.tell([dict(row, inspections_count=1) for row in rows])


def test_a_neighbour_without_a_figure_is_named(invented: duckdb.DuckDBPyConnection) -> None:
    rows = deepcopy(prepare(invented, "neighbours_children").rows)
    lost = next(row for row in rows if row["is_neighbour"])
    lost |= {"value": None, "value_status": "suppressed"}
    notes = " ".join(neighbour_beeswarm.tell(rows).notes)
    assert f"Neighbours without a figure: {lost['la_name']} (" in notes
    assert "suppressed by the publisher" in notes


def test_differences_beyond_the_axis_are_named(invented: duckdb.DuckDBPyConnection) -> None:
    rows = deepcopy(prepare(invented, "reports_and_statistics").rows)
    rows[-1]["difference_percent"] = 77.0
    assert f"Drawn at the edge: {rows[-1]['la_name']} 2020 (+77%)" in " ".join(
        reports_and_statistics.tell(rows).notes
    )


def test_too_few_printed_figures_are_a_sentence(invented: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(invented, "reports_and_statistics").rows[:3]
    with pytest.raises(CouncilsError, match="Only 3 figures of reports can be set beside"):
        reports_and_statistics.tell(rows)


def test_the_years_round_an_inspection_are_those_of_the_relations(curated: duckdb.DuckDBPyConnection) -> None:
    """One rule in two places gives one answer: the base year and the change of every inspection."""
    from pipelines.relations.aligned import align
    from pipelines.relations.inputs import find_measure

    rows = prepare(curated, "protection_plans_around_inspection").rows
    other = align(curated, find_measure(curated, "child_protection_plans_rate"))
    known = {(r["inspection_id"], r["years_after"]): (r["base_year"], r["change"]) for r in other.rows}
    ours = {(r["inspection_id"], r["years_after"]): (r["base_year"], r["change"]) for r in rows}
    assert len(ours) > 2000
    assert {key: known.get(key) for key in ours} == {
        key: (base, pytest.approx(change)) for key, (base, change) in ours.items()
    }


def test_the_median_round_an_inspection_is_the_median_of_its_rows(
    curated: duckdb.DuckDBPyConnection,
) -> None:
    prepared = prepare(curated, "protection_plans_around_inspection")
    changes = [
        row["change"] - row["england_change"]
        for row in prepared.rows
        if row["grade"] == "inadequate" and row["years_after"] == 1
    ]
    found = median_interval(changes)
    assert f"{found.estimate:+.1f} (" in prepared.words.title
    assert f"n {found.n})" in prepared.words.title


def test_steps_are_round_and_inside() -> None:
    assert round_steps(0, 100) == [0, 20, 40, 60, 80, 100]
    assert round_steps(-24, 31, 8) == [-20, -10, 0, 10, 20, 30]
    assert round_steps(3.2, 3.9, 4) == [3.5]


def test_that_overall_has_ended_is_said_from_that_day_on() -> None:
    assert overall_note(date(2026, 3, 31)) == []
    assert overall_note(date(2026, 4, 30)) == ["Inspections give no overall grade since April 2026."]


def test_a_very_tall_chart_has_a_smaller_picture() -> None:
    assert png_scale('<svg width="880" height="900">') == 1.5
    assert png_scale('<svg width="880" height="2400">') == 1


def test_texts_that_stand_lower_are_placed_lower() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9"><text font-size="10px" y="14">ab</text></svg>'
    [box] = svg_texts.text_boxes(svg)
    assert box.bottom == pytest.approx(16)
