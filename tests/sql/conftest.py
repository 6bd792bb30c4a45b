"""The database that the SQL tests ask: the one that is built, or one built from data/raw for the length of a run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import duckdb

CANARY = "the canary is as it was"


@pytest.fixture(scope="session")
def database(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the curated database, so that no test can touch the one in use.

    COUNCILS_TEST_DATABASE names another file. Where none is built, one is built from data/raw without the suites.
    """
    target = tmp_path_factory.mktemp("database") / "councils.duckdb"
    built = Path(os.environ.get("COUNCILS_TEST_DATABASE", root / "data" / "curated" / "councils.duckdb"))
    if built.exists():
        shutil.copy(built, target)
        return target
    import duckdb

    from pipelines import paths, warehouse
    from pipelines.answers import make_answers

    with duckdb.connect() as con:
        warehouse.make_candidates(con, paths.raw())
        con.execute("CREATE TABLE rejected_rows (table_name VARCHAR, row_number BIGINT)")
        con.execute(
            "CREATE TABLE rejected (table_name VARCHAR, rule VARCHAR, row_key VARCHAR, row_text VARCHAR, "
            "file_id VARCHAR, row BIGINT)"
        )
        warehouse.write_database(con, target)
        make_answers(con, target)
        warehouse.write_answers(con, target)
    return target


@pytest.fixture
def con(database: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A locked connection to it, as every query of the product has."""
    from pipelines.query.engine import connect

    with connect(database) as opened:
        yield opened


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a file that hostile statements try to read, change or copy."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "canary.csv").write_text(f"words\n{CANARY}\n", encoding="utf-8")
    return tmp_path
