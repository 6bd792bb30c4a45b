"""Every published chart, declared in one place: question, rows, how they are drawn, what they stand on.

Importing this module imports no drawing library, so that a command may list the charts at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from pipelines.charts.rows import Rows
from pipelines.charts.words import Words
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    from pipelines.charts.theme import AnyChart

#: The date of Ofsted's newest list of outcomes; what "latest" means unless another date is asked for.
AS_AT = date(2025, 3, 31)


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
    `family` is a module of this package. `tables` are the curated tables that the SQL reads.
    """

    id: str
    question: str
    sql: str
    family: str
    tables: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def load_family(self) -> Family:
        """The module that tells and draws it (this imports the drawing library only when it draws)."""
        return cast(Family, import_module(f"pipelines.charts.{self.family}"))


_GRADED = ("authorities", "inspections", "judgements")
#: What the macro `as_at` reads.
_GRADES_HELD = (*_GRADED, "authority_changes", "frameworks", "judgement_areas")

CHARTS: tuple[ChartSpec, ...] = (
    ChartSpec(
        id="grade_profile",
        question="How good have England's children's services been judged, year by year?",
        sql="grade_profile.sql",
        family="profile_over_time",
        parameters={"first_year": 2014, "as_at": AS_AT, "cut_off_months": 1},
        tables=_GRADES_HELD,
    ),
    ChartSpec(
        id="inspection_history",
        question="Which grades has each council been given since 2013, in order?",
        sql="inspection_history.sql",
        family="history_strip",
        parameters={"as_at": AS_AT, "cut_off_months": 3, "council": None},
        tables=_GRADED,
    ),
    ChartSpec(
        id="latest_grades",
        question="Which overall grade does each council hold?",
        sql="latest_grades.sql",
        family="tile_grid",
        parameters={"as_at": AS_AT, "cut_off_months": 3, "council": None},
        tables=_GRADES_HELD,
    ),
    ChartSpec(
        id="looked_after_rate_by_grade",
        question="Do councils with worse grades look after more of their children?",
        sql="grade_and_figure.sql",
        family="grade_and_figure",
        parameters={"measure": "looked_after_rate", "as_at": AS_AT, "cut_off_months": 3, "council": None},
        tables=(*_GRADES_HELD, "area_statistics", "measures"),
    ),
    ChartSpec(
        id="protection_plan_rate_over_time",
        question="How does a council's rate of protection plans compare with its neighbours' and England's?",
        sql="council_line.sql",
        family="council_line",
        parameters={"measure": "child_protection_plans_rate", "council": "882", "as_at": AS_AT},
        tables=("area_statistics", "authorities", "authority_changes", "measures", "statistical_neighbours"),
    ),
    ChartSpec(
        id="area_grades_together",
        question="How often is one part of a service graded like another?",
        sql="area_agreement.sql",
        family="area_against_area",
        parameters={"as_at": AS_AT, "cut_off_months": 3},
        tables=("inspections", "judgements"),
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
