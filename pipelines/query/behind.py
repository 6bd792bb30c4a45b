"""The rows that a computed row is made from: of a view, of a table of answers, or of a point of a chart that counts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.query.formats import as_text
from pipelines.query.found import FoundRow, condition_of, rows_where
from pipelines.query.statement import quoted

if TYPE_CHECKING:
    import duckdb

ALL = 100_000
OVERALL = "overall"
Steps = list[tuple[str, str]]


def rows_of(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> list[FoundRow]:
    """The judgement and the figures that a row of a view or of a computed table stands on, found by what it says."""
    values = row.values
    found = [*_judged(con, values), *_measured(con, values)]
    return [r for r in found if r.table != row.table]


def _judged(con: "duckdb.DuckDBPyConnection", values: Mapping[str, Any]) -> Iterator[FoundRow]:
    inspection = values.get("inspection_id")
    if inspection is None and values.get("began") and values.get("la_code"):
        # A spell of a grade begins with the report that is seen first.
        day = {"la_code": values["la_code"], "published": values["began"]}
        inspections = rows_where(con, "inspections", condition_of(day, tuple(day)), 1)
        inspection = inspections[0].values["inspection_id"] if inspections else None
    if inspection is None:
        return
    judged = {"inspection_id": inspection, "area": values.get("area") or OVERALL}
    found = rows_where(con, "judgements", condition_of(judged, tuple(judged)))
    yield from found or rows_where(con, "inspections", f"inspection_id = {quoted(str(inspection))}")


def _measured(con: "duckdb.DuckDBPyConnection", values: Mapping[str, Any]) -> Iterator[FoundRow]:
    if not values.get("la_code"):
        return
    if values.get("measure"):
        measures = [str(values["measure"])]
    else:
        known = {str(r[0]) for r in con.execute("SELECT measure FROM measures").fetchall()}
        measures = [name for name in values if name in known and values[name] is not None]
    years = [values["time_period"]] if values.get("time_period") else []
    if values.get("base_year") and "years_after" in values:
        years = sorted({values["base_year"], values["base_year"] + values["years_after"]})
    if not measures or not years:
        return
    listed, of_years = ", ".join(map(quoted, measures)), ", ".join(str(y) for y in years)
    yield from rows_where(
        con,
        "area_statistics",
        f"is_current AND la_code = {quoted(str(values['la_code']))} AND measure IN ({listed}) "
        f"AND time_period IN ({of_years}) ORDER BY measure, time_period",
        ALL,
    )


def stands_on(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    """What else a computed row rests on, in words: an answer its releases and method, a check both its prints."""
    values = row.values
    steps: Steps = []
    if values.get("answer_id"):
        answer = f"answer_id = {quoted(str(values['answer_id']))}"
        for answered in rows_where(con, "relation_answers", answer, 1):
            steps += [
                ("question", str(answered.values["question"])),
                ("releases", str(answered.values["releases"])),
            ]
        steps += [
            (k, as_text(values[k])) for k in ("method", "n", "refused") if values.get(k) not in (None, "")
        ]
    for side in ("a", "b"):
        if values.get(f"place_{side}"):
            steps.append((f"print {side}", f"'{values[f'value_{side}']}' in {values[f'place_{side}']}"))
    if row.table in ("coverage", "england_sums"):
        query = (
            f"FROM area_statistics WHERE measure = '{values['measure']}' AND time_period = {values['time_period']} "
            "AND geographic_level = 'Local authority' AND is_current"
        )
        steps.append(("counts", f'the rows of: councils sql "{query}"'))
    return steps


def counted(con: "duckdb.DuckDBPyConnection", point: Mapping[str, str]) -> Iterator[FoundRow]:
    """The rows that a point of a chart counts, or takes a median of, where it has no row of its own."""
    if point.get("series") == "neighbours":
        yield from _of_neighbours(con, point)
    elif {"other_area", "other_grade", "panel"} <= set(point):
        yield from _of_two_areas(con, point)
    elif {"theme", "year", "reports_with_theme"} <= set(point):
        yield from _with_theme(con, point)
    elif {"measure", "time_period", "not_printed"} <= set(point):
        yield from _of_coverage(con, point)


def _of_coverage(con: "duckdb.DuckDBPyConnection", point: Mapping[str, str]) -> Iterator[FoundRow]:
    """The figures, or the reasons for none, of the authorities that existed on the day; what is not printed has no row."""
    cell = {"measure": point["measure"], "time_period": point["time_period"]}
    month = con.execute(
        "SELECT CASE WHEN as_at LIKE '%September%' THEN 9 ELSE 3 END FROM measures "
        f"WHERE measure = {quoted(point['measure'])}"
    ).fetchone()
    day = f"make_date({int(point['time_period'])}, {month[0] if month else 3}, 30)"
    existing = f"SELECT la_code FROM authorities WHERE coalesce(valid_from <= {day}, true) AND coalesce(valid_to >= {day}, true)"
    yield from rows_where(
        con,
        "area_statistics",
        f"{condition_of(cell, tuple(cell))} AND geographic_level = 'Local authority' AND is_current "
        f"AND source_kind = 'statistics' AND list_has_any(string_split(la_code, ' / '), (SELECT list(la_code) FROM ({existing}))) "
        "ORDER BY la_code",
        ALL,
    )


def _of_neighbours(con: "duckdb.DuckDBPyConnection", point: Mapping[str, str]) -> Iterator[FoundRow]:
    """The neighbours' figures that the median is of; those without a number are in none."""
    cell = {"measure": point["measure"], "time_period": point["time_period"]}
    edition = {"edition": point["neighbours_edition"]}
    of_neighbours = (
        "la_code IN (SELECT neighbour_la_code FROM statistical_neighbours WHERE "
        f"{condition_of(edition, ('edition',))} AND la_code IN (SELECT la_code FROM authorities "
        f"WHERE la_name = {quoted(point['council_name'])}))"
    )
    same = f"{condition_of(cell, tuple(cell))} AND is_current AND value IS NOT NULL AND {of_neighbours} ORDER BY la_code"
    yield from rows_where(con, "area_statistics", same, ALL)


