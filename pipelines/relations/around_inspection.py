"""A figure around an inspection: change from the base year by grade given and by move, own and against others."""

from typing import TYPE_CHECKING

from pipelines.relations.aligned import OVERLAP, WINDOW, Aligned
from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Row, Rows, refuse
from pipelines.relations.bootstrap import DRAWS, SEED
from pipelines.relations.inputs import GRADE_WORDS, GRADES
from pipelines.relations.words import interval, number

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_KIND = "change after an inspection"
#: What a change is set against, and the column it is in.
AGAINST = {"itself": "change", "neighbours": "against_neighbours", "England": "against_england"}
BY = {"grade": GRADES, "move": ("first", "improved", "same", "declined")}


def changes(aligned: Aligned, *, by: str = "grade", against: str = "itself") -> list[Estimate]:
    """Mean and median change from the base year for each group and year -4 to +4.

    The interval of a mean draws authorities again (several inspections of one council are no independent ones).
    """
    column = AGAINST[against]
    found = []
    for group in BY[by]:
        for step in WINDOW:
            if step == 0:
                continue
            rows = [
                r
                for r in aligned.rows
                if r[by] == group and r["years_after"] == step and r[column] is not None
            ]
            found += _estimates(rows, column, f"{group}, year {step:+d}", aligned.measure.unit, against)
    return found


def pooled_change(aligned: Aligned, grades: tuple[str, ...], step: int, against: str = "itself") -> Estimate:
    """The mean change of several grades' inspections together."""
    column = AGAINST[against]
    rows = [
        r for r in aligned.rows if r["grade"] in grades and r["years_after"] == step and r[column] is not None
    ]
    names = " or ".join(GRADE_WORDS[grade] for grade in grades)
    return _estimates(rows, column, f"{names}, year {step:+d}", aligned.measure.unit, against)[0]


def _estimates(rows: Rows, column: str, group: str, unit: str, against: str) -> list[Estimate]:
    import numpy as np

    n = len(rows)
    names = (f"mean change against {against}", f"median change against {against}")
    how = "each inspection once; bootstrap over authorities"
    if n < MINIMUM_N[_KIND]:
        return [refuse(name, group, _KIND, n, unit, how) for name in names]
    values = np.array([row[column] for row in rows])
    codes = [row["la_code"] for row in rows]
    return [
        Estimate(names[0], group, float(values.mean()), *_interval(values, codes, True), n, unit, how),
        Estimate(names[1], group, float(np.median(values)), *_interval(values, codes, False), n, unit, how),
    ]


def _interval(values: "Array", codes: list[str], is_mean: bool) -> tuple[float, float]:
    """The 95% percentile interval over redrawn authorities, each with all its inspections."""
    import numpy as np

    names, places = np.unique(codes, return_inverse=True)
    random = np.random.default_rng(SEED)
    times = random.multinomial(len(names), np.full(len(names), 1 / len(names)), DRAWS)[:, places]
    if is_mean:
        drawn = times @ values / times.sum(axis=1)
    else:
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(times[:, order], axis=1)
        drawn = values[order][(reached >= reached[:, -1:] / 2).argmax(axis=1)]
    lower, upper = np.quantile(drawn, [0.025, 0.975])
    return float(lower), float(upper)


def answer_around(aligned: Aligned, *, by: str = "grade", against: str = "itself") -> Answer:
    """The answer to "how did the figure change in the years round an inspection?", by grade given or by move."""
    estimates = changes(aligned, by=by, against=against)
    worst = next(
        e
        for e in estimates
        if e.group == f"{BY[by][-1]}, year +1" and e.name == f"mean change against {against}"
    )
    used = {row["inspection_id"] for row in aligned.rows if row["years_after"] == 0}
    return Answer(
        question=(
            f"How did {aligned.measure.title} change in the years before and after an inspection, by {by}, against {against}?"
        ),
        title=(
            f"{aligned.measure.title}: in the year after a report with {_group_words(by)}, a mean change against {against} of "
            f"{interval(worst, 1)}"
        ),
        unit="inspection",
        n=len(used),
        lost=aligned.lost,
        estimates=tuple(estimates),
        method=(
            "Change from the last figure on or before publication. Overlapping inspections: "
            f"{OVERLAP[aligned.overlap]} ({aligned.overlap}). Neighbours: {aligned.average} of the ten of {aligned.edition}."
        ),
        adjusted_for=() if against == "itself" else (f"the change of {against} in the same years",),
        releases=aligned.releases,
        caveats=(
            "Councils are inspected, and judged inadequate, for reasons that also move their figures; a change after a "
            "report is not a change by it.",
            "A figure far from usual in the base year tends to come back in the next, whatever is published.",
            "Two councils' years overlap in time: national changes are in the change against itself.",
        ),
        multiplicity=f"{len(estimates)} estimates are shown together; about one in twenty intervals misses by chance alone.",
        rows=aligned.rows,
    )


def _group_words(by: str) -> str:
    return "an inadequate grade" if by == "grade" else "a lower grade than before"


def in_a_line(estimate: Estimate) -> str:
    """`+8.3 (95% interval 4.9 to 12.1; n 74)`."""
    sign = "+" if (estimate.value or 0) > 0 else ""
    return sign + (interval(estimate, 1) if estimate.value is not None else number(None))


def rows_of_step(aligned: Aligned, step: int) -> list[Row]:
    """The aligned rows of one year after the base."""
    return [row for row in aligned.rows if row["years_after"] == step]
