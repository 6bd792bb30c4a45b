"""Files through workers, and the command that prints their records."""

import argparse
import csv
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.errors import CouncilsError
from pipelines.reports import cli
from pipelines.reports.read import read_report
from pipelines.reports.stream import read_many
from pipelines.reports.worker import limit_memory

MakePdf = Callable[..., bytes]
REPORT = [
    "Inspection of York local authority",
    "children's services",
    "Inspection dates: 6 to 10 June 2022",
    "Judgement Grade",
    "The impact of leaders on social work practice with children and families Good",
    "The experiences and progress of children who need help and protection Good",
    "The experiences and progress of children in care and care leavers Good",
    "Overall effectiveness Good",
]


@pytest.fixture
def files(tmp_path: Path, make_pdf: MakePdf) -> list[Path]:
    """A report, a broken file, a missing one, a text that is no report, and the report again."""
    (tmp_path / "report.pdf").write_bytes(make_pdf([REPORT]))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "minutes.txt").write_text("Minutes of a meeting\n")
    (tmp_path / "again.pdf").write_bytes(make_pdf([REPORT]))
    return [tmp_path / name for name in ("report.pdf", "broken.pdf", "none.pdf", "minutes.txt", "again.pdf")]


@pytest.fixture
def home(tmp_path: Path, authority_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with only the table of authorities."""
    folder = tmp_path / "home"
    (folder / "data" / "raw" / "geography").mkdir(parents=True)
    authority_file.rename(folder / "data" / "raw" / "geography" / authority_file.name)
    monkeypatch.setenv("COUNCILS_HOME", str(folder))
    return folder


def test_one_file(files: list[Path], home: Path) -> None:
    record = read_report(files[0])
    assert (record.kind, record.authority, record.la_code) == ("inspection_report", "York", "816")
    assert len(record.judgements) == 4


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_many_files_keep_their_order_and_a_broken_one_costs_one_record(
    files: list[Path], authority_file: Path, workers: int
) -> None:
    records = list(read_many(files * 3, authorities=authority_file, workers=workers))
    assert [record.file for record in records] == [path.name for path in files * 3]
    kinds = ["inspection_report", "unreadable", "unreadable", "other", "inspection_report"]
    assert [record.kind for record in records] == kinds * 3
    assert all(record.problems for record in records if record.kind in ("unreadable", "other"))


def test_files_are_asked_for_as_they_are_read(files: list[Path], authority_file: Path) -> None:
    asked = []

    def ask() -> Iterator[Path]:
        for path in files * 10:
            asked.append(path)
            yield path

    stream = read_many(ask(), authorities=authority_file)
    next(stream)
    assert len(asked) <= 4


def test_a_missing_table_is_told_before_the_first_file(tmp_path: Path, files: list[Path]) -> None:
    with pytest.raises(CouncilsError, match="table of authorities"):
        next(read_many(files, authorities=tmp_path / "none.csv"))


def test_a_file_that_does_not_end_is_given_up_and_the_next_is_read(
    tmp_path: Path, files: list[Path], authority_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "import time; time.sleep(60)", when="broken.pdf")
    begun = time.monotonic()
    records = list(read_many(files, authorities=authority_file, seconds=2, workers=1))
    assert time.monotonic() - begun < 30
    assert [record.kind for record in records][:2] == ["inspection_report", "unreadable"]
    assert records[1].problems[0].what == "Reading took longer than 3 seconds and was given up."
    assert len(records[1].sha256) == 64
    assert records[4].kind == "inspection_report"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("import os; os.abort()", "Reading broke off"),
        ("raise MemoryError", "needed more memory"),
        ("raise ZeroDivisionError('of ours')", "ZeroDivisionError: of ours"),
    ],
)
def test_a_file_that_breaks_the_worker_costs_one_record(
    tmp_path: Path,
    files: list[Path],
    authority_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    words: str,
) -> None:
    stand_in(tmp_path, monkeypatch, fault, when="broken.pdf")
    records = list(read_many(files, authorities=authority_file))
    assert [record.kind for record in records] == [
        "inspection_report",
        "unreadable",
        "unreadable",
        "other",
        "inspection_report",
    ]
    assert words in records[1].problems[0].what


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str, *, when: str) -> None:
    """Let workers do `fault` when they are given a file of this name (a start-up module of Python's own)."""
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import sys\n"
        "if 'pipelines.reports.worker' in ' '.join(sys.orig_argv):\n"
        "    from pathlib import Path\n"
        "    read_bytes = Path.read_bytes\n"
        "    def faulty(self):\n"
        f"        if self.name == {when!r}:\n"
        f"            {fault}\n"
        "        return read_bytes(self)\n"
        "    Path.read_bytes = faulty\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(site))


def test_memory_is_limited() -> None:
    resource = pytest.importorskip("resource")
    pid = os.fork()
    if pid == 0:
        limit_memory(700)
        os._exit(0 if resource.getrlimit(resource.RLIMIT_AS)[0] == 700 * 1024 * 1024 else 1)
    assert os.waitpid(pid, 0)[1] == 0


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["read", *words])
    status = args.run(args)
    assert isinstance(status, int)
    return status


def test_the_command_prints_a_record_per_line(
    files: list[Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(files[0]), str(files[4])) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["report.pdf", "again.pdf"]
    assert "heading for recommendations" in err  # the small report has none, and that is said


def test_the_command_says_what_it_could_not_read(
    files: list[Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*map(str, files)) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == len(files)
    assert f"{files[1]}: The PDF is damaged or cut short: it could not be opened." in err
    assert f"{files[2]}: The file could not be opened: No such file or directory." in err
    assert "3 of 5 files could not be read." in err


def test_a_problem_names_its_page(
    tmp_path: Path, make_pdf: MakePdf, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(make_pdf([REPORT, []], drawn=True))
    assert run(str(path)) == 0
    assert f"{path}, page 2: The page has no text" in capsys.readouterr().err


def test_csv_has_a_row_per_judgement_and_one_for_a_file_without(
    files: list[Path], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--format", "csv", str(files[0]), str(files[3]))
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["file"], row["area"], row["grade"]) for row in rows] == [
        ("report.pdf", "leadership", "good"),
        ("report.pdf", "help_and_protection", "good"),
        ("report.pdf", "care_and_care_leavers", "good"),
        ("report.pdf", "overall", "good"),
        ("minutes.txt", "", ""),
    ]


def test_a_table_is_for_reading(files: list[Path], home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--format", "table", str(files[0]))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "report.pdf: inspection_report, ilacs, York, 2022-06-06 to 2022-06-10"
    assert lines[1].split() == ["leadership", "good", "page", "1"]


def test_nothing_heavy_is_loaded_to_show_help() -> None:
    code = "import sys, pipelines.reports.cli; print([m for m in ('pypdfium2', 'pandas', 'json') if m in sys.modules])"
    import subprocess

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
