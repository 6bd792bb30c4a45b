"""A report inside a pack, and what the pack says of it, in our own words."""

from pipelines.reports.document import Document, Line
from pipelines.reports.mentions import read_mentions
from pipelines.reports.packs import LEAST_OTHER_LINES, split_pack
from pipelines.reports.record import Mention

REPORT = [
    "Anyshire",
    "Inspection of services for children in need of help and protection",
    "and",
    "Review of the effectiveness of the Local Safeguarding Children Board",
    "Inspection date: 3 May to 20 May 2016",
    *(f"{number}. A paragraph of the report." for number in range(1, 40)),
    "© Crown copyright 2016",
]


def document(lines: list[str]) -> Document:
    return Document("pack.txt", "", "text", [Line(None, text) for text in lines], 0)


def mentions(*lines: str) -> list[tuple[str, str | None, str]]:
    return [(m.what, m.area, m.value) for m in read_mentions(document(list(lines)))]


def test_a_report_alone_is_no_pack() -> None:
    assert split_pack(document(REPORT)) is None
    assert split_pack(document(["a logo", "1", *REPORT, "a telephone number"])) is None


def test_the_report_is_found_with_the_authoritys_name_and_the_rest_kept() -> None:
    before = [f"Item {number} of the agenda" for number in range(LEAST_OTHER_LINES)]
    after = ["Appendix 2", "A plan."]
    split = split_pack(document([*before, *REPORT, *after]))
    assert split is not None
    report, around = split
    assert [line.text for line in report.lines] == REPORT
    assert [line.text for line in around.lines] == [*before, *after]


def test_text_after_the_report_makes_a_pack_too() -> None:
    after = [f"Line {number} of a plan" for number in range(LEAST_OTHER_LINES)]
    split = split_pack(document([*REPORT, *after]))
    assert split is not None
    assert split[1].lines[0].text == after[0]


def test_a_document_without_a_report_is_no_pack() -> None:
    assert split_pack(document(["Minutes of a meeting"] * 200)) is None


def test_grades_beside_their_labels() -> None:
    assert mentions(
        "Adoption performance\tOutstanding",
        "– Experiences and progress of care leavers – Good (nationally 33% rated as good)",
    ) == [
        ("judgement", "adoption", "outstanding"),
        ("judgement", "care_leavers", "good"),
        ("national_share_good", "care_leavers", "33"),
    ]


def test_grades_in_prose_need_a_verdict_and_belong_to_the_clause_before_it() -> None:
    assert mentions("Overall the council was judged to be 'good'.") == [("judgement", "overall", "good")]
    assert mentions(
        "Although much is good, our adoption work and experiences of care leavers were judged to be "
        "outstanding, the overall judgement was a surprise."
    ) == [("judgement", "adoption", "outstanding"), ("judgement", "care_leavers", "outstanding")]
    assert mentions("We want good and outstanding services for care leavers.") == []


def test_an_earlier_inspection_is_not_this_one() -> None:
    found = mentions(
        "The last inspection took place in 2013 when an overall finding of 'inadequate' was given."
    )
    assert found == [("previous_inspection", None, "2013"), ("previous_judgement", "overall", "inadequate")]


def test_dates_and_a_publication_without_a_year() -> None:
    assert mentions("Ofsted inspected us from 3rd May to 20th May 2016.") == [
        ("inspection_start", None, "2016-05-03"),
        ("inspection_end", None, "2016-05-20"),
    ]
    assert mentions("The report was published on 7th July and is attached.") == [
        ("published", None, "--07-07")
    ]
    assert mentions("The result was published 21 March 2014.") == [("published", None, "2014-03-21")]


def test_national_shares_name_their_grade() -> None:
    found = mentions(
        "To date 90 local authorities have been inspected and 20% have been judged as inadequate, 80% good."
    )
    assert found == [
        ("national_inspected", None, "90"),
        ("national_share_inadequate", "overall", "20"),
        ("national_share_good", "overall", "80"),
    ]


def test_a_mention_carries_its_words() -> None:
    line = "Overall the council was judged to be 'good'."
    assert read_mentions(document([line])) == [Mention("judgement", "overall", "good", None, line)]
