"""A small invented database in the shape of the curated one, and the curated one itself where it has been built."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import judgement_areas
from pipelines.charts.rows import SQL_FOLDER
from pipelines.charts.tile_layout import read_tiles

AREA_COLUMNS = (
    "framework",
    "area",
    "title",
    "valid_from",
    "valid_to",
    "ended",
    "continued_as",
    "comparable_with",
    "note",
)
GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
YEARS = range(2019, 2026)
RATE = "looked_after_rate"
PLANS = "child_protection_plans_rate"

#: Macros and views of the curated database that the invented one makes as they are.
REAL_SQL = ("macros/grade_rank", "views/ended_judgements")
REAL_MACROS = ("counting_inspections", "as_at", "first_to_latest", "spells")

TABLES = """
CREATE TYPE grade AS ENUM (
    'not_judged', 'inadequate', 'adequate', 'requires_improvement', 'good', 'outstanding'
);
CREATE TABLE authorities (
    la_code VARCHAR, la_name VARCHAR, new_la_code VARCHAR, region VARCHAR, ofsted_region VARCHAR,
    valid_from DATE, valid_to DATE
);
CREATE TABLE authority_changes (
    predecessor_la_code VARCHAR, successor_la_code VARCHAR, vesting_date DATE, part_printed VARCHAR
);
CREATE TABLE judgement_areas (
    framework VARCHAR, area VARCHAR, title VARCHAR, valid_from DATE, valid_to DATE, ended VARCHAR,
    continued_as VARCHAR[], comparable_with VARCHAR[], note VARCHAR
);
CREATE TABLE inspections (
    inspection_id VARCHAR, la_code VARCHAR, framework VARCHAR, ilacs_type VARCHAR, inspection_start DATE,
    inspection_end DATE, published DATE, source_id VARCHAR, release VARCHAR, la_name VARCHAR, source_kind VARCHAR
);
CREATE TABLE judgements (
    inspection_id VARCHAR, la_code VARCHAR, area VARCHAR, grade grade, grade_printed VARCHAR, source_id VARCHAR,
    release VARCHAR
);
CREATE TABLE area_statistics (
    la_code VARCHAR, la_name VARCHAR, geographic_level VARCHAR, measure VARCHAR, time_period INTEGER,
    value DOUBLE, published_text VARCHAR, value_status VARCHAR, unit VARCHAR, source_kind VARCHAR,
    source_id VARCHAR, release VARCHAR, is_current BOOLEAN, is_derived BOOLEAN, lower_95 DOUBLE, upper_95 DOUBLE, numerator DOUBLE, denominator DOUBLE,
    is_joint BOOLEAN
);
CREATE TABLE measures (
    measure VARCHAR, title VARCHAR, unit VARCHAR, polarity VARCHAR, decimals INTEGER, as_at VARCHAR,
    denominator VARCHAR, breaks VARCHAR, per DOUBLE
);
CREATE TABLE statistical_neighbours (
    la_code VARCHAR, edition INTEGER, rank INTEGER, neighbour_la_code VARCHAR, source_id VARCHAR
);
CREATE TABLE recommendations (inspection_id VARCHAR, body VARCHAR, themes VARCHAR[]);
CREATE TABLE plans (file_id VARCHAR, plan VARCHAR, inspection_id VARCHAR, la_code VARCHAR);
CREATE TABLE plan_milestones (
    file_id VARCHAR, plan VARCHAR, position INTEGER, la_code VARCHAR, action VARCHAR, due_printed VARCHAR, due VARCHAR,
    due_problem VARCHAR
);
CREATE TABLE reports (file_id VARCHAR, la_code VARCHAR, la_name VARCHAR, published DATE, copy_of VARCHAR);
CREATE TABLE report_statistics (
    file_id VARCHAR, la_code VARCHAR, measure VARCHAR, scope VARCHAR, value DOUBLE, as_at VARCHAR, page INTEGER,
    printed VARCHAR, qualifier VARCHAR
);
CREATE TABLE revisions (
    measure VARCHAR, geographic_level VARCHAR, la_code VARCHAR, la_name VARCHAR, time_period INTEGER, prints INTEGER,
    first_release VARCHAR, first_value DOUBLE, latest_release VARCHAR, latest_value DOUBLE, difference DOUBLE,
    is_revised BOOLEAN
);
CREATE TABLE coverage (
    measure VARCHAR, time_period INTEGER, role VARCHAR, authorities INTEGER, numbers INTEGER, joint INTEGER,
    suppressed INTEGER, not_applicable INTEGER, not_available INTEGER, low_reliability INTEGER,
    rounds_to_zero INTEGER, not_stated INTEGER, not_printed INTEGER
);
CREATE VIEW data_goes_to AS SELECT DATE '2025-03-31' AS lists_as_at;
CREATE TABLE sources (source_id VARCHAR, title VARCHAR, publisher VARCHAR, licence VARCHAR);
INSERT INTO sources VALUES
    ('outcomes', 'Outcomes', 'The Inspectorate', 'Licence A'), ('figures', 'Figures', 'The Department', 'Licence A'),
    ('ofsted_reports', 'Reports', 'The Inspectorate', 'Licence A'),
    ('people', 'Population', 'The Office', 'Licence B'), ('alike', 'Neighbours', 'The Department', 'Licence A');
