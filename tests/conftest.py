"""Fixtures every test may use: where the project is, and where the publishers' files are, if they are here."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import duckdb

STATISTICS_VIEWS = (
    "revisions",
    "release_contradictions",
    "outside_authority_years",
    "second_source",
    "rate_checks",
    "england_sums",
    "coverage",
    "area_series",
)
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of publishers' files; skips where it is missing, since users never have it."""
    folder = Path(os.environ.get("COUNCILS_SHARED", ROOT.parent / "shared"))
    if not (folder / "statistics" / "MANIFEST.csv").exists():
        pytest.skip(f"the publishers' files are not here ({folder.name}/statistics/MANIFEST.csv is missing)")
    return folder


@pytest.fixture(scope="session")
def statistics() -> "Iterator[duckdb.DuckDBPyConnection]":
    """The tables made of the shipped data, in memory, with the views that are made of area statistics alone."""
    import duckdb

    from pipelines import paths, warehouse

    with duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        for view in STATISTICS_VIEWS:
            con.execute(warehouse.sql_text(f"views/{view}"))
        yield con
