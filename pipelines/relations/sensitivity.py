"""A grade beside a figure under other choices that were as good, and the check on first-published figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.relations.answer import Answer, Estimate
from pipelines.relations.choices import (
    ADJUSTMENT,
    FIRST_PUBLISHED,
    JOINT_ROWS,
    JOINT_TO_BOTH,
    METHOD,
    RULE,
    SMALL,
    VINTAGE,
    WITHOUT_SMALL,
    YEAR,
    Choice,
    Headline,
    side,
)
from pipelines.relations.grade_and_figure import correlations, relate_grade_and_figure, with_children
from pipelines.relations.inputs import Measure, read
from pipelines.relations.odds import odds_ratio
from pipelines.relations.pairs import RULES, Pairs, Question, pair_many
from pipelines.relations.words import number

if TYPE_CHECKING:
    import duckdb

ADJUSTED = (("deprivation",), ("deprivation", "region"), ("deprivation", "region", "size"))
#: The first reports on the present scale came out in February 2014; by 2016 every third council had one.
FIRST_YEAR = 2016


def grade_headlines(con: "duckdb.DuckDBPyConnection", asked: Sequence[tuple[Measure, int]]) -> list[Headline]:
    """The answer for each measure and year, adjusted for deprivation, with every other choice; read in one query."""
    questions = {(m.name, name): q for m, year in asked for name, q in _questions(con, m, year).items()}
    pairs = dict(zip(questions, pair_many(con, list(questions.values())), strict=True))
    return [
        _headline(con, {name: found for (measure, name), found in pairs.items() if measure == m.name})
        for m, _ in asked
    ]


def _questions(con: "duckdb.DuckDBPyConnection", measure: Measure, year: int) -> dict[str, Question]:
    """What is paired for one measure, by the choice it is for; the headline first."""
    found = {"headline": Question(measure, year)}
    found[FIRST_PUBLISHED] = Question(measure, year, vintage="first")
    found |= {f"grade rule: {rule}": Question(measure, year, rule=rule) for rule in RULES if rule != "held"}
    found[JOINT_TO_BOTH] = Question(measure, year, joint="both")
    years = [int(row["time_period"]) for row in read(con, "measure_years", {"measure": measure.name})]
    return found | {
        f"year {other}": Question(measure, other) for other in years if other != year and other >= FIRST_YEAR
    }


def _headline(con: "duckdb.DuckDBPyConnection", pairs: dict[str, Pairs]) -> Headline:
    own = pairs["headline"]
    answer = relate_grade_and_figure(con, own, adjust=("deprivation",))
    choices = [Choice(SMALL, WITHOUT_SMALL, rho(without_small(own)))]
    for name, found in pairs.items():
        if name.startswith(("year ", "grade rule")):
            choices.append(Choice(YEAR if name.startswith("year ") else RULE, name, rho(found)))
    choices += [
        *_adjusted(con, own),
        _joint(own, pairs[JOINT_TO_BOTH]),
        Choice(VINTAGE, FIRST_PUBLISHED, rho(pairs[FIRST_PUBLISHED])),
        Choice(METHOD, "unit child", rho(own, by_child=True)),
    ]
    return Headline(answer, answer.estimate("Spearman's rho"), 0.0, tuple(choices))


def _adjusted(con: "duckdb.DuckDBPyConnection", pairs: Pairs) -> list[Choice]:
    """The odds ratio unadjusted (beside the correlation), then adjusted (each beside the unadjusted)."""
    plain = odds_ratio(con, pairs, pairs.rows, ())
    found = [Choice(ADJUSTMENT, "unadjusted odds ratio", plain, against=plain, no_link=1.0)]
    for words in ADJUSTED:
        estimate = odds_ratio(con, pairs, pairs.rows, words)
        found.append(
            Choice(ADJUSTMENT, f"adjusted for {', '.join(words)}", estimate, against=plain, no_link=1.0)
        )
    return found


def _joint(own: Pairs, both: Pairs) -> Choice:
    if len(both.rows) == len(own.rows):
        return Choice(
            JOINT_ROWS, "does not apply", None, "no figure of two authorities together in this year"
        )
    return Choice(JOINT_ROWS, JOINT_TO_BOTH, rho(both))


def rho(pairs: Pairs, *, by_child: bool = False) -> Estimate:
    """Spearman's rho of the pairs."""
    return correlations(with_children(pairs, by_child)[0], by_child)[0]


def without_small(pairs: Pairs) -> Pairs:
    """The pairs without the two authorities where one child moves the figure."""
    return replace(pairs, rows=tuple(row for row in pairs.rows if not row["is_very_small"]))


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
