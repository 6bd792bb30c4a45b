"""The corpus as raw tables: no sentence is kept, nothing is read twice, and a stopped run goes on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipelines.errors import CouncilsError
from pipelines.reports import corpus
from pipelines.reports.corpus_printed import LONGEST, few, grade_words, number_words, without_quotation
from pipelines.reports.corpus_rows import TABLES, rows_of
from pipelines.reports.record import (
    Finding,
    Judgement,
    PlanAction,
    Problem,
    Recommendation,
    Record,
    Statistic,
)

SENTENCE = "Managers should see to it that every visit is written down within five working days of it."


def record() -> Record:
    """A record with a sentence wherever a publisher's sentence can stand."""
    return Record(
        file="a.pdf",
        sha256="0" * 64,
        kind="inspection_report",
        judgements=[
            Judgement("overall", "requires_improvement", 1, "Services here require improvement to be good")
        ],
        statistics=[
            Statistic(
                "looked_after", "local", 62100, "children", "2013-03-31", None, 8, f"62 100 {SENTENCE}"
            ),
            Statistic("uasc", "local", None, "children", None, "fewer than five", 8, SENTENCE),
        ],
        recommendations=[Recommendation("local_authority", "1", SENTENCE, 5)],
        findings=[Finding("7", 94, "percent", f"At 94% {SENTENCE}", 12)],
        plan_actions=[PlanAction("plan-1", "1.i", SENTENCE, owners="Head of Service; Team Manager")],
        problems=[Problem(f"Area section: no wording explains 7 in '{SENTENCE}'", 6)],
    )


def test_no_cell_holds_a_sentence_of_the_publisher() -> None:
    for rows in rows_of(record()).values():
        for row in rows:
            for value in row.values():
                assert not isinstance(value, str) or "Managers should" not in value


def test_owners_are_counted_and_not_named() -> None:
    [action] = rows_of(record())["plan_actions"]
    assert action["owners_printed"] == 2
    assert not any("Manager" in str(value) for value in action.values())


def test_grades_and_numbers_keep_their_printed_words() -> None:
    rows = rows_of(record())
    assert rows["judgements"][0]["grade_printed"] == "require improvement to be good"
    assert [row["printed"] for row in rows["statistics"]] == ["62 100", "fewer than five"]
    assert rows["findings"][0]["printed"] == "94%"
    assert rows["recommendations"][0]["words"] == len(SENTENCE.split())


@pytest.mark.parametrize(
    ("value", "text", "printed"),
    [
        (56200, "Approximately 56,2002 children live here", "Approximately 56,200"),
        (0.3333, "a third of them", "a third"),
        (12, "twelve children", "twelve"),
        (7, "nothing of the kind", ""),
    ],
)
def test_number_words(value: float, text: str, printed: str) -> None:
    assert number_words(value, None, text) == printed


def test_a_grade_in_other_words_is_not_made_up() -> None:
    assert grade_words(Judgement("overall", "good", 1, "Overall effectiveness Inadequate")) == ""


def test_few_words_stay_and_more_do_not() -> None:
    assert few("31st September 2017") == "31st September 2017"
    assert few("ITEMS FOR THE BOARD – OTHER / 1") == "ITEMS FOR THE BOARD – OTHER / 1"
    assert few(" ".join(["word"] * (LONGEST + 1))) == ""


