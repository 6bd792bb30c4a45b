"""Does an answer hold under other choices that were as good? One row per choice, the headline first."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipelines.relations.answer import Answer, Row
from pipelines.relations.grade_and_figure import relate_grade_and_figure
from pipelines.relations.inputs import Measure, read
from pipelines.relations.pairs import JOINT, RULES, Pairs, pair
from pipelines.relations.words import number

if TYPE_CHECKING:
    import duckdb

HEADLINE = "headline: grade held, latest figures, unadjusted, each authority once"
ADJUSTED = (("deprivation",), ("deprivation", "region"), ("deprivation", "region", "size"))
_ODDS = "odds ratio of a worse grade per standard deviation"


def sensitivity(
    con: "duckdb.DuckDBPyConnection", measure: Measure, year: int, *, area: str = "overall"
) -> list[Row]:
    """One row per choice: Spearman's rho and the odds ratio with intervals, n, and whether the answer changes.

    An answer changes where its interval goes over to the other side of no link: from clear to unclear, from unclear to
    clear, or from one direction to the other.
    """
    headline = relate_grade_and_figure(con, pair(con, measure, year, area=area))
    rows = [_row(HEADLINE, measure, year, area, headline, headline, _ODDS, "unadjusted")]
    for choice, answer, group in _choices(con, measure, year, area):
        rows.append(_row(choice, measure, year, area, answer, headline, _ODDS, group))
    return rows


def _choices(
    con: "duckdb.DuckDBPyConnection", measure: Measure, year: int, area: str
) -> Iterable[tuple[str, Answer, str]]:
    pairs = pair(con, measure, year, area=area)
    yield (
        "without City of London and Isles of Scilly",
        relate_grade_and_figure(con, without_small(pairs)),
        "unadjusted",
    )
    first = pair(con, measure, year, area=area, vintage="first")
    yield "figures as first published", relate_grade_and_figure(con, first), "unadjusted"
    for rule in [rule for rule in RULES if rule != "held"]:
        answer = relate_grade_and_figure(con, pair(con, measure, year, area=area, rule=rule))
        yield f"grade rule: {rule}", answer, "unadjusted"
    both = pair(con, measure, year, area=area, joint="both")
    if len(both.rows) != len(pairs.rows):
        yield JOINT["both"], relate_grade_and_figure(con, both), "unadjusted"
    yield "unit child", relate_grade_and_figure(con, pairs, unit="child"), "unadjusted"
    for words in ADJUSTED:
        if measure.name == "imd_2019_average_score":
            continue
        yield (
            f"adjusted for {', '.join(words)}",
            relate_grade_and_figure(con, pairs, adjust=words),
            "adjusted",
        )
    for other in _other_years(con, measure, year):
        yield (
            f"year {other}",
            relate_grade_and_figure(con, pair(con, measure, other, area=area)),
            "unadjusted",
        )


def _other_years(con: "duckdb.DuckDBPyConnection", measure: Measure, year: int) -> list[int]:
    found = [int(row["time_period"]) for row in read(con, "measure_years", {"measure": measure.name})]
    # The first reports on the present scale came out in February 2014; by 2016 every third council had one.
    return [other for other in found if other != year and other >= 2016]


def without_small(pairs: Pairs) -> Pairs:
    """The pairs without the two authorities where one child moves the figure."""
    kept = tuple(row for row in pairs.rows if not row["is_very_small"])
    return Pairs(
        pairs.measure,
        pairs.year,
        pairs.area,
        pairs.rule,
        pairs.as_at,
        pairs.published_by,
        pairs.vintage,
        kept,
        pairs.lost,
        pairs.releases,
    )


def _row(
    choice: str,
    measure: Measure,
    year: int,
    area: str,
    answer: Answer,
    headline: Answer,
    odds_name: str,
    group: str,
) -> Row:
    rho = answer.estimate("Spearman's rho")
    odds = answer.estimate(odds_name, group)
    before = (
        headline.estimate(odds_name, "unadjusted")
        if group == "adjusted"
        else headline.estimate("Spearman's rho")
    )
    after, null = (odds, 1.0) if group == "adjusted" else (rho, 0.0)
    return {
        "measure": measure.name,
        "year": year,
        "area": area,
        "choice": choice,
        "n": answer.n,
        "spearman": rho.value,
        "spearman_lower_95": rho.lower,
        "spearman_upper_95": rho.upper,
        "odds_ratio": odds.value,
        "odds_ratio_lower_95": odds.lower,
        "odds_ratio_upper_95": odds.upper,
        "refused": odds.refused or rho.refused,
        "answer_changes": None
        if after.lower is None or before.lower is None
        else side(before.lower, before.upper, null) != side(after.lower, after.upper, null),
    }


def side(lower: float | None, upper: float | None, null: float) -> int:
    """1 or -1 where an interval lies wholly on one side of no link, else 0."""
    if lower is None or upper is None:
        return 0
    return 1 if lower > null else -1 if upper < null else 0


def two_vintages(current: Answer, first: Answer) -> str:
    """A sentence: does the answer hold on the figures as first published?"""
    now, then = current.estimate("Spearman's rho"), first.estimate("Spearman's rho")
    before = {row["la_code"]: row["value"] for row in first.rows}
    revised = sum(before.get(row["la_code"]) != row["value"] for row in current.rows)
    if not revised:
        return "No figure used here has been revised since it was first published."
    if now.lower is None or then.lower is None:
        return "Too few figures to set the first published beside the latest."
    held = side(now.lower, now.upper, 0) == side(then.lower, then.upper, 0)
    figures = (
        f"({revised} of {current.n} figures revised; Spearman {number(then.value)} then, n {then.n}; "
        f"{number(now.value)} now, n {now.n})"
    )
    if held:
        return f"The answer holds on the figures as first published {figures}."
    return f"THE ANSWER CHANGES on the figures as first published {figures}."


def changed(rows: Sequence[Row]) -> list[str]:
    """The choices under which the answer changes."""
    return [row["choice"] for row in rows if row["answer_changes"]]
