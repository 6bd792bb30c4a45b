"""Statistics files that are not as declared: each fault stops with its place, in its exact words."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import extract as station
from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile, source
from pipelines.sources import cell_checks, lait, printed_cells, workbook_cells

HEADER = (
    "time_period,geographic_level,region_code,region_name,old_la_code,new_la_code,la_name,category,At31,Rate"
)
ROWS = [
    "2025,National,,,,,,All,402400,330.1",
    "2025,Local authority,E12000001,North East,841,E06000005,Darlington,All,1100,c",
    "2025,Local authority,E12000001,North East,840,E06000047,County Durham,All,4200,410.5",
]
USES = {
    **{k: k for k in printed_cells.KEYS},
    "category": "breakdown",
    "At31": "value",
    "Rate": "value",
}
CELLS = [("children_in_need", "At31", "All"), ("children_in_need_rate", "Rate", "All")]


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch) -> SourceFile:
    """A small file of its own, declared by tables of its own."""
    declared = SourceFile("children_in_need", "cin/2025/b1.csv", "2025", 2025, "printed_cells", {})
    tables = {
        "columns": [{"file": declared.path, "header": h, "use": u} for h, u in USES.items()],
        "cells": [{"file": declared.path, "measure": m, "column": c, "breakdown": b} for m, c, b in CELLS],
    }
    monkeypatch.setattr(printed_cells, "_rows", lambda table, source_id: {declared.path: tables[table]})
    return declared


def read(tmp_path: Path, file: SourceFile, content: bytes) -> list[tuple[Any, ...]]:
    path = tmp_path / "b1.csv"
    path.write_bytes(content)
    with duckdb.connect() as con:
        printed_cells.extract(con, path, file, "cells")
        return con.execute("FROM cells ORDER BY row, measure").fetchall()


def fault(tmp_path: Path, file: SourceFile, content: bytes) -> str:
    with pytest.raises(CouncilsError) as raised:
        read(tmp_path, file, content)
    return str(raised.value)


def text(*lines: str, end: str = "\n") -> bytes:
    return end.join([*lines, ""]).encode()


def test_cells_come_out_as_printed_with_their_row(tmp_path: Path, file: SourceFile) -> None:
    assert read(tmp_path, file, text(HEADER, *ROWS))[2:4] == [
        (3, None, "Local authority", "841", "E06000005", "Darlington", "2025", "children_in_need", "At31", "All", "1100"),
        (3, None, "Local authority", "841", "E06000005", "Darlington", "2025", "children_in_need_rate", "Rate", "All", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content + b",,,,,,,,,\n,,,,,,,,,\n",
        lambda content: content.replace(b",,,,,,All,402400", b',"","",,"","",All,402400'),
    ],
    ids=["byte-order mark", "CRLF", "blank lines at the end", "quoted empty cells"],
)  # fmt: skip
def test_what_makes_no_difference(tmp_path: Path, file: SourceFile, change: Callable[[bytes], bytes]) -> None:
    plain = text(HEADER, *ROWS)
    assert read(tmp_path, file, change(plain)) == read(tmp_path, file, plain)


def test_cp1252_needs_to_be_declared(tmp_path: Path, file: SourceFile) -> None:
    content = text(HEADER, *ROWS).replace(b"Darlington", b"Darlington\x92s")
    assert fault(tmp_path, file, content) == (
        "b1.csv, line 3: byte 0x92 is not utf-8 text. Declare the file's encoding in sources.yml "
        "(publishers' older files are cp1252)."
    )
    declared = replace(file, options={"encoding": "cp1252"})
    assert read(tmp_path, declared, content)[2][5] == "Darlington’s"


def test_a_column_renamed(tmp_path: Path, file: SourceFile) -> None:
    assert fault(tmp_path, file, text(HEADER.replace("At31", "At31_count"), *ROWS)) == (
        "b1.csv: the header 'At31_count' (column 9) is not known. The nearest known one is 'At31'. "
        "Say what it is used for in pipelines/sources/columns/children_in_need.csv."
    )


def test_a_column_missing(tmp_path: Path, file: SourceFile) -> None:
    lines = [line.rsplit(",", 1)[0] for line in (HEADER, *ROWS)]
    assert fault(tmp_path, file, text(*lines)) == (
        "b1.csv: the column 'Rate' is missing; it was expected among: time_period, geographic_level, region_code, "
        "region_name, old_la_code, new_la_code, la_name, category, At31. "
        "Correct pipelines/sources/columns/children_in_need.csv if the publisher renamed it."
    )


def test_a_column_moved_is_read_where_it_stands(tmp_path: Path, file: SourceFile) -> None:
    moved = [",".join(reversed(line.split(","))) for line in (HEADER, *ROWS)]
    assert read(tmp_path, file, text(*moved)) == read(tmp_path, file, text(HEADER, *ROWS))


def test_a_column_printed_twice(tmp_path: Path, file: SourceFile) -> None:
    assert fault(tmp_path, file, text(HEADER.replace("Rate", "At31"), *ROWS)) == (
        "b1.csv: the header 'At31' stands over two columns (9 and 10), and it is read. Ask the publisher which is meant."
    )


def test_a_label_changed(tmp_path: Path, file: SourceFile) -> None:
    assert fault(tmp_path, file, text(HEADER, *ROWS).replace(b",All,", b",All children,")) == (
        "b1.csv: 'All' (for children_in_need, column 'At31') is not printed in it. "
        "The nearest known one is 'All children'. Correct pipelines/sources/cells/children_in_need.csv."
    )


def test_a_text_where_a_number_should_be(tmp_path: Path, file: SourceFile) -> None:
    assert fault(tmp_path, file, text(HEADER, *ROWS).replace(b"1100", b"about 1100")) == (
        "b1.csv, row 3, column 'At31' (All), Darlington: 'about 1100' is printed; a number was expected, or one of its "
        "symbols (c, x, z, u). Say in pipelines/symbols.csv what it means."
    )


@pytest.mark.parametrize("word", ["k", "low", "..", "nan", "inf", "-", "1e999"])
def test_a_symbol_this_publication_does_not_have(tmp_path: Path, file: SourceFile, word: str) -> None:
    assert f"row 4, column 'At31' (All), County Durham: '{word}' is printed;" in fault(
        tmp_path, file, text(HEADER, *ROWS).replace(b"4200", word.encode())
    )


def test_an_empty_cell_is_no_zero(tmp_path: Path, file: SourceFile) -> None:
    assert "row 4, column 'At31' (All), County Durham: nothing is printed;" in fault(
        tmp_path, file, text(HEADER, *ROWS).replace(b"4200", b"")
    )


def test_an_authority_printed_twice(tmp_path: Path, file: SourceFile) -> None:
    again = "2025,Local authority,E12000001,North East,841,E06000005,Darlington,All,1101,401"
    assert fault(tmp_path, file, text(HEADER, *ROWS, again)) == (
        "b1.csv, rows 3 and 5: Darlington is printed twice for 2025. One row for an area and year was expected; take the "
        "wrong one out with the publisher, or declare the label that parts them in pipelines/sources/columns."
    )


def test_the_same_symbol_means_what_its_publication_says() -> None:
    looked_after = source("children_looked_after").files
    first = next(f for f in looked_after if f.release == "SFR27/2010")
    tables = next(f for f in looked_after if f.rank == 1015)
    newest = next(f for f in looked_after if f.release == "2025")
    assert (set(cell_checks.symbols_of(first)), set(cell_checks.symbols_of(tables))) == (
        {"x", "..", "#VALUE!"},
        {"x", "-", "."},
    )
    assert set(cell_checks.symbols_of(newest)) == {"c", "z", "x", "k"}


_MANIFEST = """<?xml version="1.0"?><manifest:manifest manifest:version="1.2"
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry
 manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
