"""Judgement with judgement: how far the areas of one inspection agree, which parts from the overall grade, which moves first."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipelines.relations.answer import MINIMUM_N, Answer, Estimate, Lost, Row, Rows, refuse
from pipelines.relations.inputs import GRADE_RANKS, in_words, read
from pipelines.relations.words import interval

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_KIND = "agreement"


def graded_inspections(
    con: "duckdb.DuckDBPyConnection",
    *,
    framework: str | None = None,
    first: date | None = None,
    as_at: date | None = None,
    published_by: date | None = None,
) -> list[Row]:
    """One row per inspection since 2013 with `grades` (area -> grade), of one framework and span of visits if asked.

    An area that was not judged is absent. `as_at` bounds the visit (the report where no visit is known),
    `published_by` the report.
    """
    found: dict[str, Row] = {}
    for row in read(con, "areas_of_inspections"):
        visited = row["inspection_start"] or row["published"]
        if framework and row["framework"] != framework:
            continue
        if (first and visited < first) or (as_at and visited > as_at):
            continue
        if published_by and row["published"] > published_by:
            continue
        kept = found.setdefault(row["inspection_id"], {**row, "grades": {}, "sources": set()})
        kept["sources"].add(row["source"])
        if row["grade"] != "not_judged":
            kept["grades"][row["area"]] = row["grade"]
    return list(found.values())


def agreement(rows: Rows, one: str, other: str, *, within: str = "") -> Answer:
    """How far two areas of the same inspection agree: share equal, weighted kappa, polychoric correlation."""
    both = [row for row in rows if one in row["grades"] and other in row["grades"]]
    without = tuple(f"{row['la_name']} {row['published']}" for row in rows if row not in both)
    pairs = [(GRADE_RANKS[row["grades"][one]], GRADE_RANKS[row["grades"][other]]) for row in both]
    estimates = agreement_estimates(pairs, f"{one} with {other}")
    names = f"{area_words(one)} and {area_words(other)}"
    return Answer(
        question=f"How often do {names} get the same grade in one inspection{within}, and how closely do they agree?",
        title=f"The grades of {names} are equal in {interval(estimates[0], 1)} per cent of inspections{within}",
        unit="inspection",
        n=len(pairs),
        lost=(Lost("one of the two areas not judged", without),) if without else (),
        estimates=tuple(estimates),
        method=(
            "Share equal with its Wilson interval; Cohen's kappa with linear weights; polychoric correlation by maximum "
            "likelihood with its likelihood interval."
        ),
        adjusted_for=(),
        releases=tuple(sorted({s for row in both for s in row["sources"]})),
        caveats=(
            "Inspectors judge the areas together and one judgement may bound another, so agreement is not evidence of "
            "independent findings.",
            "A council inspected more than once counts once for each inspection.",
        ),
        multiplicity="Several pairs of areas are usually asked at once; the intervals are not widened for that.",
        rows=tuple(
            {"inspection_id": r["inspection_id"], one: r["grades"][one], other: r["grades"][other]}
            for r in both
        ),
    )


def agreement_estimates(pairs: Sequence[tuple[int, int]], group: str) -> list[Estimate]:
    """Share equal, weighted kappa and polychoric correlation of pairs of ranks 1 to 4."""
    n = len(pairs)
    names = (
        ("share equal", "per cent"),
        ("weighted kappa", "kappa"),
        ("polychoric correlation", "correlation"),
    )
    if n < MINIMUM_N[_KIND]:
        return [refuse(name, group, _KIND, n, unit, name) for name, unit in names]
    return [share_equal(pairs, group), _kappa(pairs, group), _polychoric(pairs, group)]


def weighted_kappa(pairs: Sequence[tuple[int, int]], group: str) -> Estimate:
    """The weighted kappa alone, refused under the declared number."""
    if len(pairs) < MINIMUM_N[_KIND]:
        return refuse("weighted kappa", group, _KIND, len(pairs), "kappa", "weighted kappa")
    return _kappa(pairs, group)


def _counts(pairs: Sequence[tuple[int, int]]) -> "Array":
    import numpy as np

    table = np.zeros((len(GRADE_RANKS), len(GRADE_RANKS)))
    for one, other in pairs:
        table[one - 1, other - 1] += 1
    return table


def share(k: int, n: int, name: str, group: str) -> Estimate:
    """k of n in per cent with Wilson's interval."""
    from statsmodels.stats.proportion import proportion_confint

    if n == 0:
        return Estimate(name, group, None, None, None, 0, "per cent", "share", refused="there are none")
    lower, upper = proportion_confint(k, n, method="wilson")
    return Estimate(
        name, group, 100 * k / n, 100 * lower, 100 * upper, n, "per cent", f"{k} of {n}, Wilson interval"
    )


def share_equal(pairs: Sequence[tuple[int, int]], group: str) -> Estimate:
    """The share of pairs with the same grade."""
    return share(sum(one == other for one, other in pairs), len(pairs), "share equal", group)


