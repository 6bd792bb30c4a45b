"""The engine against a slow and obvious second implementation: any date, any cut-off, any reorganisation."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.build import build
from pipelines.open import open_database

PROFILE = ["sif", "sif_reinspection", "ilacs"]
GRADES = ["inadequate", "requires_improvement", "good", "outstanding"]
FIRST, LAST = date(2014, 1, 1), date(2026, 12, 31)
NO_OVERALL_FROM = date(2026, 4, 27)
# Invented authorities: A goes over whole to B; C is divided into D and E; F loses a part to B and lives on; G stays.
VESTING = {"B": date(2019, 4, 1), "D": date(2021, 4, 1), "E": date(2021, 4, 1)}
ABOLISHED = {"A": date(2019, 3, 31), "C": date(2021, 3, 31)}
CHANGES = [("A", "B", None), ("C", "D", None), ("C", "E", None), ("F", "B", "a district")]
CODES = ["A", "B", "C", "D", "E", "F", "G"]

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, each with its columns as attributes."""
    return list(frame.itertuples(index=False))


def exists(authority: Any, day: date, abolished: str) -> bool:
    """Whether the authority is counted on the day."""
    if not pd.isna(authority.valid_from) and authority.valid_from > day:
        return False
    return abolished == "stay" or pd.isna(authority.valid_to) or authority.valid_to >= day


def newest(inspections: pd.DataFrame, day: date, published_by: date) -> Any:
    """The newest of these inspections whose visit was by the day and whose report was out by the cut-off, if any."""
    best = None
    for inspection in records(inspections):
        if inspection.published > published_by:
            continue
        visited = inspection.inspection_start
        if not pd.isna(visited) and visited > day:
            continue
        about = inspection.published if pd.isna(visited) else visited
        order = (about, inspection.published, inspection.inspection_id)
        if best is None or order > best[0]:
            best = (order, inspection)
    return best[1] if best else None


def slow_as_at(
    tables: dict[str, pd.DataFrame], day: date, published_by: date, abolished: str, successors: str
) -> dict[str, str]:
    """The inspection that counts for each authority on a day, one authority after another."""
    inspections = tables["inspections"]
    inspections = inspections[inspections.framework.isin(PROFILE)]
    counting = {}
    for authority in records(tables["authorities"]):
        if not exists(authority, day, abolished):
            continue
        chosen = newest(inspections[inspections.la_code == authority.la_code], day, published_by)
        if chosen is None and successors == "inherit":
            changes = tables["authority_changes"]
            before = changes[
                (changes.successor_la_code == authority.la_code)
                & (changes.vesting_date <= day)
                & changes.part_printed.map(lambda part: pd.isna(part) or part.startswith("less "))
            ]
            own = inspections.la_code.isin(before.predecessor_la_code)
            chosen = newest(inspections[own], day, published_by)
        if chosen is not None:
            counting[authority.la_code] = chosen.inspection_id
    return counting


