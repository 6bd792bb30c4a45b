"""Every published chart, declared in one place: question, rows, how they are drawn, what they stand on.

Importing this module imports no drawing library, so that a command may list the charts at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from pipelines.charts.rows import Rows
from pipelines.charts.words import Words
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    from pipelines.charts.theme import AnyChart


class Day(Enum):
    """A day that the data says, not this file; `parameters.newest_day` reads it from the database."""

    #: The date of Ofsted's newest list of outcomes; what "latest" means unless another date is asked for.
    OUTCOMES = "newest list of outcomes"
    #: Figures of the workforce are counted on 30 September, so grades are read on the last one before it.
    WORKFORCE = "30 September before it"


class Family(Protocol):
    """A module of charts drawn alike. Both functions are pure: same rows, same result."""

    @staticmethod
    def tell(rows: Rows) -> Words:
        """The words round the chart, computed from its rows."""
        ...

    @staticmethod
    def draw(rows: Rows, width: int) -> "AnyChart":
        """The plot, `width` pixels wide with its padding, without the words round it."""
        ...


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One published chart.

    `sql` is a file of `pipelines/sql/charts`, whose named parameters are exactly the keys of `parameters`.
    `family` is a module of this package. `tables` are the curated tables that the SQL reads. `key` are the columns that
    name a row and `figures` those whose change is reported before a chart is overwritten.
    """

    id: str
    question: str
    sql: str
    family: str
    tables: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    key: tuple[str, ...] = ("la_code",)
    figures: tuple[str, ...] = ("value",)

    def load_family(self) -> Family:
        """The module that tells and draws it (this imports the drawing library only when it draws)."""
        return cast(Family, import_module(f"pipelines.charts.{self.family}"))


_GRADED = ("authorities", "inspections", "judgements")
#: What the macro `as_at` reads.
_GRADES_HELD = (*_GRADED, "authority_changes", "frameworks", "judgement_areas")
_LATEST: Mapping[str, Any] = {"as_at": Day.OUTCOMES, "cut_off_months": 3}


def _tiles(chart_id: str, question: str, area: str, as_at: date | Day) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="latest_grades.sql",
        family="tile_grid",
        parameters={"area": area, "as_at": as_at, "cut_off_months": 3, "council": None},
        tables=_GRADES_HELD,
        figures=("grade",),
    )


def _by_grade(chart_id: str, question: str, measure: str, as_at: Day = Day.OUTCOMES) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="grade_and_figure.sql",
        family="grade_and_figure",
        parameters={"measure": measure, "as_at": as_at, "cut_off_months": 3, "council": None},
        tables=(*_GRADES_HELD, "area_statistics", "measures"),
        figures=("grade", "value"),
    )


def _ratio_by_grade(
    chart_id: str, question: str, parts: tuple[str, str], title: str, per: float
) -> ChartSpec:
    named = {"numerator": parts[0], "denominator": parts[1], "title": title, "per": per, "decimals": 1}
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="grade_and_ratio.sql",
        family="grade_and_figure",
        parameters={**named, **_LATEST, "council": None},
        tables=(*_GRADES_HELD, "area_statistics", "measures"),
        figures=("grade", "value"),
    )


def _line(chart_id: str, question: str, measure: str, council: str = "882") -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="council_line.sql",
        family="council_line",
        parameters={"measure": measure, "council": council, "as_at": Day.OUTCOMES},
        tables=("area_statistics", "authorities", "authority_changes", "measures", "statistical_neighbours"),
        key=("series", "la_code", "time_period"),
    )


def _panels(chart_id: str, question: str, by: str, areas: list[str]) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="profile_panels.sql",
        family="profile_panels",
        parameters={"by": by, "areas": areas, "first_year": 2014, "as_at": Day.OUTCOMES, "cut_off_months": 1},
        tables=_GRADES_HELD,
        key=("panel", "year", "grade"),
        figures=("authorities",),
    )


def _funnel(chart_id: str, question: str, measure: str) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="funnel.sql",
        family="funnel",
        parameters={"measure": measure, "as_at": Day.OUTCOMES, "council": None},
        tables=("area_statistics", "authorities", "measures"),
        figures=("value", "numerator", "denominator"),
    )


def _neighbours(chart_id: str, question: str, measures: list[str], as_at: Day) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="neighbour_beeswarm.sql",
        family="neighbour_beeswarm",
        parameters={"measures": measures, "as_at": as_at, "council": "882"},
        tables=("area_statistics", "authorities", "measures", "statistical_neighbours"),
        key=("measure", "la_code"),
    )


