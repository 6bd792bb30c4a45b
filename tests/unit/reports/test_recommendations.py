"""Lists of recommendations in every form, in our own words."""

import pytest

from pipelines.reports.document import Document, Line
from pipelines.reports.list_headings import heading_key, headings
from pipelines.reports.recommendations import read_items, read_recommendations


def document(*lines: str, pages: tuple[int, ...] = ()) -> Document:
    numbers = pages or (1,) * len(lines)
    return Document("own.pdf", "", "pdf", [Line(p, t) for p, t in zip(numbers, lines, strict=True)], 1)


def rows(doc: Document, framework: str | None = None) -> list[tuple[str, str | None, str]]:
    return [(item.body, item.number, item.text) for item in read_recommendations(doc, framework)[0]]


def test_priority_actions_improvement_areas_and_the_boards_own_list() -> None:
    doc = document(
        "Section 1: the local authority",
        "3. The garden is well kept and the gate is oiled.",
        "What does the local authority need to improve?",
        "Priority and immediate action",
        "4. Mend the roof before the rain comes.",
        "Areas for improvement",
        "5. Paint the door so that",
        "visitors find it.",
        "6. Count the chairs.",
        "Information about this inspection",
        "7. Nobody is asked for anything here.",
        "Section 2: the effectiveness of the local safeguarding children board",
        "Areas for improvement",
        "8. Meet on time.",
        "Key strengths and weaknesses of the LSCB",
        "9. It meets.",
    )
    assert rows(doc) == [
        ("local_authority", "4", "Mend the roof before the rain comes."),
        ("local_authority", "5", "Paint the door so that visitors find it."),
        ("local_authority", "6", "Count the chairs."),
        ("lscb", "8", "Meet on time."),
    ]
    assert [item.kind for item in read_items(doc)[0]] == [
        "priority_and_immediate_action",
        "area_for_improvement",
        "area_for_improvement",
        "area_for_improvement",
    ]


def test_a_numbered_paragraph_that_asks_for_nothing_is_no_recommendation_and_no_gap() -> None:
    doc = document(
        "What does the local authority need to improve?",
        "Priority and immediate action",
        "16. There are no areas for priority action.",
        "Areas for improvement",
        "17. Sweep the yard.",
    )
    found, problems = read_recommendations(doc, "sif")
    assert [(item.number, item.text) for item in found] == [("17", "Sweep the yard.")]
    assert problems == []


@pytest.mark.parametrize(
    "heading", ["What needs to improve", "What needs to improve?", "What needs to improve:1"]
)
def test_bullets_have_no_number_and_end_before_the_findings(heading: str) -> None:
    doc = document(
        heading,
        "1",
        "• The sharpness of pencils, so that over-",
        "long lines are readable.",
        "• The number of erasers",
        "1 A footnote about erasers, at the foot of the page.",
        "It goes on here.",
        "The experiences and progress of children who need help and",
        "protection: good",
        "1. Pencils are sharp.",
        pages=(2, 2, 2, 2, 2, 3, 3, 4, 4, 4),
    )
    doc.lines[4] = Line(2, "• The number of erasers.")
    assert rows(doc, "ilacs") == [
        ("local_authority", None, "The sharpness of pencils, so that over-long lines are readable."),
        ("local_authority", None, "The number of erasers."),
    ]


def test_bullets_inside_a_numbered_item_belong_to_it() -> None:
    doc = document(
        "Recommendations",
        "1. Look after the pond by:",
        "– feeding the fish",
        "– cutting the reeds.",
        "2. Close the gate.",
        "Summary for children and young people",
    )
    assert [text for _, _, text in rows(doc)] == [
        "Look after the pond by: feeding the fish cutting the reeds.",
        "Close the gate.",
    ]


