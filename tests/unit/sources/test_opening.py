"""A publisher's file that is not what it is named as: each fault in its exact words."""

import io
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import CouncilsError
from pipelines.sources.opening import load_delimited, read_sheet


def fault(path: Path, content: bytes, encoding: str = "utf-8") -> str:
    path.write_bytes(content)
    with duckdb.connect() as con, pytest.raises(CouncilsError) as raised:
        load_delimited(con, path, "printed", encoding)
    return str(raised.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with duckdb.connect() as con, pytest.raises(CouncilsError) as raised:
        load_delimited(con, tmp_path / "b1.csv", "printed")
    assert str(raised.value) == f"b1.csv: the file is missing from {tmp_path}. Put it there and run again."


def test_an_empty_file(tmp_path: Path) -> None:
    assert fault(tmp_path / "b1.csv", b"\n \n") == (
        "b1.csv: the file is empty. Download it again from its publisher."
    )


def test_a_web_page_named_csv(tmp_path: Path) -> None:
    assert fault(tmp_path / "b1.csv", b"\xef\xbb\xbf<!DOCTYPE html><html><body>Not found</body></html>") == (
        "b1.csv: this is a web page, not the CSV file it is named as (a download that met an error page). "
        "Download it again from its publisher."
    )


def test_a_csv_cut_short(tmp_path: Path) -> None:
    assert fault(tmp_path / "b1.csv", b"la_code,time_period,number\n330,2024,5\n331,20") == (
        "b1.csv: line 3: the row has 2 cells where the header has 3 (the file is cut short or damaged). "
        "Download it again."
    )


def test_a_header_alone(tmp_path: Path) -> None:
    assert fault(tmp_path / "b1.csv", b"la_code,time_period,number\n") == (
        "b1.csv: there is a header and no row under it. Download it again."
    )


def test_a_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    assert fault(tmp_path / "b1.csv", "la,line\n330,Children\x92s homes\n".encode("latin-1")) == (
        "b1.csv, line 2: byte 0x92 is not utf-8 text. "
        "Declare the file's encoding in sources.yml (publishers' older files are cp1252)."
    )


def test_cp1252_is_read_where_it_is_declared(tmp_path: Path) -> None:
    path = tmp_path / "outturn.csv"
    path.write_bytes("la,line\r\n330,Children\x92s homes\r\n".encode("latin-1"))
    with duckdb.connect() as con:
        header = load_delimited(con, path, "printed", "cp1252")
        rows = con.execute("FROM printed").fetchall()
    assert header == ["la", "line"]
    assert rows == [(2, "330", "Children’s homes")]


def test_every_cell_stays_as_printed_and_columns_go_by_place(tmp_path: Path) -> None:
    path = tmp_path / "sn.csv"
    path.write_bytes('﻿SN1,SNP,SN2,SNP\r\n007,Close ,,"a, ""b"""\r\n'.encode())
    with duckdb.connect() as con:
        header = load_delimited(con, path, "printed")
        rows = con.execute("FROM printed").fetchall()
    assert header == ["SN1", "SNP", "SN2", "SNP"]
    assert rows == [(2, "007", "Close ", "", 'a, "b"')]


def test_an_ods_that_is_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    path.write_bytes(b"<html><head></head></html>")
    with pytest.raises(CouncilsError, match=r"^list\.ods: this is a web page, not the ODS file"):
        read_sheet(path, "Sheet")


def test_an_ods_cut_short(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("content.xml", "<office/>" * 500)
    path = tmp_path / "list.ods"
    path.write_bytes(whole.getvalue()[:60])
    with pytest.raises(CouncilsError) as raised:
        read_sheet(path, "Sheet")
    assert (
        str(raised.value)
        == "list.ods: the ODS file is cut short (60 bytes, its end is missing). Download it again."
    )


def test_an_ods_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    path.write_bytes(b"la_code,number\n330,5\n")
    with pytest.raises(CouncilsError) as raised:
        read_sheet(path, "Sheet")
    assert (
        str(raised.value)
        == "list.ods: this is not an ODS file (it does not start as one). Download it again."
    )


def test_a_sheet_that_is_not_there_names_the_nearest(shared: Path) -> None:
    path = (
        shared
        / "statistics/ofsted-la-inspection-outcomes/2025/LA_Inspection_Outcomes_as_at_31_March_2025.ods"
    )
    with pytest.raises(CouncilsError) as raised:
        read_sheet(path, "ILACS_inspections_history")
    assert str(raised.value) == (
        "LA_Inspection_Outcomes_as_at_31_March_2025.ods: there is no sheet 'ILACS_inspections_history'. "
        "The nearest is 'ILACS_inspection_history'. Say the new name in sources.yml."
    )