def _revised(chart_id: str, question: str, measure: str) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="revision_arrows.sql",
        family="revision_arrows",
        parameters={"measure": measure},
        tables=("area_statistics", "authorities", "measures"),
        key=("la_code", "time_period"),
        figures=("first_value", "latest_value"),
    )


def _around(chart_id: str, question: str, measure: str) -> ChartSpec:
    return ChartSpec(
        id=chart_id,
        question=question,
        sql="around_inspection.sql",
        family="around_inspection",
        parameters={"measure": measure, "years": 3, **_LATEST},
        tables=("area_statistics", "inspections", "judgements", "measures"),
        key=("inspection_id", "years_after"),
        figures=("grade", "base_value", "value"),
    )


CHARTS: tuple[ChartSpec, ...] = (
    ChartSpec(
        id="grade_profile",
        question="How good have England's children's services been judged, year by year?",
        sql="grade_profile.sql",
        family="profile_over_time",
        parameters={"first_year": 2014, "as_at": Day.OUTCOMES, "cut_off_months": 1},
        tables=_GRADES_HELD,
        key=("year", "grade"),
        figures=("authorities",),
    ),
    _panels(
        "area_profiles",
        "How have the parts of a service been judged, year by year?",
        "area",
        ["overall", "leadership", "help_and_protection", "care_leavers"],
    ),
    _panels("region_profiles", "How has each region been judged, year by year?", "region", ["overall"]),
    ChartSpec(
        id="inspection_history",
        question="Which grades has each council been given since 2013, in order?",
        sql="inspection_history.sql",
        family="history_strip",
        parameters={**_LATEST, "council": None},
        tables=_GRADED,
        key=("la_code", "framework", "published"),
        figures=("grade",),
    ),
    _tiles("latest_grades", "Which overall grade does each council hold?", "overall", Day.OUTCOMES),
    _tiles(
        "leadership_grades", "Which grade for leadership does each council hold?", "leadership", Day.OUTCOMES
    ),
    _tiles(
        "help_and_protection_grades",
        "Which grade for help and protection does each council hold?",
        "help_and_protection",
        Day.OUTCOMES,
    ),
    _tiles(
        "grades_in_2018",
        "Which overall grade did each council hold when SIF inspections had ended?",
        "overall",
        date(2018, 3, 31),
    ),
    ChartSpec(
        id="first_to_latest_ilacs",
        question="Where did councils move between their first and their latest ILACS inspection?",
        sql="first_to_latest.sql",
        family="grade_moves",
        parameters=_LATEST,
        tables=_GRADED,
        figures=("grade_from", "grade_to"),
    ),
    ChartSpec(
        id="moves_since_2018",
        question="Where did councils move between the end of SIF and now?",
        sql="grade_moves.sql",
        family="grade_moves",
        parameters={"from_date": date(2018, 3, 31), **_LATEST},
        tables=_GRADES_HELD,
        figures=("grade_from", "grade_to"),
    ),
    ChartSpec(
        id="grade_survival",
        question="How long do grades last?",
        sql="grade_spells.sql",
        family="grade_survival",
        parameters=_LATEST,
        tables=(*_GRADED, "frameworks", "judgement_areas"),
        key=("la_code", "spell_start"),
        figures=("grade", "spell_end"),
    ),
    ChartSpec(
        id="area_grades_together",
        question="How often is one part of a service graded like another?",
        sql="area_agreement.sql",
        family="area_against_area",
        parameters=_LATEST,
        tables=("inspections", "judgements"),
        key=("area", "other_area", "grade", "other_grade"),
        figures=("inspections",),
    ),
    _by_grade(
        "looked_after_rate_by_grade",
        "Do councils with worse grades look after more of their children?",
        "looked_after_rate",
    ),
    _by_grade(
        "protection_plan_rate_by_grade",
        "Are more children on protection plans where grades are worse?",
        "child_protection_plans_rate",
    ),
    _by_grade(
        "children_in_need_rate_by_grade",
        "Are more children in need where grades are worse?",
        "children_in_need_rate",
    ),
    _by_grade(
        "agency_rate_by_grade",
        "Do councils with worse grades rely more on agency social workers?",
        "agency_rate",
        Day.WORKFORCE,
    ),
    _by_grade(
        "turnover_by_grade",
        "Do more social workers leave where grades are worse?",
        "social_worker_turnover",
        Day.WORKFORCE,
    ),
    _by_grade(
        "caseload_by_grade",
        "Do social workers hold more cases where grades are worse?",
        "caseload",
        Day.WORKFORCE,
    ),
    _ratio_by_grade(
        "adoptions_by_grade",
        "Are more of the children who leave care adopted where grades are better?",
        ("adoptions", "ceased"),
        "Children adopted per 100 who ceased to be looked after",
        100,
    ),
    _ratio_by_grade(
        "spend_by_grade",
        "Do councils with worse grades spend more on children's social care?",
        ("spend_childrens_social_care", "population_0_17"),
        "Net current spending on children's social care, £ per child aged 0 to 17",
        1,
    ),
    _line(
        "protection_plan_rate_over_time",
        "How does a council's rate of protection plans compare with its neighbours' and England's?",
        "child_protection_plans_rate",
    ),
    _line(
        "looked_after_rate_over_time",
        "How does a council's rate of children looked after compare with its neighbours' and England's?",
        "looked_after_rate",
    ),
    _neighbours(
        "neighbours_children",
        "Where does a council stand among its statistical neighbours, in children it helps and protects?",
        ["looked_after_rate", "child_protection_plans_rate", "children_in_need_rate", "referrals_rate"],
        Day.OUTCOMES,
    ),
    _neighbours(
        "neighbours_workforce",
        "Where does a council stand among its statistical neighbours, in its social workers?",
        ["agency_rate", "social_worker_turnover", "vacancy_rate", "caseload"],
        Day.WORKFORCE,
    ),
    _funnel(
        "looked_after_rate_funnel",
        "Which councils' rates of children looked after differ by more than chance?",
        "looked_after_rate",
    ),
    _funnel(
        "protection_plan_rate_funnel",
        "Which councils' rates of protection plans differ by more than chance?",
        "child_protection_plans_rate",
    ),
    _around(
        "protection_plans_around_inspection",
        "What happens to the rate of protection plans in the years round an inspection?",
        "child_protection_plans_rate",
    ),
    _around(
        "looked_after_around_inspection",
        "What happens to the rate of children looked after in the years round an inspection?",
        "looked_after_rate",
    ),
    ChartSpec(
        id="report_timeliness",
        question="How long after a visit is the report published?",
        sql="report_timeliness.sql",
        family="report_timeliness",
        parameters=_LATEST,
        tables=("inspections", "judgements"),
        key=("inspection_id",),
        figures=("days",),
    ),
    ChartSpec(
        id="recommendation_themes",
        question="What do reports recommend, year by year?",
        sql="recommendation_themes.sql",
        family="theme_matrix",
        parameters={"as_at": Day.OUTCOMES},
        tables=("inspections", "recommendations"),
        key=("theme", "year"),
        figures=("reports_with_theme", "reports"),
    ),
    ChartSpec(
        id="southend_milestones",
        question="When were the milestones of Southend's plan after its 2016 inspection due?",
        sql="plan_milestones.sql",
        family="plan_milestones",
        parameters={"council": "882"},
        tables=("inspections", "plan_milestones", "plans"),
        key=("position",),
        figures=("due",),
    ),
    ChartSpec(
        id="reports_and_statistics",
        question="Do reports print the same figures as the department?",
        sql="reports_and_statistics.sql",
        family="reports_and_statistics",
        parameters={"measures": ["looked_after", "child_protection_plans", "children_in_need"]},
        tables=("area_statistics", "measures", "report_statistics", "reports"),
        key=("measure", "file_id", "as_at"),
        figures=("report_value", "official_value"),
    ),
    _revised(
        "looked_after_revisions", "How far are counts of children looked after revised?", "looked_after"
    ),
    _revised(
        "turnover_revisions", "How far are rates of social worker turnover revised?", "social_worker_turnover"
    ),
    ChartSpec(
        id="coverage",
        question="For which measures and years does every council have a figure?",
        sql="coverage_matrix.sql",
        family="coverage_matrix",
        parameters={"first_year": 2009, "as_at": Day.OUTCOMES},
        tables=("area_statistics", "authorities", "measures"),
        key=("measure", "time_period"),
        figures=("numbers", "authorities"),
    ),
)


def find_charts(chart_ids: Sequence[str] | None = None) -> list[ChartSpec]:
    """The charts with these ids in the order asked for, or all of them in the order of the registry.

    Raises:
        CouncilsError: an id that no chart has; the nearest one is named.
    """
    if chart_ids is None:
        return list(CHARTS)
    by_id = {chart.id: chart for chart in CHARTS}
    for chart_id in chart_ids:
        if chart_id not in by_id:
            near = get_close_matches(chart_id, by_id, n=1, cutoff=0.3)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(by_id)}."
            raise CouncilsError(f"There is no chart '{chart_id}'. {hint}")
    return [by_id[chart_id] for chart_id in dict.fromkeys(chart_ids)]