def _kappa(pairs: Sequence[tuple[int, int]], group: str) -> Estimate:
    from statsmodels.stats.inter_rater import cohens_kappa

    name, method = "weighted kappa", "Cohen's kappa, linear weights, asymptotic interval"
    table = _counts(pairs)
    if (table.sum(axis=0) > 0).sum() < 2 or (table.sum(axis=1) > 0).sum() < 2:
        return Estimate(
            name, group, None, None, None, len(pairs), "kappa", method, refused="one of the two does not vary"
        )
    found = cohens_kappa(table, wt="linear")
    return Estimate(
        name,
        group,
        float(found.kappa),
        float(found.kappa_low),
        float(found.kappa_upp),
        len(pairs),
        "kappa",
        method,
    )


def _polychoric(pairs: Sequence[tuple[int, int]], group: str) -> Estimate:
    from pipelines.relations.polychoric import polychoric

    name, method = "polychoric correlation", "two-step maximum likelihood, likelihood interval"
    table = _counts(pairs)
    if (table.sum(axis=0) > 0).sum() < 2 or (table.sum(axis=1) > 0).sum() < 2:
        return Estimate(
            name,
            group,
            None,
            None,
            None,
            len(pairs),
            "correlation",
            method,
            refused="one of the two does not vary",
        )
    return Estimate(name, group, *polychoric(table), len(pairs), "correlation", method)


def by_span(rows: Rows, one: str, other: str) -> list[Estimate]:
    """Agreement of two areas by framework and by year of publication."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        if one in row["grades"] and other in row["grades"]:
            pair = (GRADE_RANKS[row["grades"][one]], GRADE_RANKS[row["grades"][other]])
            for key in (row["framework"], str(row["published"].year)):
                groups.setdefault(key, []).append(pair)
    return [e for key in sorted(groups) for e in agreement_estimates(groups[key], key)]


def one_grade_throughout(rows: Rows) -> Estimate:
    """The share of inspections whose overall grade and areas are all the same, care leavers' own judgement apart."""
    alike = sum(
        len({grade for area, grade in row["grades"].items() if area != "care_leavers"}) == 1 for row in rows
    )
    return share(alike, len(rows), "one grade throughout", "all areas but care leavers' own")


def apart_from_overall(rows: Rows) -> list[Estimate]:
    """For each area: how often it is worse, or better, than the overall grade; and how often it alone is as bad.

    "alone as bad" counts inspections whose overall grade is matched or passed downwards by this area only.
    """
    found = []
    for area in sorted({area for row in rows for area in row["grades"]} - {"overall"}):
        both = [row["grades"] for row in rows if area in row["grades"] and "overall" in row["grades"]]
        gaps = [GRADE_RANKS[grades[area]] - GRADE_RANKS[grades["overall"]] for grades in both]
        found += [
            share(sum(gap > 0 for gap in gaps), len(gaps), "worse than overall", area),
            share(sum(gap < 0 for gap in gaps), len(gaps), "better than overall", area),
            share(sum(_alone(grades, area) for grades in both), len(both), "alone as bad as overall", area),
        ]
    return found


def answer_apart(rows: Rows, within: str) -> Answer:
    """Which area sinks or lifts the overall grade: how often each is worse, better, or alone as bad as it."""
    estimates = (one_grade_throughout(rows), *apart_from_overall(rows))
    alone = [e for e in estimates if e.name == "alone as bad as overall" and e.value is not None]
    most = max(alone, key=lambda e: e.value or 0.0)
    return Answer(
        question=f"Which area is worse or better than the overall grade{within}, and which alone is as bad?",
        title=(
            f"{area_words(most.group).capitalize()} alone is as bad as the overall grade in {interval(most, 1)} per cent of "
            f"inspections{within}, the most of any area"
        ),
        unit="inspection",
        n=len(rows),
        lost=(),
        estimates=estimates,
        method="Shares of the inspections that judge the area, with Wilson intervals.",
        adjusted_for=(),
        releases=tuple(sorted({s for row in rows for s in row["sources"]})),
        caveats=(
            "The same inspectors judge all areas in the same weeks, and a framework can bound the overall grade by an area's.",
            "Areas differ in how often they are judged: care leavers' own judgement began in January 2023.",
        ),
        multiplicity=f"{len(estimates)} shares are shown together; each interval stands alone.",
        rows=tuple({"inspection_id": r["inspection_id"], **r["grades"]} for r in rows),
    )


def _alone(grades: dict[str, str], area: str) -> bool:
    overall = GRADE_RANKS[grades["overall"]]
    as_bad = {name for name, grade in grades.items() if name != "overall" and GRADE_RANKS[grade] >= overall}
    return as_bad == {area} and len(grades) > 2


def area_words(area: str) -> str:
    return "leaders" if area == "leadership" else area.replace("_", " ")


def of_ilacs(con: "duckdb.DuckDBPyConnection", as_at: date, published_by: date) -> tuple[list[Row], str]:
    """The ILACS inspections visited by a date, and the words for them."""
    rows = graded_inspections(con, framework="ilacs", as_at=as_at, published_by=published_by)
    return rows, f" under ILACS to {in_words(as_at)}"
