"""The columns of a regression: the figure in standard deviations, and what the user adjusts for."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.relations.answer import Lost, Row, Rows
from pipelines.relations.inputs import GRADE_RANKS, GRADES, Measure, figures, find_measure, find_year
from pipelines.relations.pairs import Pairs

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

#: What can be adjusted for by a word; any other word must be a measure.
NAMED = {
    "deprivation": "deprivation (average score of the Index of Multiple Deprivation 2019)",
    "region": "region (ten, London as Inner and Outer)",
    "size": "size (logarithm of children aged 0 to 17)",
}


@dataclass(frozen=True, slots=True)
class Design:
    """Grades from 0 (best), columns (the figure first, in standard deviations), children, and who was lost."""

    y: "Places"
    x: "Array"
    children: "Array"
    grades: tuple[str, ...]
    deviation: float
    adjusted_for: tuple[str, ...]
    lost: tuple[Lost, ...]
    #: The columns that are numbers; the others say which region.
    numeric: tuple[int, ...]


def design(con: "duckdb.DuckDBPyConnection", pairs: Pairs, rows: Rows, adjust: Sequence[str]) -> Design:
    """The design of a regression of the grade on the figure and what is adjusted for.

    Raises:
        CouncilsError: a word to adjust for is neither named here nor a measure.
    """
    import numpy as np

    covariates = {word: _covariate(con, pairs, word) for word in dict.fromkeys(adjust)}
    used, lost = _complete(rows, covariates)
    grades = tuple(grade for grade in GRADES if any(row["grade"] == grade for row in used))
    places = {grade: place for place, grade in enumerate(sorted(grades, key=GRADE_RANKS.__getitem__))}
    figure = np.array([row["value"] for row in used], float)
    deviation = float(figure.std(ddof=1)) if len(figure) > 1 else 0.0
    columns = [(figure - figure.mean()) / deviation if deviation > 0 else figure]
    numeric = [0]
    for word, found in covariates.items():
        if word != "region":
            numeric.append(len(columns))
        columns += _columns(word, [found[row["la_code"]] for row in used])
    return Design(
        y=np.array([places[row["grade"]] for row in used], dtype=np.intp),
        x=np.column_stack(columns),
        children=np.array([row["children"] or 0 for row in used], float),
        grades=grades,
        deviation=deviation,
        adjusted_for=tuple(_in_words(con, pairs, word) for word in covariates),
        lost=lost,
        numeric=tuple(numeric),
    )


def _covariate(con: "duckdb.DuckDBPyConnection", pairs: Pairs, word: str) -> dict[str, float | str]:
    """The value of what is adjusted for, by authority; authorities without one are absent."""
    if word == "deprivation":
        return {row["la_code"]: row["deprivation"] for row in pairs.rows if row["deprivation"] is not None}
    if word == "region":
        return {row["la_code"]: row["region"] for row in pairs.rows if row["region"]}
    if word == "size":
        import math

        return {row["la_code"]: math.log(row["children"]) for row in pairs.rows if row["children"]}
    year = find_year(con, _measure(con, word), pairs.year)
    found = figures(con, word, year, year)
    return {row["la_code"]: row["value"] for row in found}


def _measure(con: "duckdb.DuckDBPyConnection", word: str) -> Measure:
    try:
        return find_measure(con, word)
    except CouncilsError as error:
        near = get_close_matches(word.lower(), NAMED, n=1, cutoff=0.6)
        hint = f"The nearest: '{near[0]}'." if near else str(error)
        raise CouncilsError(
            f"'{word}' can not be adjusted for: it is neither {', '.join(NAMED)} nor a measure. {hint}"
        ) from error


def _complete(
    rows: Rows, covariates: dict[str, dict[str, float | str]]
) -> tuple[list[Row], tuple[Lost, ...]]:
    used: list[Row] = []
    left: dict[str, list[str]] = {word: [] for word in covariates}
    for row in rows:
        missing = [word for word, found in covariates.items() if row["la_code"] not in found]
        if missing:
            left[missing[0]].append(row["la_name"])
        else:
            used.append(row)
    return used, tuple(
        Lost(f"{word} not printed (from the adjusted estimates only)", tuple(names))
        for word, names in left.items()
        if names
    )


def _columns(word: str, values: "list[float | str]") -> "list[Array]":
    import numpy as np

    if word == "region":
        names = sorted(set(values), key=str)
        return [np.array([value == name for value in values], float) for name in names[1:]]
    column = np.array(values, float)
    deviation = column.std(ddof=1)
    return [(column - column.mean()) / deviation if deviation > 0 else column]


def _in_words(con: "duckdb.DuckDBPyConnection", pairs: Pairs, word: str) -> str:
    if word in NAMED:
        return NAMED[word]
    return f"{find_measure(con, word).title} ({pairs.year})"
