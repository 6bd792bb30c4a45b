"""What a report says beside what the database holds of the same council: grade by grade, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.reports.record import Record, Statistic

if TYPE_CHECKING:
    import duckdb

_DAYS = 150  # a report is out within five months of its visit
_HELD = """
SELECT inspections.inspection_id, judgements.area, judgements.grade::VARCHAR AS grade, inspections.published
FROM inspections
INNER JOIN judgements USING (inspection_id)
WHERE inspections.la_code = $la_code AND inspections.framework = $framework
    AND (
        inspections.inspection_start = $first_day::DATE
        OR inspections.published BETWEEN $last_day::DATE AND $last_day::DATE + INTERVAL ($days) DAY
    )
"""
_NEWEST = """
SELECT judgements.area, judgements.grade::VARCHAR AS grade, inspections.published, inspections.inspection_id
FROM inspections
INNER JOIN judgements USING (inspection_id)
WHERE inspections.la_code = $la_code AND inspections.published < coalesce($last_day::DATE, current_date)
QUALIFY row_number() OVER (PARTITION BY judgements.area ORDER BY inspections.published DESC) = 1
"""
_FIGURE = """
SELECT value, source_id || ' ' || release
FROM area_statistics
WHERE la_code = $la_code AND measure = $measure AND time_period = $year AND is_current AND value IS NOT NULL
    AND geographic_level = 'Local authority'
"""
# The reports' name of a measure, where the statistics call it otherwise.
SAME_MEASURE = {"looked_after_out_of_area": "placed_outside_la"}


def beside(con: duckdb.DuckDBPyConnection, record: Record) -> list[str]:
    """Lines for the analyst: each grade and dated figure of the record and what the database has in its place."""
    if record.la_code is None:
        return ["  no authority was found in it, so there is nothing to set it beside"]
    return [*_grades(con, record), *_figures(con, record)]


def _grades(con: duckdb.DuckDBPyConnection, record: Record) -> Iterator[str]:
    about = {"la_code": record.la_code, "last_day": record.inspection_end}
    same = {**about, "framework": record.framework, "first_day": record.inspection_start, "days": _DAYS}
    held = {row[1]: row for row in con.execute(_HELD, same).fetchall()}
    earlier = {row[0]: row for row in con.execute(_NEWEST, about).fetchall()} if not held else {}
    for judgement in record.judgements:
        read = f"  {judgement.area:<28} {judgement.grade:<22} page {judgement.page or '–'}"
        if judgement.area in held:
            inspection, _, grade, _ = held[judgement.area]
            verdict = "the same" if grade == judgement.grade else f"differs: {grade}"
            yield f"{read}   database: {verdict} ({inspection})"
        elif judgement.area in earlier:
            _, grade, published, inspection = earlier[judgement.area]
            yield f"{read}   database: newest before it {grade}, {published:%Y-%m-%d} ({inspection})"
        else:
            yield f"{read}   database: none"


def _figures(con: duckdb.DuckDBPyConnection, record: Record) -> Iterator[str]:
    for figure in record.statistics:
        if not _is_comparable(figure):
            continue
        measure = SAME_MEASURE.get(figure.measure, figure.measure)
        parameters = {"la_code": record.la_code, "measure": measure, "year": int((figure.as_at or "")[:4])}
        held = con.execute(_FIGURE, parameters).fetchone()
        if held:
            name = f"{measure}, earlier" if figure.scope == "previous" else measure
            yield (
                f"  {name:<28} {figure.value:<22g} page {figure.page or '–'}   "
                f"database: {held[0]:g} at {figure.as_at} ({held[1]})"
            )


def _is_comparable(figure: Statistic) -> bool:
    """Whether DfE could print the same: a number of this authority, at a 31 March."""
    dated = figure.as_at is not None and figure.as_at.endswith("-03-31")
    return dated and figure.value is not None and figure.scope != "england"
