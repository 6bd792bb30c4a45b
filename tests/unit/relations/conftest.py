"""A small database of invented councils, with the shapes that make joins go wrong."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

#: The rule of `as_at` in short, for these few rows; the real macro stands on tables that are of no matter here, and the
#: back-tests run on it.
MACRO = """
CREATE MACRO as_at(date, published_by := NULL) AS TABLE
SELECT judgements.*, authorities.la_name
FROM inspections
INNER JOIN judgements USING (inspection_id)
INNER JOIN authorities ON inspections.la_code = authorities.la_code
WHERE
    published <= coalesce(published_by::DATE, date::DATE)
    AND coalesce(inspection_start <= date::DATE, true)
    AND coalesce(valid_from <= date::DATE, true)
    AND coalesce(valid_to >= date::DATE, true)
QUALIFY row_number() OVER (PARTITION BY inspections.la_code ORDER BY published DESC) = 1
"""

#: Code, name, region, first and last day. Two are called Dorset, as in England.
AUTHORITIES = [
    ("835", "Dorset", "South West", None, date(2019, 3, 31)),
    ("838", "Dorset", "South West", date(2019, 4, 1), None),
    ("314", "Kingston upon Thames", "Outer London", None, None),
    ("318", "Richmond upon Thames", "Outer London", None, None),
    ("201", "City of London", "Inner London", None, None),
    ("925", "Lincolnshire", "East Midlands", None, None),
    ("874", "Peterborough", "East of England", None, None),
]
#: Authority, framework, visit, report, overall grade.
INSPECTIONS = [
    ("835", "sif", None, date(2016, 3, 1), "inadequate"),
    ("838", "ilacs", date(2021, 9, 6), date(2021, 10, 20), "good"),
    ("314", "ilacs", date(2018, 5, 1), date(2018, 6, 20), "outstanding"),
    ("318", "ilacs", date(2019, 5, 1), date(2019, 6, 20), "good"),
    ("201", "ilacs", date(2019, 2, 1), date(2019, 3, 20), "outstanding"),
    ("925", "ilacs", date(2019, 3, 25), date(2019, 5, 10), "good"),
    ("925", "ilacs", date(2023, 3, 1), date(2023, 4, 15), "requires_improvement"),
    ("874", "ilacs", date(2018, 2, 1), date(2018, 4, 1), "requires_improvement"),
]
#: Authority, year, value, status, release, published, is_current, is_joint of the invented measure.
FIGURES = [
    ("835", 2018, 30.0, "number", "2018", "2018", True, False),
    ("925", 2018, 12.0, "number", "2018", "2018", False, False),
    ("925", 2018, 14.0, "number", "2019", "2019", True, False),
    ("874", 2018, 20.0, "number", "2018", "2018", True, False),
    ("201", 2018, None, "suppressed", "2018", "2018", True, False),
    ("314 / 318", 2018, 8.0, "number", "2018", "2018", True, True),
    ("838", 2021, 10.0, "number", "2021", "2021", True, False),
    ("925", 2021, 0.0, "number", "2021", "2021", True, False),
    ("874", 2021, None, "not_available", "2021", "2021", True, False),
]


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    """The invented database."""
    with duckdb.connect() as con:
        _make(con)
        yield con


def _make(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TYPE grade AS ENUM ('not_judged', 'inadequate', 'adequate', 'requires_improvement', 'good', 'outstanding')"
    )
    con.execute(
        "CREATE TABLE authorities (la_code TEXT, la_name TEXT, region TEXT, valid_from DATE, valid_to DATE)"
    )
    con.executemany("INSERT INTO authorities VALUES (?, ?, ?, ?, ?)", AUTHORITIES)
    con.execute(
        "CREATE TABLE inspections (inspection_id TEXT, la_code TEXT, la_name TEXT, framework TEXT, inspection_start DATE, "
        "published DATE, source_id TEXT, release TEXT)"
    )
    con.execute(
        "CREATE TABLE judgements (inspection_id TEXT, la_code TEXT, area TEXT, grade grade, source_id TEXT, release TEXT)"
    )
    names = {row[0]: row[1] for row in AUTHORITIES}
    for code, framework, visit, report, grade in INSPECTIONS:
        key = f"{framework}-{code}-{report}"
        con.execute(
            "INSERT INTO inspections VALUES (?, ?, ?, ?, ?, ?, 'ofsted', '2025')",
            [key, code, names[code], framework, visit, report],
        )
        con.execute(
            "INSERT INTO judgements VALUES (?, ?, 'overall', ?, 'ofsted', '2025')", [key, code, grade]
        )
    con.execute(
        "CREATE TABLE measures (measure TEXT, title TEXT, unit TEXT, decimals INTEGER, polarity TEXT, as_at TEXT, "
        "role TEXT, kind TEXT, numerator TEXT, denominator TEXT, per DOUBLE)"
    )
    con.execute(
        "INSERT INTO measures VALUES "
        "('agency_rate', 'Agency social workers, per cent', 'percent', 1, 'low', '30 September', 'measure', 'percentage', "
        "NULL, NULL, 100), "
        "('agency_fte', 'Agency social workers', 'fte', 1, 'low', '30 September', 'component', 'count', NULL, NULL, NULL)"
    )
    con.execute(
        "CREATE TABLE area_statistics (la_code TEXT, la_name TEXT, geographic_level TEXT, measure TEXT, time_period INTEGER, "
        "value DOUBLE, value_status TEXT, is_current BOOLEAN, is_joint BOOLEAN, is_derived BOOLEAN, numerator DOUBLE, "
        "source_kind TEXT, source_id TEXT, release TEXT, published TEXT)"
    )
    for code, year, value, status, release, published, current, joint in FIGURES:
        con.execute(
            "INSERT INTO area_statistics VALUES (?, ?, 'Local authority', 'agency_rate', ?, ?, ?, ?, ?, false, NULL, "
            "'statistics', 'workforce', ?, ?)",
            [code, names.get(code, code), year, value, status, current, joint, release, published],
        )
    con.execute(MACRO)