def test_a_heading_between_items_names_a_group_and_is_no_text() -> None:
    doc = document(
        "Areas for improvement",
        "1. Water the beans.",
        "The greenhouse",
        "2. Air it daily. Areas for improvement",
        "3. Shade it at noon.",
    )
    items, problems = read_items(doc)
    assert [(item.number, item.group, item.text) for item in items] == [
        ("1", None, "Water the beans."),
        ("2", "The greenhouse", "Air it daily."),
        ("3", None, "Shade it at noon."),
    ]
    assert problems == []


def test_time_limits_of_the_older_form_are_kept_and_its_opening_sentence_is_no_item() -> None:
    doc = document(
        "Areas for improvement",
        "22. In order to improve the quality of provision of tea, the kitchen",
        "should take the following action.",
        "Immediately:",
        "• boil the water",
        "Within three months:",
        "• buy a second kettle.",
        "Outcomes for looked after children and young",
        "23. Tea is warm.",
    )
    items, _ = read_items(doc)
    assert [(item.number, item.timescale, item.text) for item in items] == [
        (None, "immediately", "boil the water"),
        (None, "within three months", "buy a second kettle."),
    ]


def test_a_line_of_digits_inside_an_unfinished_sentence_is_kept_but_a_page_number_is_not() -> None:
    doc = document("Recommendations", "1. Read the notes (paragraph", "92).", "7", "2. Close them.")
    assert [text for _, _, text in rows(doc)] == ["Read the notes (paragraph 92).", "Close them."]


def test_an_entry_of_the_contents_opens_nothing() -> None:
    assert heading_key("Recommendations 7") is None
    assert heading_key("Recommendations.....7") is None
    assert heading_key("recommendations") is None
    key = heading_key("Recommendations2")
    assert key is not None
    assert headings().opening(key) is not None


def test_gaps_overlong_texts_and_missing_lists_are_problems() -> None:
    gap = document("Recommendations", "1. One.", "3. Three.")
    assert "comes 3" in read_recommendations(gap, "sif")[1][0].what
    long = document("Recommendations", "1. " + "Words. " * 400)
    assert "characters" in read_recommendations(long, "sif")[1][0].what
    prose = document("What needs to improve?", "Very little, inspectors say.")
    assert "no list" in read_recommendations(prose, "ilacs")[1][0].what
    nothing = document("A report without any such heading.")
    assert "no heading" in read_recommendations(nothing, "sif")[1][0].what
    assert read_recommendations(nothing, "visit") == ([], [])


def test_a_list_may_go_on_in_bullets_under_its_next_heading() -> None:
    doc = document(
        "What does the local authority need to improve?",
        "Priority actions",
        "1. Mend the roof.",
        "Areas for improvement",
        "• Paint the door.",
        "• Count the chairs.",
        "Summary for children and young people",
    )
    assert rows(doc) == [
        ("local_authority", "1", "Mend the roof."),
        ("local_authority", None, "Paint the door."),
        ("local_authority", None, "Count the chairs."),
    ]


def test_the_heading_of_a_section_may_head_a_part_of_a_numbered_list() -> None:
    doc = document(
        "Recommendations for the local authority",
        "1) Mend the roof.",
        "The experiences and progress of care leavers",
        "2) Count the chairs.",
        "The experiences and progress of care leavers are good",
        "3) The chairs are counted.",
    )
    items, problems = read_items(doc)
    assert [(item.number, item.group, item.text) for item in items] == [
        ("1", None, "Mend the roof."),
        ("2", "The experiences and progress of care leavers", "Count the chairs."),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("What must the council do to improve?", "local_authority"),
        ("Recommendations for the Northmoor Safeguarding Children Board", "lscb"),
        ("What should the LSCB improve?", "lscb"),
        ("Key areas for development", "local_authority"),
        ("Improvements required", "local_authority"),
    ],
)
def test_headings_worded_otherwise(heading: str, body: str) -> None:
    assert rows(document(heading, "7. Mend the roof.", "Inspection findings")) == [
        (body, "7", "Mend the roof.")
    ]
