"""The neighbour laboratory: the same ten neighbours by mean or median, by the list of 2021 or of 2025.

DfE's tools average neighbours differently, so a council can be above its neighbours in one and below in the other.
"""

from collections.abc import Mapping
from statistics import fmean as mean
from statistics import median
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.relations.aligned import neighbours_by_authority
from pipelines.relations.answer import Answer, Estimate, Lost, Row, Rows
from pipelines.relations.inputs import GRADES, Measure, with_counts

if TYPE_CHECKING:
    import duckdb

EDITIONS = (2021, 2025)
#: Edition -> authority -> its neighbours, nearest first.
Lists = Mapping[int, Mapping[str, tuple[str, ...]]]
THRESHOLD = 3.0


def laboratory_rows(found: Rows, lists: Lists) -> tuple[list[Row], tuple[Lost, ...]]:
    """One row per authority: its figure, its neighbours' mean and median by each edition, its region's, its family's.

    `found` are the rows of `with_counts`. A family is the tenth of authorities alike in deprivation. A neighbour
    without a number does not count; `counted_2025` says how many did.
    """
    values = {row["la_code"]: row["value"] for row in found if row["value"] is not None}
    tenths = deprivation_tenths(found)
    regions = _medians(values, {row["la_code"]: row["region"] for row in found})
    families = _medians(values, tenths)
    rows, left = [], []
    for row in found:
        code = row["la_code"]
        if code not in values:
            left.append(row["la_name"])
            continue
        made: Row = {"la_code": code, "la_name": row["la_name"], "value": values[code]}
        for edition in EDITIONS:
            near = [values[n] for n in lists[edition].get(code, ()) if n in values]
            made |= {
                f"mean_{edition}": mean(near) if near else None,
                f"median_{edition}": median(near) if near else None,
                f"counted_{edition}": len(near),
            }
        shared = set(lists[2021].get(code, ())) & set(lists[2025].get(code, ()))
        made["shared_neighbours"] = len(shared) if code in lists[2021] and code in lists[2025] else None
        made |= {
            "region": row["region"],
            "region_median": regions[row["region"]],
            "deprivation_tenth": tenths.get(code),
            "family_median": families.get(tenths.get(code)),
        }
        rows.append(made)
    return rows, (Lost("figure not a number", tuple(left)),) if left else ()


def neighbour_lists(con: "duckdb.DuckDBPyConnection") -> Lists:
    """The neighbours of each authority, by edition."""
    return {edition: neighbours_by_authority(con, edition) for edition in EDITIONS}


def _medians(values: dict[str, float], groups: Mapping[str, Any]) -> dict[Any, float]:
    """The median of each group of authorities."""
    members: dict[Any, list[float]] = {}
    for code, value in values.items():
        if code in groups:
            members.setdefault(groups[code], []).append(value)
    return {group: median(found) for group, found in members.items()}


def deprivation_tenths(rows: Rows) -> dict[str, int]:
    """Authority -> tenth of authorities by deprivation, 1 least deprived."""
    ordered = sorted(
        (row for row in rows if row["deprivation"] is not None), key=lambda row: row["deprivation"]
    )
    return {row["la_code"]: 1 + 10 * place // len(ordered) for place, row in enumerate(ordered)}


def changes_side(row: Row, one: str, other: str) -> bool:
    """The council is above one of the two averages and not above the other (on an average is not above it)."""
    if row[one] is None or row[other] is None:
        return False
    return bool((row["value"] > row[one]) != (row["value"] > row[other]))


def side_changes(rows: Rows, edition: int) -> Estimate:
    """How many councils change side between the mean and the median of their neighbours of one list."""
    both = [row for row in rows if row[f"mean_{edition}"] is not None]
    sides = sum(changes_side(row, f"mean_{edition}", f"median_{edition}") for row in both)
    return Estimate(
        "changes side between mean and median",
        f"list of {edition}",
        sides,
        None,
        None,
        len(both),
        "councils",
        "count",
    )


def answer_laboratory(
    con: "duckdb.DuckDBPyConnection",
    measure: Measure,
    year: int,
    *,
    edition: int = 2025,
    threshold: float = THRESHOLD,
) -> Answer:
    """How much the choice of average and of list matters: who differs by the threshold, who changes side."""
    if edition not in EDITIONS:
        raise CouncilsError(
            f"There is no list of statistical neighbours of {edition}. There are: 2021, 2025."
        )
    rows, lost = laboratory_rows(with_counts(con, measure, year), neighbour_lists(con))
    mean_here, median_here = f"mean_{edition}", f"median_{edition}"
    both = [row for row in rows if row[mean_here] is not None]
    sides = [row["la_name"] for row in both if changes_side(row, mean_here, median_here)]
    editions = [row for row in rows if row["mean_2021"] is not None and row["mean_2025"] is not None]
    shared = [row["shared_neighbours"] for row in rows if row["shared_neighbours"] is not None]
    apart = sum(abs(row[mean_here] - row[median_here]) >= threshold for row in both)
    n, unit = len(both), "councils"
    estimates = (
        Estimate(
            f"mean and median differ by {threshold:g} or more",
            f"list of {edition}",
            apart,
            None,
            None,
            n,
            unit,
            "count",
        ),
        side_changes(both, edition),
        _editions(editions, "mean"),
        _editions(editions, "median"),
        Estimate(
            "neighbours in both lists", "of ten", mean(shared), None, None, len(shared), "neighbours", "mean"
        ),
    )
    return Answer(
        question=(
            f"Does it matter for {measure.title} in {year} whether neighbours are averaged by mean or median, by the list of 2021 "
            "or of 2025?"
        ),
        title=(
            f"{measure.title}, {year}: for {apart} of {n} councils the mean and the median of their neighbours ({edition}) differ by "
            f"{threshold:g} or more, and {len(sides)} change side"
        ),
        unit="authority",
        n=n,
        lost=lost,
        estimates=estimates,
        method=f"Mean and median of the neighbours with a number; lists of {' and '.join(map(str, EDITIONS))}.",
        adjusted_for=(),
        releases=tuple(sorted({f"statistical neighbours {e}" for e in EDITIONS})),
        caveats=(
            f"Change side between mean and median: {', '.join(sides) or 'none'}.",
            "Neighbours are alike in population, not in need on a given day; neither average is a target.",
        ),
        multiplicity="Counts over all councils; nothing is tested.",
        rows=tuple(rows),
    )


def _editions(rows: Rows, average: str) -> Estimate:
    moved = sum(changes_side(row, f"{average}_2021", f"{average}_2025") for row in rows)
    return Estimate(
        "changes side between the lists of 2021 and 2025",
        f"by {average}",
        moved,
        None,
        None,
        len(rows),
        "councils",
        "count",
    )


def neighbours_grades(grades: Mapping[str, str], near: tuple[str, ...]) -> Row:
    """How many of a council's neighbours hold each grade, and how many none."""
    return {
        **{f"neighbours_{grade}": sum(grades.get(n) == grade for n in near) for grade in GRADES},
        "neighbours_without_grade": sum(n not in grades for n in near),
    }