# A workbook made by hand: what a spreadsheet program would write, without the program.
_ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="{sheet}">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, sheet: str, rows: list[list[object]]) -> Path:
    def cell(value: object) -> str:
        if isinstance(value, float | int):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS.format(sheet=sheet, rows=body))
    return path


SHEET: list[list[object]] = [
    ["Table of spending", "", "", ""],
    ["", "", "", ""],
    ["E-code", "ONS Code", "Authority", "Net"],
    ["E1301", "E06000005", "Darlington", 1234.5],
    ["E3831", "E07000223", "Adur", 0],
    ["E4601", "E08000025", "Birmingham", "[x]"],
    ["Eng", "E92000001", "ENGLAND", 99],
]
LEVELS = [
    {"level": "National", "new_la_code": "E92000001"},
    {"level": "Local authority", "new_la_code": "E(06|08|09|10)[0-9]{6}"},
]


@pytest.fixture
def workbook(monkeypatch: pytest.MonkeyPatch) -> SourceFile:
    """A workbook of four columns, declared by a table of its own."""
    declared = SourceFile(
        "revenue_outturn",
        "ro/x.ods",
        "2025",
        2026,
        "workbook_cells",
        {"time_period": "2025", "levels": LEVELS},
    )
    columns = [
        ("B", "ONS Code", "new_la_code"),
        ("C", "Authority", "la_name"),
        ("D", "Net", "spend_looked_after"),
    ]
    entries = [{"row": "3", "column": c, "header": h, "use": u, "time_period": ""} for c, h, u in columns]
    monkeypatch.setattr(workbook_cells, "_declared", lambda source_id: {declared.path: {"Data": entries}})
    return declared


def read_workbook(path: Path, file: SourceFile) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        workbook_cells.extract(con, path, file, "cells")
        return con.execute(
            "SELECT row, geographic_level, new_la_code, area_name, published_text FROM cells"
        ).fetchall()


