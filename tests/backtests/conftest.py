"""The built database for tests against what publishers printed."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.build import build
from pipelines.open import open_database


@pytest.fixture(scope="module")
def curated() -> Iterator[duckdb.DuckDBPyConnection]:
    """The curated database as the repository's data gives it, read-only; built first if it is not up to date."""
    build()
    with open_database() as con:
        yield con
