"""What a council's page tells: who it is, every inspection with its grades and source, its figures, its neighbours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.charts.rows import Row, fetch

if TYPE_CHECKING:
    import duckdb

_AUTHORITIES = "SELECT * FROM authorities ORDER BY la_name, valid_to NULLS FIRST"
_CHANGES = """
SELECT changes.*, before.la_name AS predecessor, after.la_name AS successor
FROM authority_changes AS changes
INNER JOIN authorities AS before ON changes.predecessor_la_code = before.la_code
INNER JOIN authorities AS after ON changes.successor_la_code = after.la_code
ORDER BY vesting_date, predecessor, successor
"""
_INSPECTIONS = "SELECT * FROM inspections ORDER BY la_code, published DESC, inspection_id"
# The overall grade first, the areas then in the order of their names: frameworks differ in what they judge.
_JUDGEMENTS = """
SELECT inspection_id, area, grade::VARCHAR AS grade, grade_printed
FROM judgements
ORDER BY inspection_id, area <> 'overall', area
"""
_VISITS = "SELECT * FROM visits ORDER BY la_code, visit_start DESC"
_HELD = """
SELECT la_code, grade::VARCHAR AS grade, framework, inspection_start, published
FROM as_at($as_at, published_by := $published_by)
WHERE area = 'overall'
"""
# What a report printed of the authority, which may differ from the publishers' tables: both are kept.
_PRINTED = """
SELECT figures.la_code, measures.title, figures.time_period, figures.published_text, figures.published, figures.sheet
FROM area_statistics AS figures
INNER JOIN measures USING (measure)
WHERE figures.source_kind = 'report' AND figures.geographic_level = 'Local authority'
ORDER BY figures.la_code, figures.published DESC, measures.title, figures.time_period
"""
# A report that is here twice counts once.
_THEMES = """
SELECT inspection_id, theme, count(*) AS recommendations
FROM (
    SELECT recommendations.inspection_id, unnest(recommendations.themes) AS theme
    FROM recommendations
    INNER JOIN reports USING (file_id)
    WHERE reports.copy_of IS NULL AND recommendations.body = 'local_authority'
)
GROUP BY inspection_id, theme
ORDER BY inspection_id, recommendations DESC, theme
"""
_NAMES = "SELECT la_code, name FROM authority_names ORDER BY la_code, name"


@dataclass(frozen=True, slots=True)
class Inspection:
    """One graded inspection: its row, its overall grade if it has one, and the grades of its areas."""

    row: Row
    overall: str | None
    areas: tuple[Row, ...]
    themes: tuple[Row, ...] = ()

    @property
    def judged(self) -> list[tuple[str, str]]:
        """Every area with its grade, the overall one first."""
        overall = [("overall", self.overall)] if self.overall else []
        return [*overall, *((str(area["area"]), str(area["grade"])) for area in self.areas)]


@dataclass(frozen=True, slots=True)
class Council:
    """One authority and everything its page shows besides figures."""

    row: Row
    held: Row | None
    inspections: tuple[Inspection, ...]
    visits: tuple[Row, ...]
    predecessors: tuple[Row, ...]
    successors: tuple[Row, ...]
    names: tuple[str, ...]
    printed: tuple[Row, ...] = ()

    @property
    def la_code(self) -> str:
        """DfE's 3-digit code."""
        return str(self.row["la_code"])

    @property
    def la_name(self) -> str:
        """Its name; an abolished authority's with its last year, since two councils are called Dorset."""
        name, ended = str(self.row["la_name"]), self.row["valid_to"]
        return f"{name} (to {ended.year})" if ended else name

    @property
    def newer(self) -> tuple[Inspection, ...]:
        """Inspections whose reports came out after the one that counts on the stated day, the newest first."""
        if self.held is None:
            return ()
        return tuple(i for i in self.inspections if i.row["published"] > self.held["published"])

    @property
    def path(self) -> str:
        """Its page."""
        return f"councils/{self.la_code}.html"


def read_councils(connection: "duckdb.DuckDBPyConnection", as_at: date, published_by: date) -> list[Council]:
    """Every authority, by name; those that ended are among them."""
    bounds = {"as_at": as_at, "published_by": published_by}
    held = {row["la_code"]: row for row in fetch(connection, _HELD, bounds)}
    judged = _by(fetch(connection, _JUDGEMENTS), "inspection_id")
    inspections = _by(fetch(connection, _INSPECTIONS), "la_code")
    visits = _by(fetch(connection, _VISITS), "la_code")
    changes = fetch(connection, _CHANGES)
    before, after = _by(changes, "successor_la_code"), _by(changes, "predecessor_la_code")
    names = _by(fetch(connection, _NAMES), "la_code")
    printed = _by(fetch(connection, _PRINTED), "la_code")
    themes = _by(fetch(connection, _THEMES), "inspection_id")
    return [
        Council(
            row,
            held.get(row["la_code"]),
            tuple(
                _inspection(i, judged[i["inspection_id"]], themes[i["inspection_id"]])
                for i in inspections[row["la_code"]]
            ),
            tuple(visits[row["la_code"]]),
            tuple(before[row["la_code"]]),
            tuple(after[row["la_code"]]),
            tuple(n["name"] for n in names[row["la_code"]]),
            tuple(printed[row["la_code"]]),
        )
        for row in fetch(connection, _AUTHORITIES)
    ]


def _inspection(row: Row, judged: list[Row], themes: list[Row]) -> Inspection:
    overall = [j["grade"] for j in judged if j["area"] == "overall"]
    areas = tuple(j for j in judged if j["area"] != "overall")
    return Inspection(row, overall[0] if overall else None, areas, tuple(themes))


def _by(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups
