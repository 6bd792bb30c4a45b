"""An analyst's own reports beside the shipped facts: in queries and notebooks, read-only, through rebuilds and removal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines import open as notebook
from pipelines import own_database
from pipelines.__main__ import main
from pipelines.errors import CouncilsError
from pipelines.query.catalogue import list_tables
from pipelines.query.engine import connect, connect_beside, execute_all
from pipelines.query.statement import prepare
from pipelines.query.vocabulary import about, relations
from pipelines.reports import own
from pipelines.site.dictionary import read_tables

MakePdf = Callable[..., bytes]
LINES = [
    "Manchester City Council",
    "Inspection of children's social care services",
    "Inspection dates: 28 February to 11 March 2022",
    "Lead inspector: A Person",
    "Judgement Grade",
    "The impact of leaders on social work practice with children and families Good",
    "The experiences and progress of children who need help and protection Good",
    "The experiences and progress of children in care and care leavers Requires improvement to be good",
    "Overall effectiveness Good",
]
OWN = "SELECT la_name FROM own.reports"


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: MakePdf) -> Iterator[Path]:
    """A project folder of its own with a copy of the built database, and a report ready to be added."""
    built = root / "data" / "curated" / "councils.duckdb"
    if not built.exists():
        pytest.skip("the database is not built")
    folder = tmp_path / "project"
    (folder / "data" / "curated").mkdir(parents=True)
    (folder / "data" / "raw").symlink_to(root / "data" / "raw")
    shutil.copy(root / "requirements.lock", folder)
    shutil.copy(built, folder / "data" / "curated")
    (tmp_path / "manchester_new.pdf").write_bytes(make_pdf([LINES]))
    monkeypatch.setenv("COUNCILS_HOME", str(folder))
    notebook.connection.cache_clear()
    yield folder
    notebook.connection.cache_clear()


@pytest.fixture
def added(home: Path, tmp_path: Path) -> Path:
    """The same with the report added."""
    assert own.add_files([tmp_path / "manchester_new.pdf"])[0].refusal == ""
    return home


def ask(con: Any, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query as the command gives them."""
    return execute_all(con, prepare(con, query)).rows


def test_a_query_reads_them_beside_the_shipped_ones_and_apart(added: Path) -> None:
    with connect() as con:
        assert ask(con, OWN) == [("Manchester",)]
        assert ask(con, "SELECT count(*) FROM reports WHERE file_id LIKE '%manchester_new%'") == [(0,)]
        beside = ask(
            con,
            "SELECT own.report_judgements.grade = judgements.grade, count(*) FROM own.report_judgements "
            "INNER JOIN judgements USING (inspection_id, area) GROUP BY ALL",
        )
    assert sum(count for _, count in beside) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM own.reports",
        "DROP TABLE own.reports",
        "DETACH own",
        "INSERT INTO own.reports SELECT * FROM reports",
        "CREATE TABLE own.more AS SELECT 1",
    ],
)
def test_they_are_read_only_and_the_connection_is_locked(added: Path, statement: str) -> None:
    before = (added / "data" / "own" / own_database.DATABASE).read_bytes()
    with connect() as con:
        with pytest.raises(CouncilsError):
            ask(con, statement)
        # The engine itself refuses what would change the file or open another one.
        if statement != "DETACH own":
            with pytest.raises(Exception, match="read-only"):
                con.execute(statement)
        with pytest.raises(Exception, match=r"disabled|locked"):
            con.execute(f"ATTACH '{added / 'data' / 'other.duckdb'}'")
        with pytest.raises(Exception, match=r"locked|[Cc]annot"):
            con.execute("SET enable_external_access = true")
    assert (added / "data" / "own" / own_database.DATABASE).read_bytes() == before


def test_a_database_that_is_named_stands_alone(added: Path) -> None:
    with connect(added / "data" / "curated" / "councils.duckdb") as con:
        assert not own_database.is_attached(con)


def test_without_own_reports_nothing_is_attached(home: Path) -> None:
    with connect() as con:
        assert not own_database.is_attached(con)
        with pytest.raises(CouncilsError, match="you have no reports of your own here"):
            ask(con, OWN)


def test_a_notebook_reads_them_in_both_its_ways(added: Path) -> None:
    assert list(notebook.sql(OWN)["la_name"]) == ["Manchester"]
    with pytest.raises(Exception, match="read-only"):
        notebook.connection().execute("DELETE FROM own.reports")
    # %load_ext has an engine of its own beside the notebook's connection.
    with connect_beside() as con:
        assert ask(con, OWN) == [("Manchester",)]


def test_the_catalogue_tells_the_two_apart(added: Path) -> None:
    with connect(added / "data" / "curated" / "councils.duckdb") as alone:
        shipped, page = relations(alone), about(alone, "reports")
    with connect() as con:
        assert relations(con) == shipped
        assert about(con, "reports") == page
        listed = [(row[0], row[1]) for row in list_tables(con).rows]
    assert len(listed) == len(set(listed))
    assert [name for name, kind in listed if kind == "own table"] == sorted(
        f"own.{table}" for table in own_tables()
    )


def own_tables() -> list[str]:
    """The tables of reports, by the one list that both databases are made from."""
    from pipelines.contents import REPORT_TABLES

    return [name.split("/")[1] for name in REPORT_TABLES if not name.startswith("staging/")]


def test_the_dictionary_of_the_product_has_no_own_tables(added: Path) -> None:
    con = notebook.connection()
    names = [table.name for table in read_tables(con)]
    assert len(names) == len(set(names))
    assert own_database.is_attached(con)
    columns = [c.name for table in read_tables(con) if table.name == "reports" for c in table.columns]
    assert len(columns) == len(set(columns))


def test_they_survive_a_rebuild_and_follow_it(added: Path) -> None:
    from pipelines.build import build

    held = own_database.home() / own_database.DATABASE
    first = held.stat().st_mtime_ns
    assert build(force=True, validation=False).is_new
    assert held.stat().st_mtime_ns > first
    with connect() as con:
        assert ask(con, OWN) == [("Manchester",)]
        assert ask(con, "SELECT count(*) FROM own.reports INNER JOIN inspections USING (inspection_id)") == [
            (1,)
        ]


def test_a_lost_one_is_made_again_of_the_files(added: Path) -> None:
    held = own_database.home() / own_database.DATABASE
    held.unlink()
    assert own.renew(is_new=False)
    assert not own.renew(is_new=False)
    with connect() as con:
        assert ask(con, OWN) == [("Manchester",)]


def test_one_that_is_taken_out_is_gone_from_queries(added: Path) -> None:
    assert main(["remove", "manchester_new.pdf"]) == 0
    with connect() as con:
        assert ask(con, OWN) == []
        assert ask(con, "SELECT count(*) > 100 FROM reports") == [(True,)]


def test_a_damaged_one_is_said_with_the_cure(added: Path) -> None:
    (added / "data" / "own" / own_database.DATABASE).write_bytes(b"not a database" * 400)
    with pytest.raises(
        CouncilsError, match=r"own\.duckdb: your own reports' database cannot be opened .* Delete"
    ):
        connect()
