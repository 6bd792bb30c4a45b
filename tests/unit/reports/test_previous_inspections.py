"""Earlier inspections named in the area section: subject, date and grade in the ways they are worded."""

import pytest

from pipelines.reports.area_items import Item
from pipelines.reports.previous_inspections import read_previous_inspections
from pipelines.reports.record import PreviousInspection, Problem


def read(*texts: str, block: str = "inspections") -> tuple[list[PreviousInspection], list[Problem]]:
    return read_previous_inspections([Item(block, text, ((0, 9),)) for text in texts])


def rows(*texts: str) -> list[tuple[str, str | None, str | None]]:
    return [(row.subject, row.date, row.grade) for row in read(*texts)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The previous inspection of Northmoor’s safeguarding arrangements was in January 2011. "
            "The local authority was judged to be Good.",
            [("safeguarding", "2011-01", "good")],
        ),
        (
            "The last inspection of its services for children looked after was published in May 2012. "
            "It was judged to require improvement.",
            [("looked_after", "2012-05", "requires_improvement")],
        ),
        (  # both options of a template left in: one inspection
            "The last inspection of its safeguarding arrangements / arrangements for the protection of "
            "children was in May 2012. The authority was judged to be outstanding.",
            [("safeguarding", "2012-05", "outstanding")],
        ),
        (
            "The previous inspection of safeguarding arrangements and services for looked after children "
            "was in July 2012. It was judged to be Good for safeguarding and Adequate for looked after children.",
            [("safeguarding", "2012-07", "good"), ("looked_after", "2012-07", "adequate")],
        ),
        (
            "The previous inspection of safeguarding and looked after children’s services was in April 2012. "
            "The authority was judged inadequate.",
            [("safeguarding", "2012-04", "inadequate"), ("looked_after", "2012-04", "inadequate")],
        ),
        (
            "The previous inspection of the fostering service took place in May 2013 and judged it to be good, "
            "and an inspection of the adoption service in March 2012 judged it to be adequate.",
            [("fostering", "2013-05", "good"), ("adoption", "2012-03", "adequate")],
        ),
        (
            "The fostering service was judged to be good in the most recent Ofsted inspection, and adoption "
            "services were judged to be adequate in their most recent Ofsted inspection.",
            [("fostering", None, "good"), ("adoption", None, "adequate")],
        ),
        (
            "Child protection arrangements were last inspected in July 2012 and were judged to be adequate.",
            [("child_protection", "2012-07", "adequate")],
        ),
        (
            "The previous inspection of private fostering was in 2012. It was judged to be good.",
            [("private_fostering", "2012", "good")],
        ),
        (
            "A recent multi-remit inspection took place in September and October 2014. Services were not of a "
            "good enough standard.",
            [("other", "2014-10", None)],
        ),
    ],
)
def test_wordings(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert rows(text) == expected


def test_a_single_inspection_has_its_overall_grade() -> None:
    assert rows(
        "The last inspection report for the authority’s children’s services was published in August 2014. "
        "The judgements were:",
        "overall effectiveness: inadequate",
        "adoption performance: good",
    ) == [("single_inspection", "2014-08", "inadequate")]


def test_homes_and_schools_are_not_the_authority() -> None:
    assert rows("It runs two children’s homes. Both were judged good at their last inspection in 2015.") == []
    assert rows("Ofsted carried out four monitoring visits between January 2017 and March 2018.") == []


def test_the_older_scale_of_adoption_and_fostering_is_kept() -> None:
    found, problems = read("The last adoption inspection was in June 2010. It was judged satisfactory.")
    assert [(row.subject, row.grade, row.page) for row in found] == [("adoption", "satisfactory", 9)]
    assert problems == []


def test_a_grade_of_no_scale_is_left_out_and_told() -> None:
    found, problems = read("The last adoption inspection was in June 2010. It was judged unsatisfactory.")
    assert [(row.subject, row.grade, row.page) for row in found] == [("adoption", None, 9)]
    assert "unsatisfactory" in problems[0].what


def test_a_grade_after_found_is_of_the_service_named_there() -> None:
    assert rows(
        "An inspection of safeguarding and looked after children took place in May 2010 and found overall "
        "effectiveness of safeguarding services to be inadequate. The overall effectiveness of services for "
        "looked after children was judged to be adequate."
    ) == [("safeguarding", "2010-05", "inadequate"), ("looked_after", "2010-05", "adequate")]


def test_the_grade_of_a_part_is_not_the_inspections() -> None:
    assert rows(
        "Safeguarding and looked after children services were last inspected in May 2012. That inspection judged "
        "the overall effectiveness for both to be good, with outcomes for safeguarding judged to be adequate."
    ) == [("safeguarding", "2012-05", "good"), ("looked_after", "2012-05", "good")]


def test_other_blocks_name_no_inspection() -> None:
    text = "The previous inspection of adoption was in May 2013. It was judged good."
    assert read(text, block="leadership") == ([], [])


def test_prose_counts_only_with_a_grade() -> None:
    assert read("Advice of the last inspection of fostering in July 2012 was taken.", block="prose") == (
        [],
        [],
    )
    found, _ = read(
        "The two previous inspections of safeguarding in 2010 and 2011 judged it to be inadequate. It is good now.",
        block="prose",
    )
    assert [(row.date, row.grade) for row in found] == [("2010", "inadequate"), ("2011", "inadequate")]
