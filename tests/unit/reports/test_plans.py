"""Action plans in both forms, in our own words."""

from pathlib import Path

import pytest

from pipelines.reports.document import read_document
from pipelines.reports.plans import PlanRows, read_plans
from pipelines.reports.plans.links import link, similarity
from pipelines.reports.plans.tables import read_header
from pipelines.reports.plans.targets import read_target, split_dates
from pipelines.reports.record import Recommendation

ASKED = [
    Recommendation(
        "local_authority", "19", "Ensure that every child in need has a warm coat and good boots", 5
    ),
    Recommendation(
        "local_authority", "20", "Ensure that the kitchen produces a yearly list of all its spoons", 5
    ),
    Recommendation("lscb", "99", "Ensure that every child in need has a warm coat and good boots", 30),
]

COLUMNS = """Progress and Impact Review

| No & Ref | Area for improvement | Action | Lead | Timesc ale for Action | How we will measure improvement |
|--|--|--|--|--|--|
| The co | ats of all | children | | | |
| 1. | All children in need have a warm coat and good boots | i) Buy coats | Ann | 1 April 2014 | Counted |
| | | ii) Buy boots in all sizes | | June | |

Progress and Impact Review

| No & Ref | Area for improvement | Action | Lead | Timescale for Action | How we will measure improvement |
|--|--|--|--|--|--|
| | | and colours. iii) Hand them out. | | 2014 | |
| 2. | Ensure the kitchen produces a yearly list of spoons | i) Count ii) Write | Bo | Jan 2015 Sept 2014 | |
| | | iii) Print it. | | | |
"""

LISTS = """Appendix 1: Detailed spoon plan

RECOMMENDATION ONE

Ensure the kitchen produces a yearly list of all of its spoons.

Outcomes to be achieved:

- Spoons are known

Ref\tAction\tTarget date\tAction owners
76 1\t<p>Overarching action: Count.</p> <p>Milestone 1: Open drawers.</p> <p>Milestone 2: Close them.</p>\t\
<p>31st October 2016</p> <p>31st September 2017</p>\t<p>Cook</p> <p>Maid</p>
2\t<p>Overarching Action: List.</p> <p>Milestone 1: Write.</p> <p>More words.</p> <p>Milestone 2: Read.</p>\t\
<p>31st October 2016</p>\t<p>Cook</p>

Ref\tAction\tTarget date\tAction owners
3\tOverarching Action: Share.\t\t
\tMilestone 1: Print it.\t7th October 2016\tClerk
4\t<p>See above.</p>\t<p>30th June 2017 and 30th July 2017</p>\t<p>Cook</p>

LOCAL AUTHORITY RECOMMENDATIONS – MISC

Ref\tAction\tTarget date\tAction owners
1\t<p>Overarching action: Polish.</p> <p>Milestone 1: Rub.</p> <p>Milestone 2: Rinse.</p>\tOngoing\tMaid

Risk\tImpact\tLikelihood
1\tRust\tHigh
"""


def plans(tmp_path: Path, text: str) -> PlanRows:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return read_plans(read_document(path), ASKED)


def test_a_wide_table_whose_cells_run_on_over_pages(tmp_path: Path) -> None:
    rows = plans(tmp_path, COLUMNS)
    assert [plan.title for plan in rows.plans] == ["Progress and Impact Review"]
    assert [(a.reference, a.recommendation, a.owners, a.due) for a in rows.actions] == [
        ("1.i", "19", "Ann", "2014-04-01"),
        ("1.ii", "19", None, None),
        ("1.iii", "19", None, None),
        ("2.i", "20", "Bo", "2015-01"),
        ("2.ii", "20", "Bo", "2014-09"),
        ("2.iii", "20", None, None),
    ]
    assert rows.actions[1].text == "Buy boots in all sizes and colours."
    assert rows.actions[1].due_printed == "June 2014"
    assert rows.actions[1].due_problem == (
        "1 date stands beside 2 actions; which belongs to which is not known"
    )
    assert rows.actions[5].due_problem == "no date is printed"
    assert rows.actions[0].success_measure == "Counted"
    assert rows.milestones == []


