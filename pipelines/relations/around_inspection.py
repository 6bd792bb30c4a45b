"""A figure around an inspection: change from the base year by grade given and by move, own and against others."""

from typing import TYPE_CHECKING

from pipelines.relations.aligned import OVERLAP, WINDOW, Aligned
from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Rows, refuse
from pipelines.relations.bootstrap import drawn_quantiles, percentile_interval, redrawn
from pipelines.relations.inputs import GRADE_WORDS, GRADES
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

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
            found += _estimates(aligned, rows, column, f"{group}, year {step:+d}", against)
    return found


def pooled_change(
    aligned: Aligned, groups: tuple[str, ...], step: int, against: str = "itself", *, by: str = "grade"
) -> Estimate:
    """The mean change of the inspections of several grades (or moves) together."""
    column = AGAINST[against]
    rows = [r for r in aligned.rows if r[by] in groups and r["years_after"] == step and r[column] is not None]
    names = " or ".join(GRADE_WORDS.get(group, group) for group in groups)
    return _estimates(aligned, rows, column, f"{names}, year {step:+d}", against, ("mean",))[0]


def _estimates(
    aligned: Aligned,
    rows: Rows,
    column: str,
    group: str,
    against: str,
    kinds: tuple[str, ...] = ("mean", "median"),
) -> list[Estimate]:
    import numpy as np

    n, unit = len(rows), aligned.measure.unit
    names = [f"{kind} change against {against}" for kind in kinds]
    how = "each inspection once; bootstrap over authorities"
    if n < MINIMUM_N[_KIND]:
        return [refuse(name, group, _KIND, n, unit, how) for name in names]
    values = np.array([row[column] for row in rows])
    # Every authority of the answer is drawn, those of other groups too: as many are drawn as there are.
    place_of = {code: place for place, code in enumerate(aligned.codes)}
    places = np.array([place_of[row["la_code"]] for row in rows])
    times = redrawn(len(place_of))
    return [
        Estimate(
            name,
            group,
            float(values.mean() if kind == "mean" else np.median(values)),
            *_interval(values, places, times, kind == "mean"),
            n,
            unit,
            how,
        )
        for name, kind in zip(names, kinds, strict=True)
    ]


def _interval(values: "Array", places: "Places", times: "Array", is_mean: bool) -> tuple[float, float]:
    """The 95% percentile interval over redrawn authorities, each with all its inspections."""
    import numpy as np

    if not is_mean:
        return percentile_interval(drawn_quantiles(values, times[:, places], 0.5))
    size = times.shape[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = times @ np.bincount(places, values, size) / (times @ np.bincount(places, minlength=size))
    return percentile_interval(drawn)


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