def _of_two_areas(con: "duckdb.DuckDBPyConnection", point: Mapping[str, str]) -> Iterator[FoundRow]:
    """Both judgements of each inspection that gave the two grades together."""
    one, other = (
        f"SELECT inspection_id FROM judgements WHERE area = {quoted(point[area])} AND grade = {quoted(point[grade])}"
        for area, grade in (("area", "grade"), ("other_area", "other_grade"))
    )
    inspected = (
        "SELECT inspection_id FROM inspections WHERE framework = 'ilacs' "
        f"AND coalesce(inspection_start, published) <= {quoted(point['as_at'])} AND published <= {quoted(point['published_by'])}"
    )
    areas = f"area IN ({quoted(point['area'])}, {quoted(point['other_area'])})"
    both = " AND ".join(f"inspection_id IN ({query})" for query in (one, other, inspected))
    yield from rows_where(con, "judgements", f"{both} AND {areas} ORDER BY inspection_id, area", ALL)


def _with_theme(con: "duckdb.DuckDBPyConnection", point: Mapping[str, str]) -> Iterator[FoundRow]:
    """The recommendations of the year's reports that use the theme's words."""
    reports = (
        "SELECT inspection_id FROM inspections WHERE framework IN ('sif', 'sif_reinspection', 'ilacs') "
        f"AND year(published) = {int(point['year'])} AND published <= {quoted(point['as_at'])}"
    )
    spoken = f"body = 'local_authority' AND list_contains(themes, {quoted(point['theme'])}) AND inspection_id IN ({reports})"
    yield from rows_where(con, "recommendations", f"{spoken} ORDER BY file_id, position", ALL)
