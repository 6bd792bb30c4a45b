"""The area section of an invented authority: every wording's number gets its measure, scope, date and page."""

import time
from collections.abc import Iterable

import pytest

from pipelines.errors import CouncilsError
from pipelines.reports import area_measures
from pipelines.reports.area_items import read_items
from pipelines.reports.area_section import MAX_FIGURES, read_area_section
from pipelines.reports.document import Document, Line
from pipelines.reports.record import Problem, Statistic

TITLE = "Information about this local authority area2"
LIVING = "Children living in this area"
PROTECTION = "Child protection in this area"
LOOKED_AFTER = "Children looked after in this area"


def document(pages: Iterable[str], media: str = "pdf") -> Document:
    lines = [
        Line(number if media == "pdf" else None, text)
        for number, page in enumerate(pages, start=1)
        for text in page.strip().split("\n")
    ]
    return Document("x", "0", "pdf" if media == "pdf" else "text", lines, 2)


def section(*lines: str, media: str = "pdf") -> Document:
    return document(["\n".join([TITLE, *lines, "Executive summary", "99 children are looked after"])], media)


def figures(*lines: str) -> list[tuple[str, str, float | None, str | None]]:
    rows, _, _ = read_area_section(section(*lines))
    return [(row.measure, row.scope, row.value, row.as_at) for row in rows]


def read(*lines: str) -> tuple[list[Statistic], list[Problem]]:
    rows, _, problems = read_area_section(section(*lines))
    return rows, problems


def test_the_children_of_the_area() -> None:
    assert figures(
        LIVING,
        "• Approximately 30 500 children under the age of 18 years live in Northmoor. This is 21.5% of",
        "the total population in the area.",
        "• Approximately 18 % of its children are living in poverty (as at August 2013).",
        "• Entitled to free school meals:",
        "– in primary schools is 15.7%3 (the national average is 18.1%)",
        "– in secondary schools is 12% (the national level is 15%).",
        "• Those from minority ethnic groups account for 8.7% of all",
        "children living in the area, compared with 22% in the country as a whole.",
        "• The largest minority ethnic groups are Mixed (3%) and Asian (2%).",
        "• With English as an additional language: in primary schools it is 4.9% (the national figure is 19%)",
        "and in secondary schools it is 4.1% (the national figure is 14%).",
        "• There are over 120 languages spoken.",
    ) == [
        ("population_0_17", "local", 30500, None),
        ("population_0_17_share", "local", 21.5, None),
        ("child_poverty", "local", 18, "2013-08"),
        ("fsm_primary", "local", 15.7, None),
        ("fsm_primary", "england", 18.1, None),
        ("fsm_secondary", "local", 12, None),
        ("fsm_secondary", "england", 15, None),
        ("minority_ethnic", "local", 8.7, None),
        ("minority_ethnic", "england", 22, None),
        ("eal_primary", "local", 4.9, None),
        ("eal_primary", "england", 19, None),
        ("eal_secondary", "local", 4.1, None),
        ("eal_secondary", "england", 14, None),
    ]


def test_protection_with_earlier_values() -> None:
    assert figures(
        PROTECTION,
        "• At 29th April 2014, 2,065 children had been identified as in need of a specialist service.",
        "This is a decrease of 4% from 2,161 at 31 March 2013.",
        "• At 31 March 20141, 328 were the subject of a child protection plan (a rate of 30 per 10,000",
        "children). This number had increased to 340 at the time of the inspection.",
        "• At 31 March 2014, 14 children lived in a privately arranged placement for fostering.",
        "• At 31 March 2014, 14 lived in a privately arranged fostering placement, an increase from 12 at",
        "31 March 2013 and an increase from seven in 2012.",
        "• Since the last inspection in May 2012, three serious incident notifications were sent and no",
        "serious case reviews have been completed. One was ongoing at the time of the inspection.",
    ) == [
        ("children_in_need", "local", 2065, "2014-04-29"),
        ("children_in_need", "previous", 2161, "2013-03-31"),
        ("child_protection_plans", "local", 328, "2014-03-31"),
        ("child_protection_plans", "local", 340, None),
        ("private_fostering", "local", 14, "2014-03-31"),
        ("private_fostering", "local", 14, "2014-03-31"),
        ("private_fostering", "previous", 12, "2013-03-31"),
        ("private_fostering", "previous", 7, "2012"),
        ("serious_incident_notifications", "local", 3, None),
        ("serious_case_reviews", "local", 0, None),
        ("serious_case_reviews", "local", 1, None),
    ]


