"""Council packs of the five text conversions: the report inside, mentions, and the two action plans."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from pipelines.reports.document import read_document
from pipelines.reports.mentions import read_mentions
from pipelines.reports.packs import split_pack
from pipelines.reports.plans import PlanRows, read_plans
from pipelines.reports.recommendations import read_recommendations

EAST_SUSSEX = "000_99b5fe1992377bc0.txt"
WEST_SUSSEX = "002_9eb7eee2664ce0bc.txt"
SOUTHEND = "003_e271a304314cc5af.txt"
REPORTS_ALONE = ("001_8402ddd663b5a7a5.txt", "004_b192b04e17b22324.txt")


@cache
def pack_plans(path: Path) -> PlanRows:
    split = split_pack(read_document(path))
    assert split is not None
    return read_plans(split[1], read_recommendations(split[0])[0])


def mentioned(path: Path) -> set[tuple[str, str | None, str]]:
    split = split_pack(read_document(path))
    assert split is not None
    return {(m.what, m.area, m.value) for m in read_mentions(split[1])}


def test_three_of_the_five_are_packs_and_no_report_alone_is_one(shared: Path) -> None:
    for name in (EAST_SUSSEX, WEST_SUSSEX, SOUTHEND):
        assert split_pack(read_document(shared / "seeds" / name)) is not None
    for name in REPORTS_ALONE:
        assert split_pack(read_document(shared / "seeds" / name)) is None
    for path in sorted((shared / "reports").glob("west-*.pdf")):
        if path.stem != "west-berkshire_2025-10-28":  # set aside for measuring
            assert split_pack(read_document(path)) is None


def test_east_sussex_eight_areas_with_twenty_actions(shared: Path) -> None:
    rows = pack_plans(shared / "seeds" / EAST_SUSSEX)
    assert (len(rows.plans), len(rows.actions), len(rows.milestones)) == (1, 20, 0)
    assert Counter(action.area for action in rows.actions) == Counter(
        {"1": 2, "2": 2, "3": 3, "4": 4, "5": 3, "6": 1, "7": 1, "8": 4}
    )
    answered = {action.area: action.recommendation for action in rows.actions}
    assert answered == {
        "1": "19", "2": "23", "3": "20", "4": "22", "5": "25", "6": "26", "7": "21", "8": "27",
    }  # fmt: skip
    assert all((action.due is None) == (action.due_problem is not None) for action in rows.actions)


def test_southend_54_actions_with_227_milestones(shared: Path) -> None:
    rows = pack_plans(shared / "seeds" / SOUTHEND)
    assert (len(rows.plans), len(rows.actions), len(rows.milestones)) == (1, 54, 227)
    assert len({action.reference for action in rows.actions}) == 54
    assert {milestone.action for milestone in rows.milestones} <= {
        action.reference for action in rows.actions
    }
    assert {action.recommendation for action in rows.actions} == {*map(str, range(1, 13)), None}
    scores = [action.link_score for action in rows.actions if action.link_score is not None]
    assert min(scores) > 0.9
    assert all((m.due is None) == (m.due_problem is not None) for m in rows.milestones)


def test_southend_dates_that_cannot_be_given_to_a_milestone_say_why(shared: Path) -> None:
    milestones = pack_plans(shared / "seeds" / SOUTHEND).milestones
    reasons = Counter(m.due_problem for m in milestones if m.due is None)
    assert reasons["'31st September 2017' is not a day of the calendar"] == 1
    assert reasons["'Ongoing' is not a date"] == 3
    assert reasons["'Ongoing Termly basis' is not a date"] == 4
    assert reasons["6 dates stand beside 8 milestones; which belongs to which is not known"] == 8
    assert sum(reasons.values()) == 37
    assert all(not m.aligned for m in milestones if m.due_problem and "beside" in m.due_problem)


def test_the_covering_reports_are_a_second_source(shared: Path) -> None:
    east = mentioned(shared / "seeds" / EAST_SUSSEX)
    assert {
        ("inspection_start", None, "2014-01-14"),
        ("inspection_end", None, "2014-02-05"),
        ("published", None, "2014-03-21"),
        ("judgement", "overall", "good"),
        ("judgement", "adoption", "outstanding"),
        ("judgement", "care_leavers", "requires_improvement"),
        ("judgement", "lscb", "good"),
    } <= east
    southend = mentioned(shared / "seeds" / SOUTHEND)
    assert {
        ("inspection_start", None, "2016-04-26"),  # the report itself prints the 25th: both stand
        ("judgement", "overall", "requires_improvement"),
        ("national_inspected", None, "106"),
        ("national_share_inadequate", "overall", "24"),
        ("national_share_requires_improvement", "help_and_protection", "56"),
        ("national_share_good", "care_leavers", "33"),
    } <= southend
    west = mentioned(shared / "seeds" / WEST_SUSSEX)
    assert {
        ("inspection_start", None, "2019-02-25"),
        ("previous_judgement", "overall", "requires_improvement"),
        ("previous_inspection", None, "2016"),
    } <= west
    assert not {row for row in west if row[0] == "judgement"}
