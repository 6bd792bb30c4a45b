"""The published charts: what the publishers printed, and what the repository keeps."""

import hashlib
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.charts.grades import OVERALL_ENDED
from pipelines.charts.parameters import newest_day, report_days
from pipelines.charts.publish import prepare, publish
from pipelines.charts.registry import CHARTS, Day


def test_ofsted_profile_of_31_march_2022_by_30_april(curated: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(curated, "grade_profile").rows
    held = {row["grade"]: row["authorities"] for row in rows if row["year"] == 2022}
    assert (held["outstanding"], held["good"], held["requires_improvement"], held["inadequate"]) == (
        19,
        61,
        52,
        18,
    )


def test_ofsted_list_of_outcomes_as_at_31_march_2025(curated: duckdb.DuckDBPyConnection) -> None:
    prepared = prepare(curated, "latest_grades")
    counts = [
        sum(row["grade"] == g for row in prepared.rows)
        for g in ("outstanding", "good", "requires_improvement")
    ]
    assert counts == [36, 67, 31]
    assert (
        prepared.words.title
        == "103 of 153 councils were good or outstanding on 31 March 2025; 19 were inadequate"
    )


def test_every_ilacs_inspection_to_march_2025_is_in_the_history(curated: duckdb.DuckDBPyConnection) -> None:
    rows = prepare(curated, "inspection_history").rows
    assert sum(row["framework"] == "ilacs" for row in rows) == 271
    assert sum(row["framework"] == "sif" for row in rows) == 152
    assert sum(row["framework"] == "sif_reinspection" for row in rows) == 21


def test_looked_after_rate_by_grade_as_published(curated: duckdb.DuckDBPyConnection) -> None:
    words = prepare(curated, "looked_after_rate_by_grade").words
    for printed in ("median 60 (", "median 67 (", "median 73 (", "median 92.5 ("):
        assert printed in words.alt
    assert "0.31 (95% interval 0.16 to 0.45; n 151), not adjusted" in " ".join(words.notes)


def test_leaders_and_overall_agree_in_233_of_271(curated: duckdb.DuckDBPyConnection) -> None:
    assert (
        "same grade in 233 of 271 ILACS inspections" in prepare(curated, "area_grades_together").words.title
    )


@pytest.mark.parametrize("council", ["201", "420", "204", "839", "942", "941", "Southend-on-Sea"])
def test_the_line_of_any_council_can_be_told(curated: duckdb.DuckDBPyConnection, council: str) -> None:
    assert prepare(curated, "protection_plan_rate_over_time", council=council).words.title


@pytest.mark.parametrize("day", [date(2020, 3, 31), date(2021, 3, 31)])
def test_every_chart_can_be_told_as_at_an_earlier_day(curated: duckdb.DuckDBPyConnection, day: date) -> None:
    """Or says in a sentence that there is too little to show by then."""
    too_few = []
    for spec in CHARTS:
        if "as_at" not in spec.parameters:
            continue
        prepared = prepare(curated, spec.id, as_at=day)
        if prepared.is_drawn:
            assert str(day.year) in f"{prepared.words.title} {prepared.words.subtitle}"
        else:
            assert re.search(r"too few|so there are no moves", prepared.words.title)
            too_few.append(spec.id)
    assert set(too_few) <= {"first_to_latest_ilacs", "spend_by_grade"}, "spending is held from 2023 on"


def test_latest_is_the_day_of_the_newest_list_of_outcomes(curated: duckdb.DuckDBPyConnection) -> None:
    [(newest,)] = curated.execute("SELECT lists_as_at FROM data_goes_to").fetchall()
    assert newest_day(curated) == newest
    september = newest_day(curated, Day.WORKFORCE)
    assert (september.month, september.day) == (9, 30)
    assert 0 <= (newest - september).days < 366
    assert {row["as_at"] for row in prepare(curated, "latest_grades").rows} == {newest}
    assert {row["as_at"] for row in prepare(curated, "agency_rate_by_grade").rows} == {september}


def test_a_council_whose_inspection_gave_no_overall_grade_is_not_called_uninspected(
    curated: duckdb.DuckDBPyConnection,
) -> None:
    """Inspections since 27 April 2026 give none: the older grade is not shown as if it were held."""
    first, last = report_days(curated)
    assert first < OVERALL_ENDED <= last, "the data reaches the days without overall grades"
    prepared = prepare(curated, "latest_grades", as_at=last)
    ended = [row["la_name"] for row in prepared.rows if row["published"] and row["grade"] is None]
    assert ended
    notes = " ".join(prepared.words.notes)
    assert "Inspections give no overall grade since April 2026." in notes
    assert "whose newest inspection gave none" in notes
    assert all(name in notes.split("whose newest inspection gave none")[1] for name in ended)
    leadership = prepare(curated, "leadership_grades", as_at=last)
    graded = {row["la_name"] for row in leadership.rows if row["grade"]}
    assert set(ended) <= graded, "their parts are graded as before"


def test_the_charts_in_the_repository_are_those_the_database_gives(
    curated: duckdb.DuckDBPyConnection, root: Path, tmp_path: Path
) -> None:
    """Byte for byte, so that what is quoted can be made again."""
    publish(curated, tmp_path)
    made = {path.name: _digest(path) for path in tmp_path.iterdir()}
    kept = {
        path.name: _digest(path)
        for path in (root / "published").iterdir()
        if path.name.split(".")[0] in _ids()
    }
    assert kept == made


def _ids() -> set[str]:
    return {spec.id for spec in CHARTS}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
