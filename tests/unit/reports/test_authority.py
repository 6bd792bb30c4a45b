"""Which authority a title names."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import CouncilsError
from pipelines.reports.authority import AuthorityIndex, read_authorities


def names(index: AuthorityIndex, title: str, on: date | None = None) -> list[str]:
    return [one.la_code for one in index.find(title, on)]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Bristol City Council", ["801"]),
        ("City of Bristol", ["801"]),
        ("Inspection of NORTH YORKSHIRE local authority", ["815"]),
        ("York City Council", ["816"]),
        ("Yorkshire and the Humber", []),
        ("Inspection of East Riding local authority", ["811"]),
        ("East Riding of Yorkshire Council", ["811"]),
        ("York and North Yorkshire", ["816", "815"]),
        ("York, York", ["816"]),
        ("", []),
    ],
)
def test_a_title_names_its_authority(authority_file: Path, title: str, codes: list[str]) -> None:
    assert names(read_authorities(authority_file), title) == codes


@pytest.mark.parametrize(
    ("on", "code"),
    [(date(2014, 5, 1), "E10000023"), (date(2023, 3, 31), "E10000023"), (date(2023, 7, 1), "E06000065")],
)
def test_the_published_code_is_that_of_the_day(authority_file: Path, on: date, code: str) -> None:
    (found,) = read_authorities(authority_file).find("North Yorkshire", on)
    assert found.new_la_code(on) == code
    assert found.new_la_code(None) == "E06000065"


def test_of_two_authorities_of_one_name_the_one_of_the_day(authorities: AuthorityIndex) -> None:
    assert names(authorities, "Dorset Council", date(2018, 1, 1)) == ["835"]
    assert names(authorities, "Dorset Council", date(2021, 1, 1)) == ["838"]
    assert names(authorities, "Dorset Council") == ["838"]


def test_an_empty_table_names_nobody() -> None:
    assert AuthorityIndex([]).find("Manchester") == []


def test_a_missing_table_or_column_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CouncilsError, match="could not be opened"):
        read_authorities(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_text("dfe_code,name\n1,X\n")
    with pytest.raises(CouncilsError, match="no column 'name_variants_seen'"):
        read_authorities(tmp_path / "bad.csv")
