"""A small invented database in the shape of the curated one, and the curated one itself where it has been built."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.charts.tile_layout import read_tiles

GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
YEARS = range(2019, 2026)
RATE = "looked_after_rate"
PLANS = "child_protection_plans_rate"

# The rule of "as at" without its options; the curated database's own is tested where that is tested.
AS_AT = """
CREATE MACRO as_at(date, published_by := NULL) AS TABLE
SELECT authorities.la_code, la_name, area, grade, inspection_start, published, framework, inspection_id
FROM inspections
INNER JOIN authorities USING (la_code)
INNER JOIN judgements USING (inspection_id)
WHERE
    published <= published_by
    AND coalesce(inspection_start <= date, true)
    AND coalesce(valid_from <= date, true)
    AND coalesce(valid_to >= date, true)
QUALIFY published = max(published) OVER (PARTITION BY authorities.la_code)
"""

TABLES = """
CREATE TYPE grade AS ENUM (
    'not_judged', 'inadequate', 'adequate', 'requires_improvement', 'good', 'outstanding'
);
CREATE TABLE authorities (
    la_code VARCHAR, la_name VARCHAR, new_la_code VARCHAR, region VARCHAR, ofsted_region VARCHAR,
    valid_from DATE, valid_to DATE
);
CREATE TABLE authority_changes (predecessor_la_code VARCHAR, successor_la_code VARCHAR, vesting_date DATE);
CREATE TABLE inspections (
    inspection_id VARCHAR, la_code VARCHAR, framework VARCHAR, ilacs_type VARCHAR, inspection_start DATE,
    inspection_end DATE, published DATE, source_id VARCHAR, release VARCHAR
);
CREATE TABLE judgements (
    inspection_id VARCHAR, la_code VARCHAR, area VARCHAR, grade grade, grade_printed VARCHAR, source_id VARCHAR,
    release VARCHAR
);
CREATE TABLE area_statistics (
    la_code VARCHAR, la_name VARCHAR, geographic_level VARCHAR, measure VARCHAR, time_period INTEGER,
    value DOUBLE, published_text VARCHAR, value_status VARCHAR, unit VARCHAR, source_kind VARCHAR,
    source_id VARCHAR, release VARCHAR, is_current BOOLEAN, is_derived BOOLEAN, lower_95 DOUBLE, upper_95 DOUBLE
);
CREATE TABLE measures (
    measure VARCHAR, title VARCHAR, unit VARCHAR, polarity VARCHAR, decimals INTEGER, as_at VARCHAR,
    denominator VARCHAR, breaks VARCHAR
);
CREATE TABLE statistical_neighbours (
    la_code VARCHAR, edition INTEGER, rank INTEGER, neighbour_la_code VARCHAR, source_id VARCHAR
);
CREATE TABLE sources (source_id VARCHAR, title VARCHAR, publisher VARCHAR, licence VARCHAR);
INSERT INTO sources VALUES
    ('outcomes', 'Outcomes', 'The Inspectorate', 'Licence A'), ('figures', 'Figures', 'The Department', 'Licence A'),
    ('people', 'Population', 'The Office', 'Licence B'), ('alike', 'Neighbours', 'The Department', 'Licence A');
INSERT INTO measures VALUES
    ('looked_after_rate', 'Looked after per 10,000', 'per_10000', 'none', 0, '31 March', 'population_0_17', NULL),
    ('child_protection_plans_rate', 'Plans per 10,000', 'per_10000', 'none', 1, '31 March', 'population_0_17',
        '{"2022": "Counted otherwise from 2022."}'),
    ('population_0_17', 'Children', 'children', 'none', 0, '30 June', NULL, NULL);
"""


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    con.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _inspect(con: duckdb.DuckDBPyConnection, code: str, framework: str, out: date, grade: str) -> None:
    inspection = f"{framework}-{code}-{out}"
    visit = date(out.year - (out.month == 1), 12 if out.month == 1 else out.month - 1, 1)
    start = visit if framework == "ilacs" else None
    row = (inspection, code, framework, "standard", start, None, out, "outcomes", "2025")
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
    con.execute(AS_AT)
    codes = sorted(read_tiles())
    regions = {code: "Inner London" if code < "214" else "Elsewhere" for code in codes}
    newer = {"942": date(2023, 4, 1)}
    _insert(
        con,
        "authorities",
        [(c, read_tiles()[c].name, f"E{c}", regions[c], "R", newer.get(c), None) for c in codes]
        + [("909", "Old Cumbria", "E909", "Elsewhere", "R", None, date(2023, 3, 31))],
    )
    _insert(con, "authority_changes", [("909", "942", date(2023, 4, 1))])
    for i, code in enumerate(codes):
        if code in ("213", "942"):
            continue
        _inspect(con, code, "sif", date(2014 + i % 4, 2 + i % 9, 10), GRADES[(i + 1) % 4])
        _inspect(con, code, "ilacs", date(2019 + i % 6, 2 + i % 9, 10), GRADES[i % 4])
    _inspect(con, "909", "sif", date(2018, 5, 1), "inadequate")
    _inspect(con, "204", "ilacs", date(2025, 5, 14), "good")
    _insert(con, "area_statistics", list(_figures(codes)))
    _insert(con, "statistical_neighbours", [("882", 2025, i, codes[i + 20], "alike") for i in range(10)])
    _insert(con, "statistical_neighbours", [("942", 2025, i, codes[i + 20], "alike") for i in range(10)])
    _insert(con, "statistical_neighbours", [("204", 2025, i, codes[i + 20], "alike") for i in range(10)])


def _figures(codes: list[str]) -> Iterator[tuple[object, ...]]:
    places = [(code, "Local authority") for code in codes if code != "420"]
    for code, level in [*places, ("909", "Local authority"), ("ENG", "National")]:
        for year in YEARS:
            if (code == "942" and year < 2024) or (code == "909" and year > 2023):
                continue
            for measure in (RATE, PLANS):
                yield _figure(code, level, measure, year)
            people = (
                "population_0_17",
                year,
                10_000.0,
                "10000",
                "number",
                "children",
                "statistics",
                "people",
                "2024",
            )
            yield (code, code, level, *people, True, False, None, None)


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
    return (code, code, level, *printed, True, derived, *limits)


@pytest.fixture(scope="session")
def invented() -> Iterator[duckdb.DuckDBPyConnection]:
    """The invented database, in memory."""
    with duckdb.connect() as con:
        make_invented(con)
        yield con


@pytest.fixture(scope="session")
def curated(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built database, read-only; skips where nothing has been built."""
    path = root / "data" / "curated" / "councils.duckdb"
    if not path.exists():
        pytest.skip("data/curated/councils.duckdb is not built (councils build)")
    with duckdb.connect(str(path), read_only=True) as con:
        yield con
