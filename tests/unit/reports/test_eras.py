"""Grades, dates and kinds of every framework, from small documents in our own words."""

from collections.abc import Callable

import pytest

from pipelines.reports.authority import AuthorityIndex
from pipelines.reports.document import Document
from pipelines.reports.read import record_of
from pipelines.reports.record import Record

MakeDocument = Callable[..., Document]
BODY = ["This page says how it was done.", "Nothing here is a grade."]

SIF = [
    "Manchester City Council",
    "Inspection of services for children in need of help and",
    "protection, children looked after and care leavers",
    "and",
    "Review of the effectiveness of the Local Safeguarding Children",
    "Board1",
    "Inspection date: 3 March – 25 March 2015",
    "Report published: 18 May 2015",
    "Children’s services in Manchester require improvement to be good",
    "1. Children who need help and protection Requires",
    "improvement",
    "2. Children looked after and achieving",
    "permanence",
    "Good",
    "2.1 Adoption performance2 Outstanding",
    "2.2 Experiences and progress of care leavers Inadequate",
    "3. Leadership, management and governance Requires improvement",
    "to be good",
]
SIF_GRADES = {
    "overall": "requires_improvement",
    "help_and_protection": "requires_improvement",
    "looked_after_and_permanence": "good",
    "adoption": "outstanding",
    "care_leavers": "inadequate",
    "leadership": "requires_improvement",
}
BOARD = [
    "The Local Safeguarding Children Board (LSCB)",
    "The Local Safeguarding Children Board is good",
    *BODY,
]
ILACS = [
    "Inspection of Manchester local authority",
    "children’s services",
    "Inspection dates: 21 March to 1 April 2022",
    "Lead inspector: Ada Example, His Majesty’s Inspector",
    "Judgement Grade",
    "The impact of leaders on social work",
    "practice with children and families",
    "Good",
    "The experiences and progress of",
    "children who need help and protection",
    "Requires improvement to be good",
    "The experiences and progress of",
    "children in care and care leavers",
    "Outstanding",
    "Overall effectiveness Good",
    "At the last inspection overall effectiveness was judged to be inadequate.",
]
NEW_ILACS = [
    "Inspection of Manchester local authority",
    "children’s services",
    "Inspection dates: 11 to 22 May 2026",
    "Lead inspector: Ada Example, His Majesty’s Inspector",
    "Judgement Grade",
    "The impact of leaders on practice with children and families Outstanding",
    "The experiences and progress of",
    "children who need help and protection",
    "Good",
    "The experiences and progress of children in care",
    "Requires improvement to be good",
    "The experiences and progress of children care leavers Good",
    "In 2023 the overall effectiveness was judged to be inadequate.",
    "Overall effectiveness has since improved.",
]


def grades(record: Record) -> dict[str, str]:
    return {one.area: one.grade for one in record.judgements}


def told(record: Record) -> list[str]:
    quiet = ("Area section", "The document has no heading for recommendations")
    return [problem.what for problem in record.problems if not problem.what.startswith(quiet)]


@pytest.fixture
def read(make_document: MakeDocument, authorities: AuthorityIndex) -> Callable[..., Record]:
    return lambda *pages, **more: record_of(make_document(*pages, **more), authorities)


Read = Callable[..., Record]


def test_sif_with_the_board_in_its_own_section(read: Read) -> None:
    record = read(SIF, BODY, BOARD)
    assert (record.kind, record.framework) == ("inspection_report", "sif")
    assert grades(record) == {**SIF_GRADES, "lscb": "good"}
    assert {one.area: one.page for one in record.judgements} == {**dict.fromkeys(SIF_GRADES, 1), "lscb": 3}
    assert (record.inspection_start, record.inspection_end) == ("2015-03-03", "2015-03-25")
    assert (record.published, record.authority, record.la_code) == ("2015-05-18", "Manchester", "352")
    assert told(record) == []


def test_every_grade_has_a_short_quote_of_its_words(read: Read) -> None:
    quotes = {one.area: one.quote for one in read(SIF, BOARD).judgements}
    assert quotes["looked_after_and_permanence"] == "2. Children looked after and achieving permanence Good"
    assert max(map(len, quotes.values())) <= 160


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (["The overall judgement is good"], "good"),
        (["The overall judgement is that children’s services are inadequate"], "inadequate"),
        (["The overall judgement is requires improvement.2"], "requires_improvement"),
        (
            ["The overall judgement is that children’s service requires", "improvement."],
            "requires_improvement",
        ),
        (["Children’s services require improvement to be good"], "requires_improvement"),
        (["Children’s services in the Manchester City Council area are", "outstanding"], "outstanding"),
        (["Children’s services in Manchester requires improvement to be", "good"], "requires_improvement"),
    ],
)
def test_the_overall_sentence_of_a_sif_report(read: Read, sentence: list[str], grade: str) -> None:
    front = [line for line in SIF if not line.startswith("Children’s services")]
    front[8:8] = sentence
    assert grades(read(front, BOARD))["overall"] == grade