LOOKED = "• At 31 May 2016, 263 children were being looked after (a rate of 68.8 per 10,000 children)."


def test_looked_after_and_where_they_live() -> None:
    assert figures(
        LOOKED_AFTER,
        LOOKED,
        "This is an increase from 230 (60 per 10,000 children) at 31 March 2015. Of this number:",
        "– 118 (or 44.9%) live outside the local authority area",
        "– 11 live in residential children’s homes, of whom five (45.5%) live out of the authority area",
        "– two live in residential special schools, 3 both of whom live outside the authority area",
        "– 205, of whom 43% live out of the authority area, live with foster families",
        "– 10 live with parents, none of whom live out of the authority area",
        "– no children are unaccompanied asylum-seeking children.",
    ) == [
        ("looked_after", "local", 263, "2016-05-31"),
        ("looked_after_rate", "local", 68.8, "2016-05-31"),
        ("looked_after", "previous", 230, "2015-03-31"),
        ("looked_after_rate", "previous", 60, "2015-03-31"),
        ("looked_after_out_of_area", "local", 118, "2016-05-31"),
        ("looked_after_out_of_area_share", "local", 44.9, "2016-05-31"),
        ("lac_residential_home", "local", 11, "2016-05-31"),
        ("lac_residential_home_out", "local", 5, "2016-05-31"),
        ("lac_residential_home_out_share", "local", 45.5, "2016-05-31"),
        ("lac_special_school", "local", 2, "2016-05-31"),
        ("lac_special_school_out_share", "local", 100, "2016-05-31"),
        ("lac_foster", "local", 205, "2016-05-31"),
        ("lac_foster_out_share", "local", 43, "2016-05-31"),
        ("lac_parents", "local", 10, "2016-05-31"),
        ("lac_parents_out_share", "local", 0, "2016-05-31"),
        ("uasc", "local", 0, "2016-05-31"),
    ]


def test_flattened_list_and_sentences_of_their_own() -> None:
    assert figures(
        LOOKED_AFTER,
        "• At 31 May 2016, the local authority is looking after 263 children. Of this number:",
        "118 (45%) live outside the area 15 live in residential children’s homes. Three of these live outside",
        "the authority area 171 live with foster families. Of this 171, 46% live outside the authority area",
        "eight live with parents, of whom 12% (one child) lives out of the authority area.",
    ) == [
        ("looked_after", "local", 263, "2016-05-31"),
        ("looked_after_out_of_area", "local", 118, "2016-05-31"),
        ("looked_after_out_of_area_share", "local", 45, "2016-05-31"),
        ("lac_residential_home", "local", 15, "2016-05-31"),
        ("lac_residential_home_out", "local", 3, "2016-05-31"),
        ("lac_foster", "local", 171, "2016-05-31"),
        ("lac_foster_out_share", "local", 46, "2016-05-31"),
        ("lac_parents", "local", 8, "2016-05-31"),
        ("lac_parents_out_share", "local", 12, "2016-05-31"),
        ("lac_parents_out", "local", 1, "2016-05-31"),
    ]


def test_the_last_twelve_months_have_the_date_of_the_period_only() -> None:
    left = (
        "– there have been 24 adoptions, and 14 children are placed for adoption",
        "– 19 children became subject to special guardianship orders, of whom 3 had been looked after",
        "– 114 children ceased to be looked after, of whom 10.5% subsequently returned to be looked after",
        "– 26 young people ceased to be looked after and moved on to independent living",
        "– two ceased to be looked after and are now (at 30 June 2016) living in houses in multiple occupation.",
    )
    expected = [
        ("adoptions", 24),
        ("sgo", 19),
        ("ceased", 114),
        ("ceased_returned_share", 10.5),
        ("ceased_independent", 26),
        ("ceased_hmo", 2),
    ]
    undated = figures(LOOKED_AFTER, LOOKED, "• In the last 12 months:", *left)[2:]
    assert undated == [(m, "local", v, "2016-06-30" if m == "ceased_hmo" else None) for m, v in expected]
    dated = figures(LOOKED_AFTER, LOOKED, "• In the last 12 months (to 31 March 2016):", *left)[2:-1]
    assert dated == [(m, "local", v, "2016-03-31") for m, v in expected[:-1]]


