"""Figures of the findings, in our own words."""

import pytest

from pipelines.reports.document import Document, Line
from pipelines.reports.findings import read_findings
from pipelines.reports.record import Recommendation


def document(*lines: str, page: int = 5) -> Document:
    return Document("own.pdf", "", "pdf", [Line(page, text) for text in lines], 1)


def figures(text: str) -> list[tuple[float | None, str, str | None]]:
    return [(f.value, f.unit, f.comparator) for f in read_findings(document(f"1. {text}"), "sif")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("94% of kittens are fed.", [(94, "percent", None)]),
        ("Some 8.7 % of gates squeak.", [(8.7, "percent", None)]),
        ("A total of 1,024 very young children came.", [(1024, "children", None)]),
        ("Sixty children waited.", [(60, "children", None)]),
        ("The rate is 121 per 10,000 children.", [(121, "per_10000", None)]),
        ("Two thirds of cases are open.", [(0.6667, "fraction", None)]),
        ("They wait 612 days on average.", [(612, "days", None)]),
        ("13 care leavers study.", [(13, "care_leavers", None)]),
    ],
)
def test_kinds_of_figures(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Enquiries under section 47 children know of.",
        "Visits take place within 72 hours.",
        "In the last 12 months nothing changed.",
        "Pupils of key stages 1 and 4 children like.",
        "Young people aged 16 and 17 year old young people know.",
        "One child said so.",
        "There are 22 unnamed things here.",
        "On 31 March 2015 it rained.",
        "Those who have had three or more placements.",
        "A third sector provider helps.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is 81%, better than the national average of 75%.", [None, "england"]),
        ("It rose from 36% in May to 43% now.", ["previous", None]),
        ("It is 58%, compared with 61% in England.", [None, "england"]),
        (
            "It is 58% (61% nationally and 63% for statistical neighbours).",
            [None, "england", "statistical_neighbours"],
        ),
        ("Waiting has risen by 20% to 60%.", ["change", None]),
        ("It takes 104 days, 17 days below the threshold of 121 days.", [None, "change", "target"]),
        ("It is 64%, which is higher than the England average.", [None]),
    ],
)
def test_whose_number_it_is(text: str, expected: list[str | None]) -> None:
    assert [comparator for _, _, comparator in figures(text)] == expected


def test_numbers_in_an_order_told_by_respectively_are_left_out() -> None:
    assert figures("It is lower than for neighbours and England at 87% and 85%, respectively.") == []


def test_paragraph_page_and_sentence() -> None:
    doc = Document(
        "own.pdf",
        "",
        "pdf",
        [
            Line(1, "2. Nothing here."),
            Line(1, "3. A first sentence without anything. Of the kittens"),
            Line(2, "94% are fed. More follows."),
        ],
        2,
    )
    (found,) = read_findings(doc, "sif")
    assert (found.paragraph, found.page, found.text) == ("3", 2, "Of the kittens 94% are fed.")


def test_recommendations_and_unnumbered_parts_are_no_findings() -> None:
    doc = document(
        "2. 10% are early.",
        "Recommendations",
        "3. Reach 90% of them.",
        "Inspection findings",
        "4. 20% are late.",
        "Information about this inspection",
        "The team read 50 cases.",
    )
    asked = [Recommendation("local_authority", "3", "", 1)]
    assert [(f.paragraph, f.value) for f in read_findings(doc, "sif", asked)] == [("2", 10), ("4", 20)]


def test_the_introduction_of_an_ilacs_report_has_no_paragraph_number() -> None:
    doc = document(
        "Overall effectiveness\tGood", "Nearly 70% of pots are full.", "What needs to improve", "1. It is 5%."
    )
    assert [(f.paragraph, f.value) for f in read_findings(doc, "ilacs")] == [(None, 70), ("1", 5)]
    assert [f.paragraph for f in read_findings(doc, "sif")] == ["1"]