@pytest.mark.parametrize("damaged", ["reqiures improvement to be good", "requires improvment to be good"])
def test_a_damaged_sentence_gives_no_grade_rather_than_its_last_word(read: Read, damaged: str) -> None:
    front = [
        line if not line.startswith("Children’s") else f"Children’s services in M {damaged}" for line in SIF
    ]
    record = read(front, BOARD)
    assert "overall" not in grades(record)
    assert told(record) == ["No grade was found for overall."]


def test_not_judged_is_a_grade_and_not_a_gap(read: Read) -> None:
    front = [
        line.replace("Adoption performance2 Outstanding", "Adoption performance Not Judged") for line in SIF
    ]
    record = read(front, BOARD)
    assert grades(record)["adoption"] == "not_judged"
    assert told(record) == []


def test_a_reinspection_has_no_board(read: Read) -> None:
    front = ["Manchester", "Re-inspection of services for children in need of help and protection", *SIF[6:]]
    record = read(front, BODY)
    assert (record.framework, grades(record), told(record)) == ("sif_reinspection", SIF_GRADES, [])


def test_a_reinspection_that_does_not_say_so_is_told(read: Read) -> None:
    record = read([*SIF[:3], *SIF[6:]], BODY)
    assert record.framework == "sif_reinspection"
    assert any("title does not say so" in what for what in told(record))


def test_the_review_of_a_board_alone(read: Read) -> None:
    front = [
        "Manchester Safeguarding Children Board",
        "Review of the effectiveness of the Local Safeguarding Children",
        "Board",
        "Inspection date: 15 June 2015 – 17 June 2015",
        "The Local Safeguarding Children Board requires improvement",
    ]
    record = read(front, BODY)
    assert (record.framework, grades(record), told(record)) == ("sif", {"lscb": "requires_improvement"}, [])


def test_two_places_that_disagree_are_told_and_the_table_stands(read: Read) -> None:
    record = read(SIF, ["Leadership, management and", "governance Inadequate", *BODY], BOARD)
    assert grades(record)["leadership"] == "requires_improvement"
    assert told(record) == [
        "Two places disagree on leadership: requires improvement on page 1, but inadequate here."
    ]
    assert record.problems[0].page == 2


def test_a_row_that_cannot_be_read_is_taken_from_its_heading_and_told(read: Read) -> None:
    front = [line.replace("2.1 Adoption performance2", "2.1 Adoqtion performance") for line in SIF]
    record = read(front, ["The graded judgement for adoption performance is that it is outstanding"], BOARD)
    assert grades(record)["adoption"] == "outstanding"
    assert told(record) == ["The front page has no readable grade for adoption; a heading gave it."]


def test_words_that_describe_a_grade_give_none(read: Read) -> None:
    page = [
        "An outstanding local authority leads well.",
        "Good services are good.",
        "A board that is inadequate",
        "fails.",
    ]
    assert grades(read(SIF, page, BOARD)) == {**SIF_GRADES, "lscb": "good"}


def test_a_torn_cell_of_a_conversion_is_still_its_label(read: Read) -> None:
    front = [
        *SIF[:9],
        "1. Child\tren who need help and protection\tRequires improvement",
        "2. Cł\tildren looked after and achieving permanence\t\tGood",
        "\t2.1 Adoption performance\tOutstanding",
        "\t2.2 Experiences and progress of care leavers\tInadequate",
        "3. Lead\tership, management and governance\tRequires improvement",
    ]
    record = read(front, BOARD)
    assert (grades(record), told(record)) == ({**SIF_GRADES, "lscb": "good"}, [])


def test_ilacs_before_2023(read: Read) -> None:
    record = read(ILACS, BODY)
    assert (record.framework, record.ilacs_type, record.ilacs_type_by_stay) == ("ilacs", None, "standard")
    assert grades(record) == {
        "leadership": "good",
        "help_and_protection": "requires_improvement",
        "care_and_care_leavers": "outstanding",
        "overall": "good",
    }
    assert (record.published, record.lead_inspector, told(record)) == (None, "Ada Example", [])


