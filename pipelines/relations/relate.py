"""The door for notebooks and the command: one call, one answer, its rows and its chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.relations.answer import Answer, Row, lost_in_words
from pipelines.relations.grade_and_figure import relate_grade_and_figure
from pipelines.relations.inputs import find_area, find_measure, find_year, in_words
from pipelines.relations.pairs import Pairs, pair
from pipelines.relations.sensitivity import two_vintages

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.open import Drawn


_DOTS = (
    "A dot is a council; the long mark is the median, the bar and the figures in brackets its 95% interval."
)


@dataclass(frozen=True, slots=True, repr=False)
class Related:
    """An answer in a notebook: its estimates as a frame, the councils it stands on, and the chart of them."""

    answer: Answer
    pairs: Pairs
    #: Whether the answer holds on the figures as first published.
    check: str

    @property
    def rows(self) -> list[Row]:
        """The councils used, one row each."""
        return list(self.answer.rows)

    @property
    def frame(self) -> "pd.DataFrame":
        """The estimates, one row each."""
        import pandas as pd

        return pd.DataFrame(self.answer.table())

    def chart(self, width: int = 880) -> "Drawn":
        """A dot for each council by grade, medians with intervals, over the same rows."""
        from pipelines.charts.grade_and_figure import draw, tell
        from pipelines.charts.theme import frame
        from pipelines.open import Drawn

        rows = chart_rows(self.pairs)
        words = tell(rows).with_source(f"Source: {'; '.join(self.answer.releases)}.")
        which = (
            f"{self.pairs.rule_in_words} ({self.pairs.area.replace('_', ' ')}; reports out by "
            f"{in_words(self.pairs.published_by)})"
        )
        words = replace(
            words,
            title=f"{words.title}, by {self.pairs.rule_in_words}",
            subtitle=f"{self.pairs.measure.title}, {self.pairs.year}, by {which}. {_DOTS}",
            notes=(*words.notes, self.check, f"Not plotted: {lost_in_words(self.pairs.lost, names=True)}."),
        )
        return Drawn(frame(draw(rows, width), words, width), words, rows)

    def __repr__(self) -> str:
        from pipelines.relations.text import as_text

        return as_text(self.answer)


def relate(
    measure: str,
    *,
    area: str = "overall",
    year: int | None = None,
    adjust: Sequence[str] = (),
    grade_rule: str = "held",
    unit: str = "authority",
    as_at: date | None = None,
    published_by: date | None = None,
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> Related:
    """How a measure and a grade relate: one line of a notebook, or `councils relate`.

    Raises:
        CouncilsError: an unknown measure, year, area, rule, unit or adjustment; the nearest valid ones are named.
    """
    connected = con or _connection()
    found = find_measure(connected, measure)
    of_year = find_year(connected, found, year)
    known_area = find_area(connected, area)

    def paired(vintage: str) -> Pairs:
        return pair(
            connected,
            found,
            of_year,
            area=known_area,
            rule=grade_rule,
            as_at=as_at,
            published_by=published_by,
            vintage=vintage,
        )

    pairs = paired("current")
    answer = relate_grade_and_figure(connected, pairs, adjust=adjust, unit=unit)
    check = two_vintages(answer, relate_grade_and_figure(connected, paired("first"), unit=unit))
    return Related(replace(answer, caveats=(*answer.caveats, check)), pairs, check)


def _connection() -> Any:
    from pipelines.open import connection

    return connection()


def chart_rows(pairs: Pairs) -> list[Row]:
    """The pairs as the chart of grade and figure takes them, those without a grade or number included."""
    return [
        {
            **row,
            "measure": pairs.measure.name,
            "measure_title": pairs.measure.title,
            "unit": pairs.measure.unit,
            "decimals": pairs.measure.decimals,
            "polarity": pairs.measure.polarity,
            "time_period": pairs.year,
            "as_at": pairs.as_at,
            "published_by": pairs.published_by,
            "is_highlighted": False,
            "sources": "; ".join(s for s in (row["grade_source"], row["figure_source"]) if s),
        }
        for row in pairs.rows
    ]
