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


def test_the_list_of_leaders_is_read_only_where_it_names_an_inspection_outright() -> None:
    director = "The director came in May 2013, after an inspection of adoption, and is judged good."
    assert read(director, block="leadership") == ([], [])
    found, _ = read("The previous inspection of adoption was in May 2013. It was good.", block="leadership")
    assert [(row.subject, row.date, row.grade) for row in found] == [("adoption", "2013-05", "good")]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a list's last word is the grade "good", and yet it is not the grade
            "The last inspection of safeguarding was in May 2012. It was judged to require improvement to be good "
            "overall.",
            [("safeguarding", "2012-05", "requires_improvement")],
        ),
        (
            "Safeguarding and looked after children services were last inspected in June 2011, when both were "
            "judged to be good with outstanding capacity to improve.",
            [("safeguarding", "2011-06", "good"), ("looked_after", "2011-06", "good")],
        ),
        (
            "The last inspection of the fostering service was in May 2012. Capacity to improve was good and "
            "overall effectiveness was adequate.",
            [("fostering", "2012-05", "adequate")],
        ),
        (
            "Ofsted inspected adoption in May 2012 and found that it had improved from inadequate to adequate.",
            [("adoption", "2012-05", "adequate")],
        ),
        (
            "The adoption service was inspected in May 2012. There is a good range of adopters. It was judged "
            "to be adequate.",
            [("adoption", "2012-05", "adequate")],
        ),
        (  # a footnote's number after the stop, quotation marks, and no stop before the next sentence
            "The previous inspection of fostering was in May 2012.3 It was judged to be ‘good’ The previous "
            "inspection of adoption was in June 2012. It was judged ‘adequate’.",
            [("fostering", "2012-05", "good"), ("adoption", "2012-06", "adequate")],
        ),
    ],
)
def test_what_looks_like_the_grade(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Inspections of adoption (February 2012) and fostering (May 2013) judged both to be good.",
            [("adoption", "2012-02", "good"), ("fostering", "2013-05", "good")],
        ),
        (
            "The last inspection of adoption was in 2009 and of fostering in June 2012. Both were judged good.",
            [("adoption", "2009", "good"), ("fostering", "2012-06", "good")],
        ),
        (
            "Adoption and fostering were last inspected in 2011 and 2013 respectively, in inspections that found "
            "both to be good.",
            [("adoption", "2011", "good"), ("fostering", "2013", "good")],
        ),
        (
            "The last inspection of safeguarding judged it to be good. It took place in May 2012.",
            [("safeguarding", "2012-05", "good")],
        ),
        (
            "The last inspection of the protection of children was in May 2012 and found it inadequate. A "
            "re-inspection in March 2013 judged it to be adequate.",
            [("child_protection", "2012-05", "inadequate"), ("child_protection", "2013-03", "adequate")],
        ),
        (  # named twice
            "The last inspection of safeguarding was in May 2012. At the last inspection safeguarding was "
            "judged to be good.",
            [("safeguarding", "2012-05", "good")],
        ),
    ],
)
def test_dates_of_several_services(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert rows(text) == expected


def test_a_list_of_grades_under_an_inspection() -> None:
    assert rows(
        "The previous inspection of safeguarding and looked after children was in June 2011. The judgements were:",
        "Overall effectiveness of safeguarding services: good",
        "Capacity to improve: outstanding",
        "Services for looked after children: adequate",
    ) == [("safeguarding", "2011-06", "good"), ("looked_after", "2011-06", "adequate")]


def test_a_line_of_a_list_may_be_service_date_and_grade_alone() -> None:
    assert rows("Adoption: March 2012 – outstanding") == [("adoption", "2012-03", "outstanding")]


def test_an_inspection_of_the_whole_authority_is_a_single_inspection_since_there_are_any() -> None:
    text = "The previous inspection of the local authority was in June {}. It was judged to be inadequate."
    assert rows(text.format(2014)) == [("single_inspection", "2014-06", "inadequate")]
    assert rows(text.format(2011)) == [("other", "2011-06", "inadequate")]


def test_services_of_the_time_before_single_inspections_are_those_named() -> None:
    assert rows(
        "The last inspection of children’s services in May 2012 judged safeguarding to be good and services for "
        "looked after children to be adequate."
    ) == [("safeguarding", "2012-05", "good"), ("looked_after", "2012-05", "adequate")]


def test_agencies_and_units_are_not_the_authority() -> None:
    assert (
        rows("The trust runs an independent fostering agency. It was inspected in May 2015 and judged good.")
        == []
    )
    assert rows("The short-break units were judged good in their most recent inspection in May 2015.") == []
    assert rows("The adoption agency was inspected in May 2012 and judged good.") == [
        ("adoption", "2012-05", "good")
    ]


def test_prose_tells_earlier_inspections_without_a_grade() -> None:
    found, _ = read(
        "The points of the 2011 unannounced inspection of referrals were acted on.", block="prose"
    )
    assert [(row.subject, row.date, row.grade) for row in found] == [("other", "2011", None)]


def test_prose_about_the_services_now_gives_no_earlier_grade() -> None:
    found, _ = read(
        "An inspection of the protection of children was undertaken in June 2013. It is now judged to be good.",
        "The last inspection of adoption in May 2012 judged it adequate, and it is now outstanding.",
        block="prose",
    )
    assert [(row.subject, row.date, row.grade) for row in found] == [
        ("child_protection", "2013-06", None),
        ("adoption", "2012-05", "adequate"),
    ]