def test_from_27_april_2026_there_is_no_overall_grade(read: Read) -> None:
    record = read(NEW_ILACS, BODY)
    assert grades(record) == {
        "leadership": "outstanding",
        "help_and_protection": "good",
        "care": "requires_improvement",
        "care_leavers": "good",
    }
    assert told(record) == []


def test_before_that_day_a_missing_overall_grade_is_told(read: Read) -> None:
    front = [line.replace("11 to 22 May 2026", "9 to 20 March 2026") for line in NEW_ILACS]
    assert told(read(front, BODY)) == ["No grade was found for overall."]


def test_an_overall_grade_where_there_should_be_none_is_kept_and_told(read: Read) -> None:
    record = read([*NEW_ILACS[:12], "Overall effectiveness Good", *NEW_ILACS[12:]], BODY)
    assert grades(record)["overall"] == "good"
    assert any("should not have" in what for what in told(record))


def test_two_stays_in_one_report(read: Read) -> None:
    front = [
        line.replace("21 March to 1 April 2022", "8 July 2019 to 12 July 2019 and 7 to 8 August 2019")
        for line in ILACS
    ]
    record = read(front, BODY)
    assert (record.inspection_start, record.inspection_end) == ("2019-07-08", "2019-08-08")
    assert record.inspection_dates_printed == "8 July 2019 to 12 July 2019 and 7 to 8 August 2019"
    assert record.ilacs_type_by_stay == "short"


def test_headers_that_print_another_day_are_told(read: Read) -> None:
    record = read(ILACS, BODY, furniture=["Inspection of Manchester", "22 March to 1 April 2022 2"])
    assert told(record) == [
        "The inspection began on 2022-03-21 by its front page, on 2022-03-22 by its headers."
    ]


def test_dates_that_cannot_be_are_told_and_not_repaired(read: Read) -> None:
    front = [line.replace("21 March to 1 April 2022", "30 February to 1 April 2022") for line in ILACS]
    record = read(front, BODY)
    assert (record.inspection_start, record.inspection_end) == (None, None)
    assert record.inspection_dates_printed == "30 February to 1 April 2022"
    assert any("does not exist" in what for what in told(record))


def test_a_report_dated_before_the_inspection_ended_is_told(read: Read) -> None:
    front = [line.replace("18 May 2015", "18 March 2015") for line in SIF]
    record = read(front, BOARD)
    assert record.published == "2015-03-18"
    assert any("before the inspection ended" in what for what in told(record))


LOOKED_AFTER = [
    "Record of main findings",
    "Services for looked after children",
    "Overall effectiveness Adequate",
    "Capacity to improve Good",
    "Outcomes for looked after children and",
    "young people",
    "Adequate",
    "Quality of provision Inadequate",
    "Leadership and management Adequate",
]
EARLIER_FRONT = [
    "Manchester City Council",
    "Inspection dates: 15 – 19 July 2013",
    "Reporting inspector Ada Example HMI",
    "Published: 23 August 2013",
]


def test_looked_after_2013_takes_the_closing_table(read: Read) -> None:
    section = [
        "Overall effectiveness of services for looked",
        "after children and young people",
        "Grade 3 (Adequate)",
        *BODY,
    ]
    record = read(["Inspection of looked after children", "services", *EARLIER_FRONT], section, LOOKED_AFTER)
    assert (record.framework, record.lead_inspector) == ("looked_after_2013", "Ada Example")
    assert grades(record) == {
        "overall": "adequate",
        "capacity_to_improve": "good",
        "outcomes": "adequate",
        "quality_of_provision": "inadequate",
        "leadership": "adequate",
    }
    assert {one.page for one in record.judgements} == {3}
    assert told(record) == []


@pytest.mark.parametrize("title", [None, "Summary of grades", "Record of main findings"])
def test_the_closing_table_is_known_without_its_title_above_it(read: Read, title: str | None) -> None:
    sections = [
        *("Overall effectiveness", "Grade 3 (Adequate)", *BODY * 4),
        *("Capacity to improve", "Grade 2 (Good)", *BODY * 4),
    ]
    closing = [*LOOKED_AFTER[1:], *([title] if title else [])]
    record = read(["Inspection of looked after children", "services", *EARLIER_FRONT], sections, closing)
    assert len(record.judgements) == 5
    assert {one.page for one in record.judgements} == {3}
    assert told(record) == []


