"""Files into lines: what is cleaned, what is set aside, and what a file that cannot be read says."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.reports import document, ocr
from pipelines.reports.document import Document, read_document
from pipelines.reports.normalise import clean_page

MakePdf = Callable[..., bytes]


def texts(read: Document) -> list[str]:
    return [line.text for line in read.lines]


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_lines_of_a_pdf_have_their_page(tmp_path: Path, make_pdf: MakePdf) -> None:
    read = read_document(write(tmp_path, "a.pdf", make_pdf([["One", "two"], ["three"]])))
    assert [(line.page, line.text) for line in read.lines] == [(1, "One"), (1, "two"), (2, "three")]
    assert (read.media, read.page_count, read.problems, read.readable) == ("pdf", 2, [], True)
    assert len(read.sha256) == 64


def test_page_numbers_and_running_headers_are_set_aside(tmp_path: Path, make_pdf: MakePdf) -> None:
    pages = [["Title of it"]] + [["A report about Sandport", f"body {'x' * n}", str(n)] for n in range(2, 8)]
    read = read_document(write(tmp_path, "a.pdf", make_pdf(pages)))
    assert texts(read) == ["Title of it"] + [f"body {'x' * n}" for n in range(2, 8)]
    assert {line.text for line in read.furniture} == {"A report about Sandport", *"234567"}


def test_a_number_at_an_edge_that_is_no_page_number_stays(tmp_path: Path, make_pdf: MakePdf) -> None:
    read = read_document(write(tmp_path, "a.pdf", make_pdf([["of whom", "412"], ["children", "2"]])))
    assert texts(read) == ["of whom", "412", "children"]


def test_signs_of_the_text_layer_become_plain() -> None:
    raw = "\uf06e first\r\n\uf02d second\r\n\u2212 third\r\nout\ufffeside 62\u202f100 of\ufb01ce \u200bx\r\n2013\u201314\r\n"
    lines = clean_page(raw)
    assert lines == ["• first", "– second", "– third", "out-side 62 100 office x", "2013–14"]


def test_two_bullets_on_one_line_are_two_lines() -> None:
    assert clean_page("\uf06e one \uf06e two") == ["• one", "• two"]


def test_marks_of_a_conversion_are_taken_out(tmp_path: Path) -> None:
    sheet = (
        "# A heading<sup>2</sup>\n\n**Bold** words and $\\ensuremath{\\mathsf{Board}}^1$\n"
        "| 1. Label | Good |\n|---|---|\n- 28. A numbered paragraph\n■ a bullet\n- nested\n"
        "<p>One</p> <p>Two</p>\n¹ A note at the foot.\nPage 29\ncell\t<p>a</p> <p>b</p>\n"
    )
    read = read_document(write(tmp_path, "a.md", sheet))
    assert texts(read) == [
        "A heading",
        "Bold words and Board",
        "1. Label\tGood",
        "28. A numbered paragraph",
        "• a bullet",
        "– nested",
        "One",
        "Two",
        "1 A note at the foot.",
        "cell\ta\vb",
    ]
    assert [line.heading for line in read.lines] == [True] + [False] * 9
    assert {line.page for line in read.lines} == {None}


def test_pages_of_a_conversion_count_where_they_are_marked(tmp_path: Path) -> None:
    read = read_document(write(tmp_path, "a.txt", "one\n\ftwo\n"))
    assert [(line.page, line.text) for line in read.lines] == [(1, "one"), (2, "two")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"<!DOCTYPE html><html>gone</html>", "web page"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b" \n ", "empty"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj", "damaged or cut short"),
        ("a.pdf", b"plain words", "does not begin like a PDF"),
        ("a.txt", b"PK\x03\x04\0\0\0", "neither a PDF nor text"),
        ("a.txt", "\n|---|\n", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes | str, words: str
) -> None:
    read = read_document(write(tmp_path, name, content))
    assert not read.readable
    assert len(read.problems) == 1
    assert words in read.problems[0].what


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    assert "could not be opened" in read_document(tmp_path / "none.pdf").problems[0].what
    assert "folder" in read_document(tmp_path).problems[0].what


def test_a_password_is_named_as_the_reason(tmp_path: Path, make_pdf: MakePdf) -> None:
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    )
    read = read_document(write(tmp_path, "a.pdf", make_pdf([["secret"]], trailer=lock)))
    assert not read.readable
    assert read.problems[0].what == "The PDF is protected by a password."


def test_a_cut_file_is_read_as_far_as_it_goes_or_refused(tmp_path: Path, make_pdf: MakePdf) -> None:
    whole = make_pdf([["One"], ["Two"]])
    for length in range(9, len(whole), 37):
        read = read_document(write(tmp_path, "a.pdf", whole[:length]))
        assert read.readable or read.problems


def test_a_page_that_only_draws_is_a_problem(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.reports.pdf.ocr_available", lambda: False)
    read = read_document(write(tmp_path, "a.pdf", make_pdf([["One"], []], drawn=True)))
    assert [(problem.what, problem.page) for problem in read.problems] == [
        ("The page has no text that can be read.", 2)
    ]


def test_text_from_a_picture_is_marked(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.reports.pdf.ocr_available", lambda: True)
    monkeypatch.setattr("pipelines.reports.pdf.ocr_page", lambda pdf, index: "seen in the picture")
    read = read_document(write(tmp_path, "a.pdf", make_pdf([[]], drawn=True)))
    assert texts(read) == ["seen in the picture"]
    assert read.ocr_pages == [1]
    assert "OCR" in read.problems[0].what


def test_the_picture_of_a_page_goes_to_the_program_as_it_is(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    program = write(tmp_path, "tesseract", "#!/bin/sh\nhead -c 2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    pdf = pypdfium2.PdfDocument(make_pdf([[]], drawn=True))
    try:
        assert ocr.ocr_page(pdf, 0) == "P5"  # the first bytes of the picture the program was given
    finally:
        pdf.close()


def test_five_thousand_pages_cost_a_sentence_and_no_minute(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = write(tmp_path, "a.pdf", make_pdf([["line"]] * 5_000))
    begun = time.monotonic()
    read = read_document(path)
    assert time.monotonic() - begun < 20
    assert len(read.lines) + len(read.furniture) == document.MAX_PAGES
    assert read.page_count == 5_000
    assert any("Only the first 1,200 of 5,000 pages" in problem.what for problem in read.problems)


def test_no_page_is_begun_after_the_deadline(tmp_path: Path, make_pdf: MakePdf) -> None:
    path = write(tmp_path, "a.pdf", make_pdf([["line"]] * 3))
    read = read_document(path, deadline=time.monotonic() - 1)
    assert not read.readable
    assert "time for one file was over" in read.problems[0].what


def test_places_of_the_text_know_their_line_and_page(make_document: Callable[..., Document]) -> None:
    read = make_document(["one", "two"], ["three"])
    assert read.text == "one\ntwo\nthree"
    assert [read.line_at(at) for at in (0, 3, 4, 8, 99)] == [0, 0, 1, 2, 2]
    assert [read.page_at(at) for at in (0, 8)] == [1, 2]
    assert [read.offset_of(line) for line in (0, 1, 2)] == [0, 4, 8]
    assert texts(read.part(1, 3)) == ["two", "three"]


@pytest.mark.parametrize("sign", ["•", "*", "$", "<p", "|", "#", "\t", "-", "<sup>"])
def test_hostile_text_takes_no_time(tmp_path: Path, sign: str) -> None:
    path = write(tmp_path, "a.txt", sign * 200_000 + "\n" + (sign + " ") * 100_000)
    begun = time.monotonic()
    read_document(path)
    assert time.monotonic() - begun < 5