def frames(con: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The tables of the history with plain dates."""
    found = {}
    for table in ("authorities", "authority_changes", "inspections", "judgements"):
        frame = con.execute(f"FROM {table}").df()
        for column in frame.columns:
            if str(frame[column].dtype).startswith("datetime"):
                frame[column] = frame[column].map(lambda t: pd.NaT if pd.isna(t) else t.date()).astype(object)
        found[table] = frame
    return found


def fast_as_at(
    con: duckdb.DuckDBPyConnection, day: date, published_by: date, abolished: str, successors: str
) -> dict[str, str]:
    """The same from the macro."""
    return dict(
        con.execute(
            "SELECT la_code, inspection_id FROM counting_inspections(?, ?, published_by := ?, abolished := ?, "
            "successors := ?)",
            [day, day, published_by, abolished, successors],
        ).fetchall()
    )


@st.composite
def inspections(draw: st.DrawFn) -> list[Row]:
    """Some inspections of the invented authorities while they existed, visits known and unknown, in any order.

    Visits fall close to each other and to the vesting days, so that reports overtake each other and are still to come.
    """
    rows = []
    for number in range(draw(st.integers(0, 14))):
        la_code = draw(st.sampled_from(CODES))
        earliest, latest = VESTING.get(la_code, FIRST), ABOLISHED.get(la_code, LAST - timedelta(days=240))
        near = draw(st.sampled_from([*VESTING.values(), NO_OVERALL_FROM, date(2016, 1, 1)]))
        visit = min(max(near + timedelta(days=draw(st.integers(-200, 200))), earliest), latest)
        framework = draw(st.sampled_from(["sif", "sif_reinspection", "ilacs", "child_protection_2012"]))
        rows.append(
            {
                "inspection_id": f"{framework}-{la_code}-{number:02}",
                "la_code": la_code,
                "framework": framework,
                "inspection_start": visit if draw(st.booleans()) else None,
                "published": visit + timedelta(days=draw(st.integers(0, 240))),
                "grade": draw(st.sampled_from(GRADES)),
                "source_kind": "statistics",
            }
        )
    return rows


def a_day(data: st.DataObject, rows: list[Row]) -> date:
    """A day on which something happens, or the day before or after it, or any day."""
    happenings = [d for r in rows for d in (r["inspection_start"], r["published"]) if d] + [*VESTING.values()]
    near = st.sampled_from(happenings).flatmap(
        lambda d: st.sampled_from([d - timedelta(days=1), d, d + timedelta(days=1)])
    )
    return data.draw(st.one_of(near, near, st.dates(FIRST, LAST)))


def judgements_of(rows: list[Row]) -> list[Row]:
    """Overall (where it is still given) and leadership of each inspection."""
    found = []
    for row in rows:
        started = row["inspection_start"]
        areas = ["leadership"]
        if row["framework"] != "ilacs" or started is None or started < NO_OVERALL_FROM:
            areas.append("overall")
        found += [{**row, "area": area} for area in areas]
    return found


@pytest.fixture(scope="module")
def invented(small_history: Any) -> Any:
    """The small history with the invented authorities and their reorganisations."""
    authorities = [
        {
            "la_code": c,
            "la_name": f"Authority {c}",
            "valid_from": VESTING.get(c),
            "valid_to": ABOLISHED.get(c),
        }
        for c in CODES
    ]
    changes = [
        {"predecessor_la_code": p, "successor_la_code": s, "vesting_date": VESTING[s], "part_printed": part}
        for p, s, part in CHANGES
    ]
    return small_history.fill(authorities=authorities, authority_changes=changes)


days = st.dates(FIRST, LAST)
cut_offs = st.one_of(st.just(0), st.integers(0, 200)).map(lambda n: timedelta(days=n))
options = st.tuples(st.sampled_from(["leave", "stay"]), st.sampled_from(["begin_anew", "inherit"]))
many = settings(max_examples=60, deadline=None)


@many
@given(rows=inspections(), data=st.data(), cut_off=cut_offs, option=options)
def test_any_date_cut_off_and_reorganisation(
    invented: Any, rows: list[Row], data: st.DataObject, cut_off: timedelta, option: tuple[str, str]
) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    day = a_day(data, rows)
    fast = fast_as_at(invented.con, day, day + cut_off, *option)
    assert fast == slow_as_at(frames(invented.con), day, day + cut_off, *option)


@many
@given(rows=inspections(), data=st.data(), earlier=cut_offs, later=cut_offs)
def test_a_later_cut_off_never_removes_a_known_inspection(
    invented: Any, rows: list[Row], data: st.DataObject, earlier: timedelta, later: timedelta
) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    day = a_day(data, rows)
    low, high = sorted((earlier, later))
    before = fast_as_at(invented.con, day, day + low, "leave", "begin_anew")
    after = fast_as_at(invented.con, day, day + high, "leave", "begin_anew")
    about = {r["inspection_id"]: r["inspection_start"] or r["published"] for r in rows}
    assert set(before) <= set(after)
    assert all(about[after[code]] >= about[before[code]] for code in before)


@many
@given(rows=inspections(), data=st.data(), months=st.integers(0, 4), option=options)
def test_a_profile_counts_every_authority_once_and_agrees_with_as_at(
    invented: Any, rows: list[Row], data: st.DataObject, months: int, option: tuple[str, str]
) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    day = a_day(data, rows)
    profile = invented.rows(
        "SELECT standing, authorities, authorities_inspected, authorities_existing, published_by "
        "FROM grade_profile('overall', ?, ?, cut_off_months := ?, abolished := ?, successors := ?)",
        day, day, months, *option,
    )  # fmt: skip
    published_by = profile[0][4]
    tables = frames(invented.con)
    counting = slow_as_at(tables, day, published_by, *option)
    overall = tables["judgements"].query("area == 'overall'").set_index("inspection_id").grade
    standings = pd.Series([overall.get(i, "not_given_any_more") for i in counting.values()]).value_counts()
    counted = {standing: n for standing, n, *_ in profile if n}
    not_inspected = counted.pop("not_inspected", 0)
    existing = sum(exists(a, day, option[0]) for a in records(tables["authorities"]))
    assert counted == {str(s): int(n) for s, n in standings.items()}
    assert {(inspected, all_) for _, _, inspected, all_, _ in profile} == {(len(counting), existing)}
    assert sum(counted.values()) + not_inspected == existing


@many
@given(rows=inspections(), clock=st.sampled_from(["published", "visit"]))
def test_a_spells_end_is_the_next_ones_start(invented: Any, rows: list[Row], clock: str) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    spells = invented.rows(
        "SELECT la_code, area, spell_start, spell_end, ended_by, grade::VARCHAR, is_censored, next_grade::VARCHAR "
        "FROM spells(?, clock := ?)",
        LAST,
        clock,
    )
    for one, following in pairwise(spells):
        if one[:2] != following[:2]:
            assert one[4] in {None, "authority_abolished", "not_given_any_more"}
            continue
        assert one[3] is not None
        assert one[3] == following[2] if one[4] == "another_grade" else one[3] <= following[2]
        assert one[4] != "another_grade" or one[7] == following[5] != one[5]
    for code, _, start, end, ended_by, _, is_censored, _ in spells:
        assert is_censored == (end is None) == (ended_by is None)
        assert end is None or start <= end
        assert ended_by != "authority_abolished" or end == ABOLISHED[code] + timedelta(days=1)


@many
@given(rows=inspections(), data=st.data())
def test_spells_hold_on_every_day_the_grade_that_was_known(
    invented: Any, rows: list[Row], data: st.DataObject
) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    day = a_day(data, rows)
    known = invented.rows(
        "SELECT la_code, area, grade::VARCHAR FROM known_on(?) WHERE status = 'graded'", day
    )
    held = invented.rows(
        "SELECT la_code, area, grade::VARCHAR FROM spells(?) "
        "WHERE spell_start <= ? AND coalesce(spell_end > ?, true)",
        LAST, day, day,
    )  # fmt: skip
    assert sorted(known) == sorted(held)


@many
@given(rows=inspections(), data=st.data())
def test_moves_are_the_two_dates_side_by_side(invented: Any, rows: list[Row], data: st.DataObject) -> None:
    invented.fill(inspections=rows, judgements=judgements_of(rows))
    first, last = sorted((a_day(data, rows), a_day(data, rows)))
    tables = frames(invented.con)
    overall = tables["judgements"].query("area == 'overall'").set_index("inspection_id").grade
    sides = [slow_as_at(tables, day, day, "leave", "begin_anew") for day in (first, last)]
    moves = invented.rows(
        "SELECT la_code, grade_from::VARCHAR, grade_to::VARCHAR, move FROM moves(?, ?)", first, last
    )
    for code, grade_from, grade_to, move in moves:
        expected = [overall.get(side.get(code, ""), None) for side in sides]
        assert [grade_from, grade_to] == expected
        if None in expected:
            assert move == "no_two_grades"
        else:
            steps = GRADES.index(grade_to) - GRADES.index(grade_from)
            assert move == ("improved" if steps > 0 else "fell" if steps < 0 else "same")
    matrix = invented.rows("SELECT sum(authorities) FROM transition_matrix(?, ?)", first, last)
    existing = {
        a.la_code for a in records(tables["authorities"]) for day in (first, last) if exists(a, day, "leave")
    }
    assert {code for code, *_ in moves} == existing
    assert matrix == [(len(existing),)]


@pytest.fixture(scope="module")
def real() -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, pd.DataFrame]]]:
    """The built database and its tables as frames."""
    build()
    with open_database() as con:
        yield con, frames(con)


@settings(max_examples=25, deadline=None)
@given(day=days, cut_off=cut_offs, option=options)
def test_the_real_history_on_any_date(
    real: tuple[duckdb.DuckDBPyConnection, dict[str, pd.DataFrame]],
    day: date,
    cut_off: timedelta,
    option: tuple[str, str],
) -> None:
    con, tables = real
    fast = fast_as_at(con, day, day + cut_off, *option)
    assert fast == slow_as_at(tables, day, day + cut_off, *option)
    assert fast or day < date(2014, 2, 11)