def test_a_closing_table_in_two_columns_is_paired_in_its_order(read: Read) -> None:
    sections = ["Overall effectiveness", "Grade 3 (Adequate)", *BODY]
    labels = [
        "Overall effectiveness",
        "Capacity to improve",
        "Outcomes for looked after children and",
        "young people",
        "Quality of provision",
        "Leadership and management",
    ]
    values = ["Adequate", "Good", "Adequate", "Inadequate", "Adequate"]
    front = ["Inspection of looked after children", "services", *EARLIER_FRONT]
    record = read(front, sections, ["Record of main findings", *labels, *values])
    assert list(grades(record).values()) == ["adequate", "good", "adequate", "inadequate", "adequate"]
    assert {one.page for one in record.judgements} == {3}
    assert told(record) == []
    one_short = read(front, sections, ["Record of main findings", *labels, *values[1:]])
    assert any("No grade" in what for what in told(one_short))


def test_child_protection_2012(read: Read) -> None:
    closing = [
        "Record of main findings",
        "Overall effectiveness Inadequate",
        "The effectiveness of the help and protection",
        "provided to children, young people, families and carers",
        "Adequate",
        "The quality of practice Inadequate",
        "Leadership and governance Adequate",
    ]
    title = ["Inspection of local authority arrangements for", "the protection of children"]
    record = read([*title, *EARLIER_FRONT], BODY, closing)
    assert record.framework == "child_protection_2012"
    assert grades(record) == {
        "overall": "inadequate",
        "help_and_protection": "adequate",
        "quality_of_practice": "inadequate",
        "leadership": "adequate",
    }


def test_safeguarding_and_looked_after_are_two_inspections(read: Read) -> None:
    closing = [
        "Record of main findings: Manchester",
        "Safeguarding services",
        "Overall effectiveness Good",
        "Capacity for improvement Outstanding",
        "Services for looked after children",
        "Overall effectiveness Adequate",
        "Capacity for improvement Good",
    ]
    record = read(
        ["Inspection of safeguarding and looked after", "children services", *EARLIER_FRONT], closing
    )
    assert record.framework == "slac"
    assert grades(record) == {
        "safeguarding_overall": "good",
        "safeguarding_capacity_to_improve": "outstanding",
        "looked_after_overall": "adequate",
        "looked_after_capacity_to_improve": "good",
    }


@pytest.mark.parametrize("service", ["fostering", "adoption"])
def test_services_as_far_as_a_grade_is_printed(read: Read, service: str) -> None:
    front = [
        f"Manchester {service} service",
        "Inspection report for LA",
        "Inspection date: 4 May 2012",
        "Overall effectiveness",
        "Good",
    ]
    record = read(front, BODY)
    assert (record.framework, grades(record)) == (service, {"overall": "good"})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Focused visit to Manchester children’s services", "focused_visit"),
        ("Monitoring visit to Manchester children’s services", "monitoring_visit"),
        ("Joint targeted area inspection of Manchester", "jtai"),
    ],
)
def test_visits_have_dates_and_no_grades(read: Read, title: str, name: str) -> None:
    letter = [
        "13 December 2022",
        title,
        "This letter summarises the findings of the visit to Manchester on 8 and 9",
        "November 2022.",
        "Overall effectiveness Inadequate",
    ]
    record = read(letter, BODY)
    assert (record.kind, record.framework, record.visit_type) == ("visit", None, name)
    assert (record.inspection_start, record.inspection_end) == ("2022-11-08", "2022-11-09")
    assert record.judgements == []


def test_a_report_whose_first_lines_speak_of_a_visit_is_no_visit(read: Read) -> None:
    front = [line.replace("Inspection dates:", "Inspectoin dates:") for line in ILACS]
    front[-1] = "Since the monitoring visit leaders have acted."
    record = read(front, BODY)
    assert (record.kind, len(record.judgements)) == ("inspection_report", 4)
    assert told(record) == ["The dates of the inspection were not found."]


def test_anything_else_is_other_with_the_reason(read: Read) -> None:
    record = read(["Minutes of a meeting", "Apologies were received."], BODY)
    assert record.kind == "other"
    assert record.reason is not None
    assert told(record) == [record.reason]


def test_an_unknown_authority_is_told_and_left_open(read: Read) -> None:
    record = read([line.replace("Manchester", "Sandport") for line in ILACS], BODY)
    assert (record.authority, record.la_code, record.new_la_code) == (None, None, None)
    assert told(record) == ["The title names no authority that is in the table of names."]


def test_two_authorities_in_one_title_are_told(read: Read) -> None:
    record = read(["Manchester and Dorset", *ILACS[1:]], BODY)
    assert record.authority == "Manchester"
    assert any("more than one authority (Manchester, Dorset)" in what for what in told(record))
