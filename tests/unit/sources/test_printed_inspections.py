"""Ofsted's sheets: headers explained by table, several inspections in a row, a shifted header row."""

from typing import Any

import pytest

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile, source
from pipelines.sources.printed_inspections import read_table

LIST = source("ofsted_inspection_outcomes").files[-1]
HISTORY = source("ofsted_childrens_social_care").files[0]
SHEET = "ILACS_inspection_history"


def rows(file: SourceFile, sheet: str, cells: list[list[Any]], at: int = 0) -> list[Any]:
    from pathlib import Path

    return list(read_table(Path("list.ods"), file, sheet, "history", cells, at))


def test_one_row_is_one_inspection_until_a_blank_row() -> None:
    cells = [
        ["Web link", "Local authority name", "Overall effectiveness"],
        ["page", "Borsetshire", "Good"],
        ["", "", ""],
        ["a footnote", "", ""],
    ]
    [row] = rows(LIST, SHEET, cells)
    assert (row.row, row.fields["la_name"], row.fields["overall"]) == (2, "Borsetshire", "Good")


def test_an_unknown_header_names_itself_its_place_and_the_nearest() -> None:
    cells = [["Web link", "Local authority name", "Overall efectiveness"], ["page", "Borsetshire", "Good"]]
    with pytest.raises(CouncilsError) as raised:
        rows(LIST, SHEET, cells)
    assert str(raised.value) == (
        "list.ods, sheet ILACS_inspection_history: the header 'Overall efectiveness' (column 3) is not known. "
        "The nearest known one is 'Overall effectiveness'. "
        "Explain it in pipelines/sources/inspection_columns/ofsted_inspection_outcomes.csv."
    )


def test_a_shifted_header_row_is_said() -> None:
    with pytest.raises(CouncilsError) as raised:
        rows(LIST, SHEET, [["This worksheet contains one table", ""], ["Web link", "Local authority name"]])
    assert str(raised.value) == (
        "list.ods, sheet ILACS_inspection_history: row 1 is not the header row (no 'Local authority name' in it; "
        "it begins 'This worksheet contains one table'). Say the row in sources.yml."
    )


def test_one_row_of_the_history_sheet_is_an_inspection_a_heading() -> None:
    sheet = "LA_inspections_2009-2023"
    cells = [
        [
            "Local authority name",
            "Child Protection Inspections (CPI) publication date",
            "CPI Overall Effectiveness (OE)",
            "Targeted Looked After Children (TLAC) inspection publication date",
            "TLAC Overall Effectiveness (OE)",
        ],
        ["Borsetshire", "2012-12-21", "Requires improvement to be good", "", ""],
        ["Felpersham", "", "", "2013-08-23", "Inadequate"],
    ]
    found = [
        (r.row, r.slot, r.fields["publication_date"], r.fields["overall"])
        for r in rows(HISTORY, sheet, cells)
    ]
    assert found == [
        (2, "CPI", "2012-12-21", "Requires improvement to be good"),
        (3, "TLAC", "2013-08-23", "Inadequate"),
    ]
