"""Every authority's figures with those of its neighbours and England, read once for the whole site."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from pipelines.charts.rows import Row, fetch

if TYPE_CHECKING:
    import duckdb

_CURRENT = """
SELECT
    figures.la_code, figures.measure, figures.time_period, figures.value, figures.published_text,
    figures.value_status, figures.is_derived, figures.lower_95, figures.upper_95, figures.source_id, figures.release
FROM area_statistics AS figures
INNER JOIN measures USING (measure)
WHERE measures.role = 'measure' AND figures.is_current AND figures.source_kind = 'statistics'
    AND figures.geographic_level IN ('Local authority', 'National')
ORDER BY figures.measure, figures.la_code, figures.time_period
"""
_MEASURES = """
SELECT * FROM measures
WHERE measure IN (SELECT measure FROM area_statistics) AND role = 'measure'
ORDER BY title
"""
_NEIGHBOURS = """
SELECT la_code, edition, rank, neighbour_la_code, neighbour_la_name, closeness
FROM statistical_neighbours
QUALIFY edition = max(edition) OVER (PARTITION BY la_code)
ORDER BY la_code, rank
"""

#: One authority's rows of one measure, by year.
ByYear = dict[int, Row]


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one measure at one authority: its figure, its neighbours' median of how many, and England's figure."""

    year: int
    own: Row | None
    neighbours: float | None
    neighbours_counted: int
    england: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All current figures by measure and authority, the measures' registry, and the newest neighbours of each."""

    measures: Mapping[str, Row]
    values: Mapping[tuple[str, str], ByYear]
    neighbours: Mapping[str, list[Row]]
    printed_years: Mapping[str, list[int]]

    def series(self, measure: str, la_code: str) -> list[Point]:
        """The years for which the measure is printed at all, with the authority, its neighbours and England."""
        # Asking with `get` keeps the mappings as they are: what is not printed must not come to be by being asked for.
        england = self.values.get((measure, "ENG"), {})
        own = self.values.get((measure, la_code), {})
        near = [
            self.values.get((measure, n["neighbour_la_code"]), {}) for n in self.neighbours.get(la_code, [])
        ]
        points = []
        for year in sorted({*england, *own}):
            printed = [
                found[year]["value"] for found in near if year in found and found[year]["value"] is not None
            ]
            country = england[year]["value"] if year in england else None
            points.append(
                Point(year, own.get(year), median(printed) if printed else None, len(printed), country)
            )
        return points


def read_figures(connection: "duckdb.DuckDBPyConnection") -> Figures:
    """Read the measures' current figures in one query. The tool's own measures and the parts stay in the database."""
    values: dict[tuple[str, str], ByYear] = defaultdict(dict)
    years: dict[str, set[int]] = defaultdict(set)
    for row in fetch(connection, _CURRENT):
        values[row["measure"], row["la_code"]][row["time_period"]] = row
        years[row["measure"]].add(row["time_period"])
    neighbours: dict[str, list[Row]] = defaultdict(list)
    for row in fetch(connection, _NEIGHBOURS):
        neighbours[row["la_code"]].append(row)
    measures = {row["measure"]: row for row in fetch(connection, _MEASURES)}
    return Figures(measures, values, neighbours, {measure: sorted(found) for measure, found in years.items()})


def is_comparable(measure: Mapping[str, Any]) -> bool:
    """Whether councils of different size may stand on one axis: rates, percentages, means and scores, not counts."""
    return measure["kind"] not in ("count", "money")