def test_a_workbook_gives_its_areas_and_leaves_the_districts_out(
    tmp_path: Path, workbook: SourceFile
) -> None:
    assert read_workbook(ods(tmp_path / "x.ods", "Data", SHEET), workbook) == [
        (4, "Local authority", "E06000005", "Darlington", "1234.5"),
        (6, "Local authority", "E08000025", "Birmingham", "[x]"),
        (7, "National", "E92000001", "ENGLAND", "99"),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            SHEET[:1] + SHEET,
            "x.ods, sheet Data, cell B3: expected the header 'ONS Code', found ''. It stands in B4. "
            "Correct pipelines/sources/sheets/revenue_outturn.csv if the publisher moved it.",
        ),
        (
            [["", *row] for row in SHEET],
            "x.ods, sheet Data, cell B3: expected the header 'ONS Code', found 'E-code'. It stands in C3. "
            "Correct pipelines/sources/sheets/revenue_outturn.csv if the publisher moved it.",
        ),
        (
            SHEET[:3],
            "x.ods, sheet Data: no row is of an area. Look at `levels` of this file in sources.yml.",
        ),
        (
            [*SHEET[:5], ["E4601", "E08000025", "Birmingham", "to follow"]],
            "x.ods, row 6, column 'D' (Net), Birmingham: 'to follow' is printed; a number was expected, or one of its "
            "symbols ([x], [z], [n], [Y]). Say in pipelines/symbols.csv what it means.",
        ),
        (
            [*SHEET, SHEET[3]],
            "x.ods, rows 4 and 8: Darlington is printed twice for 2025. One row for an area and year was expected; take "
            "the wrong one out with the publisher, or declare the label that parts them in pipelines/sources/columns.",
        ),
    ],
    ids=["header a row down", "header a column on", "no area", "a text for a number", "an authority twice"],
)
def test_a_workbook_that_is_not_as_declared(
    tmp_path: Path, workbook: SourceFile, rows: list[list[object]], sentence: str
) -> None:
    with pytest.raises(CouncilsError) as raised:
        read_workbook(ods(tmp_path / "x.ods", "Data", rows), workbook)
    assert str(raised.value) == sentence


def test_a_workbook_without_the_sheet(tmp_path: Path, workbook: SourceFile) -> None:
    with pytest.raises(CouncilsError) as raised:
        read_workbook(ods(tmp_path / "x.ods", "Data_2026", SHEET), workbook)
    assert str(raised.value) == (
        "x.ods: there is no sheet 'Data'. The nearest is 'Data_2026'. Say the new name in sources.yml."
    )


TOOL = source("lait").files[0]


def tool(tmp_path: Path, rows: str, columns: str = '"Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"') -> Path:  # fmt: skip
    path = tmp_path / "bds.parquet"
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * FROM (VALUES {rows}) AS t({columns})) TO '{path}' (FORMAT parquet)")
    return path


def read_tool(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as con:
        lait.extract(con, path, TOOL, "cells")
        return con.execute(
            "SELECT row, geographic_level, area_code, time_period, measure, published_text FROM cells"
        ).fetchall()


def test_the_tool_s_cells_under_our_names_or_its_own(tmp_path: Path) -> None:
    rows = """('LACnum', NULL, '2025', 'England', '81770', 970.0, 'NA'),
        ('LACnum', NULL, '2025', 'London', '-', 986.0, 'NA'),
        ('LACFinance', NULL, '2024-25 (OT)', 'Barnsley', '1250', 370.0, 'Yorkshire')"""
    assert read_tool(tool(tmp_path, rows)) == [
        (1, "National", "970", "2025", "looked_after", "81770"),
        (2, "Regional", "986", "2025", "looked_after", "-"),
        (3, "Local authority", "370", "2024-25 (OT)", "lait_lac_finance", "1250"),
    ]


def test_a_short_name_of_the_tool_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(CouncilsError) as raised:
        read_tool(tool(tmp_path, "('LACnumber', NULL, '2025', 'England', '1', 970.0, 'NA')"))
    assert str(raised.value) == (
        "bds.parquet: the measure 'LACnumber' is not known. The nearest known one is 'LACnum'. "
        "Give it a name in pipelines/sources/lait_measures.csv."
    )


def test_a_tool_with_other_columns(tmp_path: Path) -> None:
    with pytest.raises(CouncilsError) as raised:
        read_tool(tool(tmp_path, "('LACnum', 1)", '"Short", "Values"'))
    assert str(raised.value) == (
        "bds.parquet: its columns are Short, Values; expected were Short Desc, Data item, Years, LA and Regions, Values, "
        "LA Number, Region. Say the change in pipelines/sources/lait.py."
    )


def test_two_files_that_claim_one_release() -> None:
    rows = [
        {"path": f"cin/{year}/b1.csv", "release": year, "sha256": "abc", "file_id": f"children_in_need/{year}/b1"}
        for year in ("2024", "2025")
    ]  # fmt: skip
    with pytest.raises(CouncilsError) as raised:
        station._check_distinct(rows)
    assert str(raised.value) == (
        "cin/2024/b1.csv (release 2024) and cin/2025/b1.csv (release 2025) are the same bytes: two files claim one "
        "release. Put the right file in its place, or take one out of sources.yml."
    )