@pytest.mark.parametrize(
    ("line", "measure", "value", "qualifier"),
    [
        ("• Fewer than five live with parents.", "lac_parents", None, "fewer than five"),
        ("• A small number of children (6) were placed with parents.", "lac_parents", 6, None),
        ("• A small number were placed with parents.", "lac_parents", None, "a small number"),
        ("• Over 300 live with foster families.", "lac_foster", 300, "over"),
    ],
)
def test_hidden_and_hedged(line: str, measure: str, value: float | None, qualifier: str | None) -> None:
    rows, problems = read(LOOKED_AFTER, LOOKED, line)
    assert [(row.measure, row.value, row.qualifier) for row in rows[2:]] == [(measure, value, qualifier)]
    assert problems == []


def test_two_values_for_one_measure_stay_two() -> None:
    rows = figures(
        LOOKED_AFTER, "• At 1 May 2016, 168 children are looked after.", "• 173 are looked after by it."
    )
    assert [row[2] for row in rows] == [168, 173]


def test_pages_quotes_and_notes_inside_a_list() -> None:
    rows, _, problems = read_area_section(
        document(
            [
                f"{TITLE}\n{PROTECTION}\n• At 31 March 2014, 328 were the subject of a child\n"
                "protection plan. This is an increase from 200 at 31 March\n2 Census 2013\nof the year",
                "2013.\n• 14 children lived in private fostering.\nRecommendations",
            ]
        )
    )
    assert [(row.value, row.as_at, row.page) for row in rows] == [
        (328, "2014-03-31", 1),
        (200, "2013-03-31", 1),
        (14, None, 2),
    ]
    assert rows[0].quote == "At 31 March 2014, 328 were the subject of a child protection plan"
    assert rows[0].unit == "children"
    assert problems == []


def test_a_conversion_has_no_pages_and_paragraphs_for_items() -> None:
    rows, _, _ = read_area_section(
        section(
            LOOKED_AFTER,
            "– At 31 March 2013, 600 children are being looked after.",
            "2 The local authority was given the opportunity to review these 99 figures.",
            "68 8",
            "45 live in residential children’s homes, of whom 29% live out of the authority area",
            media="text",
        )
    )
    assert [(row.value, row.page) for row in rows] == [(600, None), (45, None), (29, None)]


def test_a_number_without_a_wording_is_a_problem_with_its_page() -> None:
    rows, problems = read(
        LOOKED_AFTER, LOOKED, "• 17 play the trombone, of whom 4 live out of the authority area."
    )
    assert len(rows) == 2
    assert [problem.page for problem in problems] == [1]
    assert "17, 4" in problems[0].what


def test_a_table_of_contents_and_a_report_without_the_section() -> None:
    contents = document(
        ["Information about this local authority area 8\nRecommendations 9\nExecutive summary"]
    )
    assert read_items(contents) == []
    assert read_area_section(contents) == ([], [], [])


def test_every_measure_of_the_table_has_a_unit() -> None:
    measures = {line.measure for lines in area_measures.wordings().values() for line in lines}
    plain = {measure for measure in measures if measure[0] not in "@-"}
    assert plain <= set(area_measures.UNITS)
    assert {"looked_after", "lac_foster", "adoptions", "sgo", "uasc"} <= plain


def test_a_wrong_line_of_the_table_is_told() -> None:
    row = dict.fromkeys(("scope", "frame", "blocks", "before", "after", "qualifier", "why"), "")
    with pytest.raises(CouncilsError, match="trombones"):
        area_measures._wording({"kinds": "n", "measure": "trombones"} | row)