def test_a_short_quotation_in_a_problem_stays() -> None:
    assert without_quotation("The report prints '31 June 2014'.") == "The report prints '31 June 2014'."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small documents the reader knows nothing about: what they are is not the point here."""
    made = tmp_path / "reports"
    made.mkdir()
    (made / "one.txt").write_text("A document without a title that is known.\n", encoding="utf-8")
    (made / "two.txt").write_text("Another document.\n", encoding="utf-8")
    (made / "MANIFEST.csv").write_text(
        "file,la,urn,listed_date,bytes,sha256\none.txt,somewhere,80000,2020-01-31,42,x\n", encoding="utf-8"
    )
    return made


def tables(target: Path) -> dict[str, bytes]:
    """The bytes of every table."""
    return {table: (target / f"{table}.csv").read_bytes() for table in TABLES}


def test_a_second_run_reads_nothing_and_a_changed_file_is_read_alone(folder: Path, tmp_path: Path) -> None:
    target, memory = tmp_path / "raw", tmp_path / "memory"
    assert corpus.extract_reports([folder], target, memory).read == 2
    first = tables(target)
    assert corpus.extract_reports([folder], target, memory) == corpus.Extracted(2, 0, {})
    (folder / "two.txt").write_text("Another document, changed.\n", encoding="utf-8")
    assert corpus.extract_reports([folder], target, memory).read == 1
    assert tables(target)["reports"] != first["reports"]


def test_the_same_files_give_the_same_bytes_without_any_memory(folder: Path, tmp_path: Path) -> None:
    corpus.extract_reports([folder], tmp_path / "raw", tmp_path / "memory")
    corpus.extract_reports([folder], tmp_path / "again", tmp_path / "other")
    assert tables(tmp_path / "raw") == tables(tmp_path / "again")


def test_a_table_changed_by_hand_is_written_anew(folder: Path, tmp_path: Path) -> None:
    target, memory = tmp_path / "raw", tmp_path / "memory"
    corpus.extract_reports([folder], target, memory)
    first = tables(target)
    (target / "reports.csv").write_text("by hand\n", encoding="utf-8")
    assert corpus.extract_reports([folder], target, memory).read == 0
    assert tables(target) == first


def test_a_run_that_was_killed_goes_on_where_it_was(folder: Path, tmp_path: Path) -> None:
    target, memory = tmp_path / "raw", tmp_path / "memory"
    corpus.extract_reports([folder], target, memory)
    first = tables(target)
    # As a kill leaves it: the second file's line is cut short and nothing is marked as done.
    (memory / "done.json").unlink()
    kept = (memory / "read.jsonl").read_text(encoding="utf-8")
    (memory / "read.jsonl").write_text(kept[: int(len(kept) * 0.7)], encoding="utf-8")
    assert corpus.extract_reports([folder], target, memory).read == 1
    assert tables(target) == first


def test_another_reader_reads_everything_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, memory = tmp_path / "raw", tmp_path / "memory"
    corpus.extract_reports([folder], target, memory)
    monkeypatch.setattr(corpus, "reader_mark", lambda: "a later reader")
    assert corpus.extract_reports([folder], target, memory).read == 2


def test_the_listed_date_is_used_where_none_is_printed(folder: Path, tmp_path: Path) -> None:
    corpus.extract_reports([folder], tmp_path / "raw", tmp_path / "memory")
    with (tmp_path / "raw" / "reports.csv").open(encoding="utf-8", newline="") as handle:
        rows = {row["file"]: row for row in csv.DictReader(handle)}
    assert (rows["one.txt"]["published_used"], rows["one.txt"]["published_used_from"]) == (
        "2020-01-31",
        "listed",
    )
    assert (rows["two.txt"]["published_used"], rows["two.txt"]["published_used_from"]) == ("", "")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(
        CouncilsError, match=r"There is no folder .*nowhere\. Name the folder of the reports\."
    ):
        corpus.corpus_files([tmp_path / "nowhere"])


def test_two_files_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "more"
    other.mkdir()
    (other / "one.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CouncilsError, match=r"Two files are called one\.txt"):
        corpus.corpus_files([folder, other])


def test_a_list_without_its_columns_is_refused(folder: Path) -> None:
    (folder / "MANIFEST.csv").write_text("name\none.txt\n", encoding="utf-8")
    with pytest.raises(CouncilsError, match=r"MANIFEST\.csv: there is no column 'file'"):
        corpus.corpus_files([folder])