INSERT INTO measures VALUES
    ('looked_after_rate', 'Looked after per 10,000', 'per_10000', 'none', 0, '31 March', 'population_0_17', NULL, 10000),
    ('child_protection_plans_rate', 'Plans per 10,000', 'per_10000', 'none', 1, '31 March', 'population_0_17',
        '{"2022": "Counted otherwise from 2022."}', 10000),
    ('population_0_17', 'Children', 'children', 'none', 0, '30 June', NULL, NULL, NULL);
"""


#: Measures whose figures are made up for two years only: enough for charts of one year.
OTHER_MEASURES = {
    "children_in_need_rate": ("In need per 10,000", "none"),
    "referrals_rate": ("Referrals per 10,000", "none"),
    "agency_rate": ("Agency staff, per cent", "low"),
    "social_worker_turnover": ("Turnover, per cent", "low"),
    "vacancy_rate": ("Vacancies, per cent", "low"),
    "caseload": ("Cases held", "low"),
    "adoptions": ("Adopted", "none"),
    "ceased": ("Left care", "none"),
    "spend_childrens_social_care": ("Spending", "none"),
}
COUNTS = {"looked_after": "Looked after", "child_protection_plans": "On plans", "children_in_need": "In need"}


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    con.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _inspect(con: duckdb.DuckDBPyConnection, code: str, framework: str, out: date, grade: str) -> None:
    inspection = f"{framework}-{code}-{out}"
    visit = date(out.year - (out.month == 1), 12 if out.month == 1 else out.month - 1, 1)
    start = visit if framework == "ilacs" else None
    name = "Old Cumbria" if code == "909" else read_tiles()[code].name
    row = (inspection, code, framework, "standard", start, None, out, "outcomes", "2025", name, "statistics")
    _insert(con, "inspections", [row])
    care = ("care", "care_leavers") if out.year >= 2023 else ("care_and_care_leavers",)
    areas = ("overall", "leadership", "help_and_protection", *(care if framework == "ilacs" else ()))
    _insert(con, "judgements", [(inspection, code, a, grade, grade, "outcomes", "2025") for a in areas])


def make_invented(con: duckdb.DuckDBPyConnection) -> None:
    """Fill an empty database: the authorities of the tile grid, inspections, figures and neighbours, all made up.

    Hackney (204) lacks two years of plans, the City of London (201) is suppressed, the Isles of Scilly (420) have no
    row at all; Old Cumbria (909) was followed by Cumberland (942); Westminster (213) has no inspection.
    """
    con.execute(TABLES)
    con.execute(f"CREATE TABLE frameworks AS FROM read_csv('{SQL_FOLDER.parents[1] / 'frameworks.csv'}')")
    areas = [tuple(row.get(name) for name in AREA_COLUMNS) for row in judgement_areas.rows()]
    _insert(con, "judgement_areas", areas)
    for name in (*REAL_SQL, *(f"macros/{macro}" for macro in REAL_MACROS)):
        con.execute((SQL_FOLDER.parent / f"{name}.sql").read_text(encoding="utf-8"))
    codes = sorted(read_tiles())
    regions = {code: "Inner London" if code < "214" else "Elsewhere" for code in codes}
    newer = {"942": date(2023, 4, 1)}
    _insert(
        con,
        "authorities",
        [(c, read_tiles()[c].name, f"E{c}", regions[c], "R", newer.get(c), None) for c in codes]
        + [("909", "Old Cumbria", "E909", "Elsewhere", "R", None, date(2023, 3, 31))],
    )
    _insert(con, "authority_changes", [("909", "942", date(2023, 4, 1), None)])
    for i, code in enumerate(codes):
        if code in ("213", "942"):
            continue
        _inspect(con, code, "sif", date(2014 + i % 4, 2 + i % 9, 10), GRADES[(i + 1) % 4])
        if i % 3 == 0:
            _inspect(con, code, "ilacs", date(2018, 5, 10), GRADES[(i + 2) % 4])
        _inspect(con, code, "ilacs", date(2019 + i % 6, 2 + i % 9, 10), GRADES[i % 4])
    _inspect(con, "909", "sif", date(2018, 5, 1), "inadequate")
    _inspect(con, "204", "ilacs", date(2025, 5, 14), "good")
    _insert(con, "area_statistics", [*_figures(codes), *_other_figures(codes), *_counts(codes)])
    titles = {name: title for name, (title, _) in OTHER_MEASURES.items()} | COUNTS
    polarities = {name: polarity for name, (_, polarity) in OTHER_MEASURES.items()}
    for name, title in titles.items():
        row = (name, title, "number", polarities.get(name, "none"), 1, "31 March", None, None, None)
        _insert(con, "measures", [row])
    _insert(con, "statistical_neighbours", [("882", 2025, i, codes[i + 20], "alike") for i in range(10)])
    _insert(con, "statistical_neighbours", [("942", 2025, i, codes[i + 20], "alike") for i in range(10)])
    _insert(con, "statistical_neighbours", [("204", 2025, i, codes[i + 20], "alike") for i in range(10)])
    _report(con, codes)
    _revise_and_cover(con, codes)


def _report(con: duckdb.DuckDBPyConnection, codes: list[str]) -> None:
    """What reports hold: recommendations of every ILACS inspection, a plan of 882, figures of twelve reports."""
    ilacs = con.execute(
        "SELECT inspection_id FROM inspections WHERE framework = 'ilacs' ORDER BY ALL"
    ).fetchall()
    themes = (["supervision", "workforce"], ["supervision"], ["permanence"])
    rows = [(found, "local_authority", themes[i % 3]) for i, (found,) in enumerate(ilacs)]
    _insert(con, "recommendations", rows)
    plan = con.execute(
        "SELECT inspection_id FROM inspections WHERE la_code = '882' AND framework = 'sif'"
    ).fetchone()
    assert plan is not None
    year = int(plan[0][8:12])
    _insert(con, "plans", [("pack", "plan-1", plan[0], "882")])
    due = [f"{year}-12-{i + 1:02d}" if i % 5 else None for i in range(30)]
    names = ("RECOMMENDATION ONE / 1", "RECOMMENDATION TWO / 1", None)
    problems = [None if day else "'Ongoing' is not a date" for day in due]
    milestones = [
        ("pack", "plan-1", i, "882", names[i % 3], day or "Ongoing", day, problem)
        for i, (day, problem) in enumerate(zip(due, problems, strict=True))
    ]
    _insert(con, "plan_milestones", milestones)
    files = [(f"report-{code}", code, read_tiles()[code].name, date(2020, 7, 1), None) for code in codes[:12]]
    _insert(con, "reports", files)
    printed = [
        (f"report-{code}", code, measure, "local", 100.0 + i, "2020-03-31", 3, str(100 + i), None)
        for measure in COUNTS
        for i, code in enumerate(codes[:12])
    ]
    _insert(con, "report_statistics", printed)


def _revise_and_cover(con: duckdb.DuckDBPyConnection, codes: list[str]) -> None:
    """The views of revisions and of coverage, as tables: the views themselves are tested where they are made."""
    revised = []
    for measure in ("social_worker_turnover", "looked_after"):
        for i, code in enumerate(codes[:10]):
            what = (measure, "Local authority", code, read_tiles()[code].name, 2025, 2)
            revised.append((*what, "2025", 50.0, "2025", 46.0 + i, i - 4.0, i != 4))
    _insert(con, "revisions", revised)
    covered = [
        (measure, year, "measure", 153, 150 - year % 5, 0, 1, 0, 0, 0, 0, 0, 2 + year % 5)
        for measure in (RATE, PLANS, "caseload")
        for year in YEARS
    ]
    _insert(con, "coverage", covered)


def _figures(codes: list[str]) -> Iterator[tuple[object, ...]]:
    places = [(code, "Local authority") for code in codes if code != "420"]
    for code, level in [*places, ("909", "Local authority"), ("ENG", "National")]:
        for year in YEARS:
            if (code == "942" and year < 2024) or (code == "909" and year > 2023):
                continue
            for measure in (RATE, PLANS):
                yield _figure(code, level, measure, year)
            people = ("population_0_17", year, _people(code), f"{_people(code):g}", "number", "children")
            ends = ("statistics", "people", "2024", True, False, None, None, None, None, False)
            yield (code, code, level, *people, *ends)


def _people(code: str) -> float:
    """How many children live there."""
    return 10_000.0 + 1000 * (sum(map(ord, code)) % 60)


def _other_figures(codes: list[str]) -> Iterator[tuple[object, ...]]:
    for place, measure in enumerate(OTHER_MEASURES):
        for code in [*codes, "ENG"]:
            for year in (2024, 2025):
                value = 20.0 + (sum(map(ord, code)) * (place + 3) + year) % 47
                yield _plain(code, measure, year, value * 1e6 if measure.startswith("spend") else value)


def _counts(codes: list[str]) -> Iterator[tuple[object, ...]]:
    for measure in COUNTS:
        for i, code in enumerate(codes[:12]):
            yield _plain(code, measure, 2020, 100.0 + i % 3)
            yield _plain(code, measure, 2025, 100.0 + i % 3)


def _plain(code: str, measure: str, year: int, value: float) -> tuple[object, ...]:
    level = "National" if code == "ENG" else "Local authority"
    printed = (measure, year, value, f"{value:g}", "number", "number", "statistics", "figures", "2025")
    return (code, code, level, *printed, True, False, None, None, None, None, False)


def _figure(code: str, level: str, measure: str, year: int) -> tuple[object, ...]:
    base = 40.0 + (sum(map(ord, code)) * 7 + year) % 60
    status = "number"
    if code == "201":
        status = "suppressed"
    if code == "204" and measure == PLANS and year in (2021, 2022):
        status = "not_available"
    value = base if status == "number" else None
    text = f"{base:g}" if value is not None else "c"
    limits = (base * 0.8, base * 1.2) if value is not None and level == "Local authority" else (None, None)
    derived = measure == PLANS
    printed = (measure, year, value, text, status, "per_10000", "statistics", "figures", "2025")
    count = None if value is None else round(value * _people(code) / 10_000)
    return (code, code, level, *printed, True, derived, *limits, count, _people(code), False)


@pytest.fixture(scope="session")
def invented() -> Iterator[duckdb.DuckDBPyConnection]:
    """The invented database, in memory."""
    with duckdb.connect() as con:
        make_invented(con)
        yield con


@pytest.fixture(scope="module")
def curated(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built database, read-only; skips where nothing has been built."""
    path = root / "data" / "curated" / "councils.duckdb"
    if not path.exists():
        pytest.skip("data/curated/councils.duckdb is not built (councils build)")
    with duckdb.connect(str(path), read_only=True) as con:
        yield con
