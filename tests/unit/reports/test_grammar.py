"""The grammar of printed facts, tested by itself."""

import time
from datetime import date

import pytest

from pipelines.reports.grammar import (
    find_dates,
    find_numbers,
    first_date,
    impossible_dates,
    number_from_words,
    read_period,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At 31 March 2013, some", "2013-03-31"),
        ("As at May 2015 the", "2015-05"),
        ("at March 31 2017", "2017-03-31"),
        ("on 31st March, 2014", "2014-03-31"),
        ("the 1st of February 2016", "2016-02-01"),
        ("at 31/03/14", "2014-03-31"),
        ("at 31.03.2014", "2014-03-31"),
        ("at 2014-03-31", "2014-03-31"),
        ("At 31 March 20132, some", "2013-03-31"),  # a footnote's number on the year
        ("31March2015", "2015-03-31"),
        ("Sept 2016", "2016-09"),
        ("01 September 2014", "2014-09-01"),
    ],
)
def test_one_date(text: str, expected: str) -> None:
    found = first_date(text)
    assert found is not None
    assert found.iso == expected
    assert found.as_month == expected[:7]


@pytest.mark.parametrize("text", ["31st September 2017", "30 February 2016", "Ongoing", "they may 2012", ""])
def test_not_a_date(text: str) -> None:
    assert first_date(text) is None


def test_an_impossible_day_is_told() -> None:
    assert impossible_dates("by 31st September 2017 and 1 May 2017") == ["31st September 2017"]


def test_years_alone_only_when_asked_for() -> None:
    text = "in 2015/16, in 2014–15, in 2016 and at 31 March 2013 with 2,014 children"
    assert [found.iso for found in find_dates(text)] == ["2013-03-31"]
    assert [found.iso for found in find_dates(text, years=True)] == ["2016", "2013-03-31"]


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("14 January 2014 – 5 February 2014", [("2014-01-14", "2014-02-05")]),
        ("9 to 13 June 2025", [("2025-06-09", "2025-06-13")]),
        ("24–28 June 2013", [("2013-06-24", "2013-06-28")]),
        ("12 October/6 November 2016", [("2016-10-12", "2016-11-06")]),
        ("12/10/2016 – 06/11/2016", [("2016-10-12", "2016-11-06")]),
        ("8 December to 14 January 2015", [("2014-12-08", "2015-01-14")]),
        ("20 June 2017 ─ 13 July 2017", [("2017-06-20", "2017-07-13")]),
        ("28 July 2016", [("2016-07-28", "2016-07-28")]),
        (
            "30 September to 11 October 2024 and 13 to 16 January 2025",
            [("2024-09-30", "2024-10-11"), ("2025-01-13", "2025-01-16")],
        ),
        (
            "19 November-11 December 2013 and 28 – 30 \nJanuary 2014",
            [("2013-11-19", "2013-12-11"), ("2014-01-28", "2014-01-30")],
        ),
    ],
)
def test_front_page_ranges(text: str, visits: list[tuple[str, str]]) -> None:
    period = read_period(f"Inspection dates: {text}\nReport published: 3 March 2026")
    assert period is not None
    assert period.fault is None
    assert [(str(first), str(last)) for first, last in period.visits] == visits
    assert (period.start, period.end) == tuple(date.fromisoformat(d) for d in (visits[0][0], visits[-1][1]))


@pytest.mark.parametrize("text", ["1 to 3 May", "5 February 2016 to 4 January 2016", "1 to 31 June 2015"])
def test_a_faulty_range_is_told_not_mended(text: str) -> None:
    period = read_period(text)
    assert period is not None
    assert period.visits == ()
    assert period.start is None
    assert period.fault


def test_no_range() -> None:
    assert read_period("Lead inspector: someone, HMI") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("62 100 and 42,616 and 3698", [(62100, "count"), (42616, "count"), (3698, "count")]),
        (
            "18 % or 25.5% or 9% % or 4 per cent",
            [(18, "percent"), (25.5, "percent"), (9, "percent"), (4, "percent")],
        ),
        ("56,2002 of them", [(56200, "count")]),  # a footnote's mark on the thousands
        ("22.2%3(the average", [(22.2, "percent")]),
        ("56,202children", [(56202, "count")]),
        ("57 per 10,000 children, 60.5 per 10 000", [(57, "rate"), (60.5, "rate")]),
        ("forty-two (5.6%)", [(42, "count"), (5.6, "percent")]),
        ("One hundred and eighty-two", [(182, "count")]),
        ("2014 children, 2,014 in 2014", [(2014, "count"), (2014, "count"), (2014, "year")]),
        ("all of whom, none of whom", [(100, "all"), (0, "none")]),
        ("no children and no serious case reviews", [(0, "count"), (0, "count")]),
        ("no longer", []),
        ("one in four", [(0.25, "fraction")]),
        ("schools6 in the area", []),
        ("31 in school, 3rd, £4,500", [(31, "count"), (3, "other"), (None, "other")]),
    ],
)
def test_numbers(text: str, expected: list[tuple[float | None, str]]) -> None:
    assert [(number.value, number.kind) for number in find_numbers(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["under the age of 18 years", "in 12 months", "aged 0-17", "16- to 17-year-olds", "20 miles", "table 3"],
)
def test_ages_times_and_places_are_no_counts(text: str) -> None:
    assert {number.kind for number in find_numbers(text)} == {"other"}


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("Approximately 104,285 live", 104285, "approximately"),
        ("just over 30% live", 30, "just over"),
        ("fewer than five live", None, "fewer than five"),
        ("five or fewer live", None, "five or fewer"),
        ("A small number live", None, "a small number"),
        ("the figure was supressed", None, "supressed"),
    ],
)
def test_hedged_and_hidden_numbers(text: str, value: float | None, qualifier: str) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.qualifier) == (value, qualifier)


def test_words_that_are_no_number() -> None:
    assert number_from_words("several") is None


def test_hostile_text_is_read_in_linear_time() -> None:
    began = time.process_time()
    pieces = (
        "1 to ",
        "31 ",
        "1 January ",
        "2",
        " ",
        "1/1/",
        "one ",
        "1,",
        "1 000 ",
        "twenty-",
        "no a ",
        "1-",
    )
    for text in (piece * (100_000 // len(piece)) for piece in pieces):
        find_numbers(text)
        find_dates(text, years=True)
        read_period(text)
        impossible_dates(text)
    assert time.process_time() - began < 10