def test_hostile_sections_end_soon() -> None:
    began = time.process_time()
    for piece in (
        "12 ",
        "of whom 3 ",
        "(4%) ",
        "a. ",
        "⟦n⟧",
        "at 31 March 2014, ",
        "live in ",
        "5 children (",
    ):
        rows, _, problems = read_area_section(section(LOOKED_AFTER, LOOKED, *["• " + piece * 900] * 180))
        assert len(rows) <= MAX_FIGURES
        assert len(problems) <= MAX_FIGURES + 1
    assert time.process_time() - began < 30


def test_a_source_in_brackets_after_the_sentences_dates_them() -> None:
    assert figures(
        LIVING,
        "• Approximately 30,500 children under the age of 18 years live in Northmoor. This is 21.5% of",
        "the total population in the area. (Mid-year population estimates 2015)",
        "• Approximately 18% of its children are living in poverty. (Please note 17.5% for 2015, 18% for 2014.)",
    )[:3] == [
        ("population_0_17", "local", 30500, "2015"),
        ("population_0_17_share", "local", 21.5, "2015"),
        ("child_poverty", "local", 18, None),
    ]


def test_a_line_of_prose_that_begins_like_a_heading_or_a_note_ends_nothing() -> None:
    page = "\n".join(
        [
            "Progress made since the previous Ofsted inspection",
            "31. The last inspection of safeguarding arrangements was in February 2011 and",
            "areas for development were identified. It was judged to be good. The report was published on",
            "12 May 2011.",
            "32. The fostering service was inspected in July 2012 and was judged to be adequate.",
            "Summary for children and young people",
            "33. The adoption service was inspected in July 2012 and was judged to be adequate.",
        ]
    )
    _, found, _ = read_area_section(document([page]))
    assert [(row.subject, row.date, row.grade) for row in found] == [
        ("safeguarding", "2011-02", "good"),
        ("fostering", "2012-07", "adequate"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("of whom none subsequently returned to be looked after", ("ceased_returned_share", 0)),
        ("none of whom subsequently returned to care", ("ceased_returned_share", 0)),
        ("of whom one subsequently returned to the local authority’s care", ("ceased_returned", 1)),
        ("of whom four came back into care", ("ceased_returned", 4)),
        ("of whom two returned to the care of their parents", None),
    ],
)
def test_those_who_came_back_into_care(words: str, expected: tuple[str, float] | None) -> None:
    rows = figures(
        LOOKED_AFTER, "• In the last 12 months:", f"– 41 children ceased to be looked after, {words}."
    )
    assert [row[:3:2] for row in rows] == [("ceased", 41), *([expected] if expected else [])]


def test_children_who_become_looked_after_have_not_come_back() -> None:
    rows = figures(LOOKED_AFTER, "• In the last 12 months:", "– 60 children became looked after.")
    assert [row[0] for row in rows if row[0].startswith("ceased")] == []


def test_a_count_over_the_last_months_is_of_no_day() -> None:
    rows = figures(
        LOOKED_AFTER,
        "• At 30 September 2016, 190 children were being looked after by the local authority.",
        "– two children have been unaccompanied asylum-seeking children in the past 12 months.",
    )
    assert rows[-1] == ("uasc", "local", 2, None)


def test_where_the_list_gives_no_grade_the_passage_on_progress_is_read_too() -> None:
    page = "\n".join(
        [
            "Progress since the last inspection",
            "31. The last inspection of safeguarding was in June 2011 and judged it to be good. A point on",
            "Section 47 enquiries was made.",
            "32. The fostering service was inspected in July 2012 and was judged to be adequate.",
            TITLE,
            "Previous Ofsted inspections",
            "• A recent inspection of several services together took place in October 2014.",
            LIVING,
            "Executive summary",
        ]
    )
    _, found, _ = read_area_section(document([page]))
    assert [(row.subject, row.date, row.grade) for row in found] == [
        ("other", "2014-10", None),
        ("safeguarding", "2011-06", "good"),
        ("fostering", "2012-07", "adequate"),
    ]


def test_a_damaged_line_without_a_letter_joins_nothing() -> None:
    whole = [LIVING, "• Approximately 30 500 children under the age of 18 years live in", "Northmoor."]
    assert (
        figures(*whole[:2], "", *whole[2:]) == figures(*whole) == [("population_0_17", "local", 30500, None)]
    )
