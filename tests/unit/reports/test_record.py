"""The record and its JSON."""

import json

from pipelines.reports.record import Judgement, Mention, PlanMilestone, Problem, Record

CONTRACT = [
    "file",
    "sha256",
    "kind",
    "framework",
    "ilacs_type",
    "authority",
    "la_code",
    "new_la_code",
    "inspection_start",
    "inspection_end",
    "published",
    "lead_inspector",
    "judgements",
    "statistics",
    "previous_inspections",
    "recommendations",
    "findings",
    "problems",
]


def test_the_names_of_the_contract_are_there_and_nothing_is_zero() -> None:
    row = json.loads(Record("a.pdf", "0" * 64, "other").to_json())
    assert [name for name in CONTRACT if name not in row] == []
    assert {name for name in CONTRACT if row[name] not in (None, [])} == {"file", "sha256", "kind"}


def test_a_record_comes_back_from_its_json() -> None:
    record = Record("a.pdf", "0" * 64, "council_pack", authority="Yörk", problems=[Problem("Why.", 3)])
    record.judgements = [Judgement("overall", "good", 1, "Overall good")]
    record.mentions = [Mention("published", None, "2016-07-07", None, "on 7 July")]
    record.plan_milestones = [PlanMilestone("plan-1", "1", "1", "text", aligned=False)]
    assert Record.from_dict(json.loads(record.to_json())) == record


def test_json_is_one_line_with_the_same_bytes_each_time() -> None:
    record = Record("a.pdf", "0" * 64, "other", reason="two\nlines")
    assert "\n" not in record.to_json()
    assert record.to_json() == record.to_json()


def test_a_field_of_a_later_version_is_left_out() -> None:
    row = {**Record("a.pdf", "", "other").to_dict(), "later": 1}
    assert Record.from_dict(row) == Record("a.pdf", "", "other")
