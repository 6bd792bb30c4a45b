"""An analyst's own reports: kept apart, set beside the database, surviving a rebuild, and taken out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines import own_database
from pipelines.__main__ import main
from pipelines.errors import CouncilsError
from pipelines.reports import own

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


@pytest.fixture
def home(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project folder of its own on the shipped facts and, where it is built, the shipped database."""
    folder = tmp_path / "project"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "raw").symlink_to(root / "data" / "raw")
    (folder / "data" / "curated").symlink_to(root / "data" / "curated")
    monkeypatch.setenv("COUNCILS_HOME", str(folder))
    yield folder


@pytest.fixture
def report(tmp_path: Path, make_pdf: MakePdf) -> Path:
    """A small report in the form of today's, in our own words but for its labels."""
    path = tmp_path / "manchester_new.pdf"
    path.write_bytes(make_pdf([LINES]))
    return path


def test_a_report_is_kept_and_queried_in_its_own_database(home: Path, report: Path) -> None:
    [added] = own.add_files([report])
    assert added.refusal == ""
    assert (home / "data" / "own" / "reports" / report.name).read_bytes() == report.read_bytes()
    if not (home / "data" / "curated" / "councils.duckdb").exists():
        pytest.skip("the database is not built")
    with duckdb.connect(str(home / "data" / "own" / own_database.DATABASE), read_only=True) as con:
        rows = con.execute(
            "SELECT reports.la_name, area, grade::VARCHAR, page FROM report_judgements "
            "INNER JOIN reports USING (file_id) WHERE area = 'care_and_care_leavers'"
        ).fetchall()
    assert rows == [("Manchester", "care_and_care_leavers", "requires_improvement", 1)]


def test_the_command_shows_it_beside_the_database(
    home: Path, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(report)]) == 0
    out = capsys.readouterr().out
    assert "manchester_new.pdf: inspection_report, ilacs, Manchester, 2022-02-28 to 2022-03-11" in out
    if (home / "data" / "curated" / "councils.duckdb").exists():
        assert "page 1   database: " in out
    assert "1 of 1 files are in" in out
    assert main(["add"]) == 0
    assert capsys.readouterr().out == "manchester_new.pdf\n"


def test_the_shipped_facts_are_not_touched(home: Path, root: Path, report: Path) -> None:
    before = (root / "data" / "raw" / "ofsted_reports" / "reports.csv").read_bytes()
    own.add_files([report])
    assert (root / "data" / "raw" / "ofsted_reports" / "reports.csv").read_bytes() == before
    assert report.name not in before.decode()


def test_the_same_file_is_held_once_and_another_of_its_name_is_refused(
    home: Path, report: Path, make_pdf: MakePdf
) -> None:
    own.add_files([report])
    assert [a.refusal for a in own.add_files([report])] == ["was added before"]
    report.write_bytes(make_pdf([[*LINES, "Another line"]]))
    [again] = own.add_files([report])
    assert again.refusal.startswith("not added: another file of this name is held.")


def test_what_is_no_report_is_refused_with_its_reason(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("A letter about something else.\n", encoding="utf-8")
    assert main(["add", str(letter)]) == 1
    assert "not added: The title is of no framework the reader knows" in capsys.readouterr().out
    assert own.held_files() == []


def test_a_report_is_taken_out_again(home: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.add_files([report])
    assert main(["remove", report.name]) == 0
    assert "took out manchester_new.pdf; 0 of your own reports remain" in capsys.readouterr().out
    assert own.held_files() == []
    table = (home / "data" / "own" / "ofsted_reports" / "reports.csv").read_text(encoding="utf-8")
    assert report.name not in table


def test_a_name_that_is_not_held_is_said(home: Path) -> None:
    with pytest.raises(CouncilsError, match=r"'essex\.pdf' is not among your own reports\. Held: none\."):
        own.remove_files(["essex.pdf"])


def test_a_missing_file_is_said(home: Path, tmp_path: Path) -> None:
    with pytest.raises(CouncilsError, match=r"nowhere\.pdf: there is no such file\."):
        own.add_files([tmp_path / "nowhere.pdf"])
