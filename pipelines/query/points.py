"""The rows of the database behind one point of a published chart, by what the chart's own row says of it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipelines.query.behind import counted
from pipelines.query.found import FoundRow, condition_of, rows_where
from pipelines.query.statement import quoted

if TYPE_CHECKING:
    import duckdb

Point = Mapping[str, str]
OVERALL = "overall"
# Columns that hold the day of the report whose grade a point shows.
REPORT_DAYS = ("published", "published_from", "published_to", "spell_start")


def rows_behind(con: "duckdb.DuckDBPyConnection", point: Point) -> list[FoundRow]:
    """The figures and judgements that the point draws or counts; none where it shows that there is none."""
    if point.get("file_id") or point.get("position"):
        found = list(_reported(con, point))
    else:
        found = [*_figures(con, point), *_judgements(con, point), *_counted(con, point)] or list(
            counted(con, point)
        )
    return list({(row.table, tuple(map(str, row.values.values()))): row for row in found}.values())


def _figures(con: "duckdb.DuckDBPyConnection", point: Point) -> Iterator[FoundRow]:
    for measure in _measures(con, point):
        for year in _years(point):
            cell = {"measure": measure, "time_period": year}
            # Two councils that print one figure together are one row, under both codes.
            of_council = f"list_contains(string_split(la_code, ' / '), {quoted(point['la_code'])})"
            same = f"{condition_of(cell, tuple(cell))} AND is_current AND {of_council}"
            yield from rows_where(con, "area_statistics", same)


def _measures(con: "duckdb.DuckDBPyConnection", point: Point) -> list[str]:
    """The measures of a point; of a ratio both."""
    if not point.get("la_code"):
        return []
    if point.get("measure"):
        return point["measure"].split(" / ")
    title = point.get("measure_title")
    rows = (
        con.execute(f"SELECT measure FROM measures WHERE title = {quoted(title)}").fetchall() if title else []
    )
    return [str(r[0]) for r in rows]


def _years(point: Point) -> list[str]:
    if point.get("time_period"):
        return [point["time_period"]]
    if point.get("base_year"):
        # A change from the base: the figure of the year and the one it is compared with.
        years = {int(point["base_year"]), int(point["base_year"]) + int(point.get("years_after") or 0)}
        return [str(year) for year in sorted(years)]
    return []


def _judgements(con: "duckdb.DuckDBPyConnection", point: Point) -> Iterator[FoundRow]:
    # A chart of a report's figures has the report's day too, and draws no grade.
    if not point.get("la_code") or not {"grade", "grade_from", "grade_to"} & set(point):
        return
    for column in REPORT_DAYS:
        if not point.get(column):
            continue
        key = {"la_code": point["la_code"], "published": point[column]}
        if column == "published" and point.get("inspection_id"):
            key = {"inspection_id": point["inspection_id"]}
        for inspection in rows_where(con, "inspections", condition_of(key, tuple(key))):
            judged = {
                "inspection_id": inspection.values["inspection_id"],
                "area": point.get("area") or OVERALL,
            }
            yield from rows_where(con, "judgements", condition_of(judged, tuple(judged)))


def _reported(con: "duckdb.DuckDBPyConnection", point: Point) -> Iterator[FoundRow]:
    """A figure that a report prints, beside the official one; and a milestone of a plan."""
    if point.get("file_id") and point.get("measure"):
        key = {c: point[c] for c in ("file_id", "measure", "page", "as_at")}
        yield from rows_where(con, "report_statistics", condition_of(key, tuple(key)))
        official = {
            "la_code": point["la_code"],
            "measure": point["measure"],
            "time_period": point["as_at"][:4],
        }
        yield from rows_where(
            con, "area_statistics", f"{condition_of(official, tuple(official))} AND is_current"
        )
    if point.get("position") and point.get("action"):
        key = {c: point[c] for c in ("position", "action")}
        of_council = (
            f"la_code IN (SELECT la_code FROM authorities WHERE la_name = {quoted(point['la_name'])})"
        )
        yield from rows_where(con, "plan_milestones", f"{condition_of(key, tuple(key))} AND {of_council}")


def _counted(con: "duckdb.DuckDBPyConnection", point: Point) -> Iterator[FoundRow]:
    """The judgements that a bar of a profile of grades counts, of one area and, where regions are beside another, region."""
    if not {"authorities", "grade", "as_at", "published_by"} <= set(point):
        return
    panel = {point["panels_are"]: point["panel"]} if point.get("panels_are") else {}
    # The chart puts Inner and Outer London together.
    in_region = f" AND authorities.region LIKE {quoted('%' + panel['region'])}" if "region" in panel else ""
    counted = con.execute(
        f"SELECT inspection_id FROM as_at({quoted(point['as_at'])}, published_by := {quoted(point['published_by'])}) AS held "
        f"INNER JOIN authorities USING (la_code) WHERE area = {quoted(panel.get('area', OVERALL))} "
        f"AND grade = {quoted(point['grade'])}{in_region}"
    ).fetchall()
    for (inspection,) in counted:
        judged = {"inspection_id": inspection, "area": panel.get("area", OVERALL)}
        yield from rows_where(con, "judgements", condition_of(judged, tuple(judged)))