def test_parallel_lists_are_paired_only_where_they_are_equally_long(tmp_path: Path) -> None:
    rows = plans(tmp_path, LISTS)
    assert [plan.title for plan in rows.plans] == ["Appendix 1: Detailed spoon plan"]
    assert [(a.reference, a.recommendation) for a in rows.actions] == [
        ("RECOMMENDATION ONE / 1", "20"),
        ("RECOMMENDATION ONE / 2", "20"),
        ("RECOMMENDATION ONE / 3", "20"),
        ("RECOMMENDATION ONE / 4", "20"),
        ("LOCAL AUTHORITY RECOMMENDATIONS – MISC / 1", None),
    ]
    assert rows.actions[0].problem is not None
    assert "76 1" in rows.actions[0].problem
    assert rows.actions[0].success_measure == "Spoons are known"
    assert (rows.actions[3].due, rows.actions[3].due_problem) == (None, "2 dates are printed")
    found = [(m.action[-1], m.number, m.text, m.due, m.owners, m.aligned) for m in rows.milestones]
    assert found == [
        ("1", "1", "Open drawers.", "2016-10-31", "Cook", True),
        ("1", "2", "Close them.", None, "Maid", True),
        ("2", "1", "Write. More words.", None, None, False),
        ("2", "2", "Read.", None, None, False),
        ("3", "1", "Print it.", "2016-10-07", "Clerk", True),
        ("1", "1", "Rub.", None, None, False),
        ("1", "2", "Rinse.", None, None, False),
    ]
    assert rows.milestones[1].due_problem == "'31st September 2017' is not a day of the calendar"
    assert rows.milestones[2].due_printed == "31st October 2016"
    assert rows.milestones[5].due_problem == "'Ongoing' is not a date"


@pytest.mark.parametrize(
    ("printed", "due", "problem"),
    [
        ("1 April 2014", "2014-04-01", None),
        ("11 th July 2014", "2014-07-11", None),
        ("By end of Dec 2014", "2014-12", None),
        ("31st December 2016 and 6 monthly", "2016-12-31", None),
        ("31st September 2017", None, "'31st September 2017' is not a day of the calendar"),
        ("Termly", None, "'Termly' is not a date"),
        ("June 2014 Report to panel Sept 2014", None, "2 dates are printed"),
        (" ", None, "no date is printed"),
    ],
)
def test_target_dates(printed: str, due: str | None, problem: str | None) -> None:
    target = read_target(printed)
    assert (target.due, target.problem) == (due, problem)


def test_a_cell_is_split_only_when_it_holds_nothing_but_dates() -> None:
    assert split_dates("Jan 2015 Sept 2014") == ["Jan 2015", "Sept 2014"]
    assert split_dates("June 2014 Report Sept 2014") == ["June 2014 Report Sept 2014"]
    assert split_dates("") == []


def test_links_keep_their_score_and_name_only_what_is_alike() -> None:
    best = link("Ensure every child in need has a warm coat and good boots.", ASKED[:2])
    assert best is not None
    assert best.recommendation == "19"
    assert 0.9 < best.score < 1
    far = link("Paint the fence green", ASKED[:2])
    assert far is not None
    assert far.recommendation is None
    assert far.score < 0.6
    assert link("", ASKED) is None
    assert similarity("A b c", "a B c") == 1


def test_bullets_are_named_by_their_place() -> None:
    bullets = [Recommendation("local_authority", None, text, 2) for text in ("Warm coats", "Good boots")]
    found = link("Good boots", bullets)
    assert found is not None
    assert found.recommendation == "bullet 2"


def test_other_tables_are_no_plans(tmp_path: Path) -> None:
    assert read_header("Risk\tImpact\tLikelihood\tOwner") is None
    assert read_header("Ref Action Target date Action owners") is None
    assert plans(tmp_path, "Risk\tImpact\tOwner\n1\tRust\tMaid\n") == PlanRows()
