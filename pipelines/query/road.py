"""The road of a row: from what is shown back to the publisher's file, place and words, with every rule on the way."""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.query.behind import rows_of, stands_on
from pipelines.query.charted import charts_with
from pipelines.query.engine import connect
from pipelines.query.formats import as_text
from pipelines.query.found import FoundRow, by_key, by_words, condition_of, rows_where
from pipelines.query.statement import quoted
from pipelines.query.vocabulary import about, column_types
from pipelines.warehouse import describe

if TYPE_CHECKING:
    import duckdb

# Columns that hold words as the publisher prints them, wherever they stand.
PRINTED = ("published_text", "printed", "framework_printed", "due_printed")
# Where the other printings of a row stand, and the columns that say it is the same thing.
WITNESSES = {
    "area_statistics": ("area_statistics", ("geographic_level", "la_code", "measure", "time_period")),
    "judgements": ("judgement_sources", ("inspection_id", "area")),
    "judgement_sources": ("judgement_sources", ("inspection_id", "area")),
    "inspections": ("inspection_sources", ("inspection_id",)),
    "inspection_sources": ("inspection_sources", ("inspection_id",)),
}
PLACES = ("list", "sheet", "page", "row", "slot", "column", "breakdown", "position", "paragraph")
Steps = list[tuple[str, str]]
# Of a point that counts more rows than this each is a line, not a road.
MOST_ROADS = 6
MOST_LINES = 200


def trace_command(args: argparse.Namespace) -> str:
    """The text of `councils trace`.

    Raises:
        CouncilsError: the words name nothing, or not enough of them are given.
    """
    with connect() as con:
        if args.chart:
            from pipelines.query.charted import rows_of_point

            found = rows_of_point(con, args.chart, args.key)
        elif args.table:
            found = by_key(con, args.table, args.key)
            if len(found) > MOST_ROADS:
                return _lines(con, found, "have this key; name more of it for a road")
        elif args.council and args.what:
            found = by_words(con, args.council, args.what, args.when)
        else:
            raise CouncilsError(
                "Name a council and a measure or area (councils trace Essex looked_after 2020), or --table."
            )
        if len(found) > MOST_ROADS:
            return _lines(con, found, "stand behind it")
        return "\n\n".join(_shown(road(con, row)) for row in found)


def _lines(con: "duckdb.DuckDBPyConnection", rows: list[FoundRow], what: str) -> str:
    """A line for each row with the place it was read from, as many as can be looked through, and how many there are."""
    tables = " and ".join(dict.fromkeys(row.table for row in rows))
    first = f"{len(rows):,} rows of {tables} {what}" + (
        f"; the first {MOST_LINES}" if len(rows) > MOST_LINES else ""
    )
    lines = []
    for row in rows[:MOST_LINES]:
        steps = dict([("row", _identity(con, row)), *_what(row), *_file(con, row)])
        lines.append(
            f"{steps['row']}  {steps.get('shows', '')}  {steps.get('file', steps.get('from', ''))}, {steps.get('place', '')}"
        )
    return "\n".join([f"{first}:", *lines])


def _shown(steps: Steps) -> str:
    width = max(len(label) for label, _ in steps)
    return "\n".join(f"{label.ljust(width)}  {text}" for label, text in steps)


def road(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    """The steps of one row of any curated table, as (label, text), from what is shown to where it was read."""
    steps = [("row", _identity(con, row)), *_what(row)]
    steps += _file(con, row)
    steps += _printed(row)
    steps += _symbol(con, row)
    steps += _correction(con, row)
    steps += _parts(con, row)
    steps += _made_from(con, row)
    steps += _witnesses(con, row)
    steps += _rules(row)
    steps += [("chart", text) for text in charts_with(row)]
    return steps


def _identity(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> str:
    key = [k for k in about(con, row.table).key if k in row.values]
    listed = ", ".join(f"{k}={as_text(row.values[k])}" for k in key if row.values[k] is not None)
    return f"{row.table}: {listed}"


def _what(row: FoundRow) -> Steps:
    values = row.values
    if row.table == "area_statistics":
        shown = f"{as_text(values['value'])} {values['unit']}" if values["value"] is not None else "no number"
        current = "current" if values["is_current"] else "superseded"
        return [
            (
                "shows",
                f"{values['la_name']}, {values['measure']}, {values['time_period']}: {shown} ({current})",
            )
        ]
    if "grade" in values and "area" in values:
        return [("shows", f"{values['area']}: {values['grade']}")]
    named = [k for k in ("la_name", "title", "name", "meaning") if values.get(k)]
    return [("shows", str(values[named[0]]))] if named else []


def file_of(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> dict[str, Any] | None:
    """The register's entry of the publisher's file a row was read from, or none for our own registries."""
    file_id = row.values.get("file_id")
    if file_id is None and describe(row.table).source == "geography":
        file_id = "geography/la_code_history"
    if file_id is None:
        return None
    found = rows_where(con, "source_files", f"file_id = {quoted(str(file_id))}", 1)
    if found:
        return found[0].values
    if "reports" in column_types(con, ["reports"]):
        reports = rows_where(con, "reports", f"file_id = {quoted(str(file_id))}", 1)
        if reports:
            return {"path": str(file_id), "source_id": "ofsted_reports", "release": None, **reports[0].values}
    return _report_file(str(file_id))


def _report_file(file_id: str) -> dict[str, Any] | None:
    """A report's entry among the raw tables, where the database has no table of reports."""
    import csv

    register = paths.raw() / "ofsted_reports" / "reports.csv"
    if not register.exists():
        return None
    with register.open(encoding="utf-8", newline="") as handle:
        for entry in csv.DictReader(handle):
            if entry["file"] == file_id.rpartition("/")[2]:
                return {
                    "path": file_id,
                    "sha256": entry["sha256"],
                    "source_id": "ofsted_reports",
                    "release": None,
                }
    return None


def _file(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    entry = file_of(con, row)
    if entry is None:
        return [("from", _own_origin(row.table))]
    release = row.values.get("release") or entry.get("release")
    sources = rows_where(con, "sources", f"source_id = {quoted(str(entry['source_id']))}", 1)
    steps = [("file", str(entry["path"])), ("sha256", str(entry["sha256"]))]
    if sources:
        source = sources[0].values
        tag = f", release {release}" if release else ""
        steps.insert(0, ("source", f"{source['publisher']}, {source['title']}{tag} ({source['licence']})"))
    place = [f"{p} {as_text(row.values[p])}" for p in PLACES if row.values.get(p) not in (None, "")]
    if "la_code" in row.values and "row" not in row.values:
        place.append(f"the row of dfe_code {row.values['la_code']}")
    return [*steps, ("place", ", ".join(place) or "the whole file"), *_raw(entry)]


def _own_origin(table: str) -> str:
    """Where a table of the project's own comes from: a registry that is written, or SQL that computes it."""
    source = describe(table).source
    if source.startswith("computed"):
        return source
    if (paths.package() / "sql" / "views" / f"{table}.sql").exists():
        return f"computed by pipelines/sql/views/{table}.sql from: {source.removeprefix('view of ')}"
    computed = paths.package() / "sql" / "marts" / f"{table}.sql"
    if computed.exists() and not (paths.root() / source).exists():
        return f"computed by pipelines/sql/marts/{table}.sql from: {source}"
    named = f"pipelines/{table}.csv" if (paths.package() / f"{table}.csv").exists() else source
    return f"{named} of this repository: a table of the project's own"


def _raw(entry: dict[str, Any]) -> Steps:
    file_id = entry.get("file_id")
    # A release that mostly repeats the one before it is kept as what differs.
    for folder in ("", "differences/"):
        for suffix in (".csv", ".parquet"):
            if file_id and (paths.raw() / f"{folder}{file_id}{suffix}").exists():
                return [("kept in", f"data/raw/{folder}{file_id}{suffix}")]
    return []


def _printed(row: FoundRow) -> Steps:
    names = [n for n in row.values if n in PRINTED or n.endswith("_printed")]
    return [
        ("printed", f"{n}: '{as_text(row.values[n])}'")
        for n in names
        if isinstance(row.values[n], str | date)
    ]


def _symbol(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    values = row.values
    status = values.get("value_status")
    if status is None or "file_id" not in values:
        return []
    if status == "number":
        return [
            (
                "symbol",
                "none: the cell is a number" if not values.get("is_derived") else "none: computed here",
            )
        ]
    rank = con.execute(
        f"SELECT rank FROM source_files WHERE file_id = {quoted(str(values['file_id']))}"
    ).fetchone()
    text = str(values.get("published_text") or "").strip()
    rules = rows_where(
        con,
        "symbols",
        f"source_id = {quoted(str(values['source_id']))} AND symbol = {quoted(text)} AND value_status = {quoted(status)}"
        + (f" AND {rank[0]} BETWEEN from_rank AND to_rank" if rank else ""),
        1,
    )
    if rules:
        rule = rules[0].values
        return [("symbol", f"'{text}' means {status}: {rule['meaning']} ({rule['stated_by']})")]
    return [("symbol", f"no number: {status} (of a part it is computed from, or by a correction)")]


def _correction(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    if "correction_id" not in row.values:
        return []
    if row.values["correction_id"] is None:
        return [("correction", "none is declared for this cell")]
    found = rows_where(con, "corrections", f"correction_id = {quoted(str(row.values['correction_id']))}", 1)
    entry = found[0].values
    return [
        (
            "correction",
            f"{entry['correction_id']}: {entry['what']} Becomes {entry['becomes']}. {entry['why']}",
        )
    ]


def parts_of(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> list[tuple[str, FoundRow | None]]:
    """What a computed figure is made of: (measure with its sign, the row), the printing that was used where known."""
    values = row.values
    inputs = str(values.get("inputs") or "")
    if not values.get("is_derived") or not inputs:
        return []
    cell = {k: values[k] for k in ("geographic_level", "la_code", "time_period")}
    if inputs.startswith("as of "):
        code = inputs.rpartition("(")[2].rstrip(")")
        return [(inputs, _part(con, {**cell, "la_code": code}, str(values["measure"]), row))]
    words = [w for w in inputs.split() if w != "/"]
    return [(w, _part(con, cell, w.lstrip("-"), row)) for w in words]


def _part(
    con: "duckdb.DuckDBPyConnection", cell: dict[str, Any], measure: str, row: FoundRow
) -> FoundRow | None:
    wanted = f"{condition_of(cell, tuple(cell))} AND measure = {quoted(measure)}"
    same_place = condition_of(row.values, ("file_id", "row"))
    for condition in (f"{wanted} AND {same_place}", f"{wanted} AND is_current", wanted):
        found = rows_where(con, "area_statistics", condition, 1)
        if found:
            return found[0]
    return None


def _parts(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    steps: Steps = []
    for name, part in parts_of(con, row):
        if part is None:
            steps.append(("made of", f"{name}: not printed for this area and year"))
            continue
        values = part.values
        printed = (
            f"'{values['published_text']}'"
            if values["published_text"] is not None
            else f"computed ({values['inputs']})"
        )
        place = ", ".join(
            f"{p} {as_text(values[p])}" for p in ("sheet", "row", "column") if values.get(p) is not None
        )
        steps.append(
            ("made of", f"{name} = {as_text(values['value'])}, {printed} in {values['file_id']}, {place}")
        )
    numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
    if numerator is not None and denominator is not None:
        steps.append(("inputs", f"numerator {as_text(numerator)}, denominator {as_text(denominator)}"))
    return steps


def _made_from(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    """Of a row that is computed: what it rests on, and the rows it is made from with the place each was read from."""
    if row.values.get("file_id") is not None or describe(row.table).source == "geography":
        return []
    steps = stands_on(con, row)
    for part in rows_of(con, row):
        placed = dict(_file(con, part))
        shown = dict(_what(part)).get("shows", "")
        steps.append(
            ("made from", f"{part.table}: {shown}, in {placed.get('file', '')}, {placed.get('place', '')}")
        )
    return steps


def _witnesses(con: "duckdb.DuckDBPyConnection", row: FoundRow) -> Steps:
    if row.table not in WITNESSES:
        return []
    table, same = WITNESSES[row.table]
    steps: Steps = []
    for other in rows_where(con, table, condition_of(row.values, same)):
        if _is_same_place(row, other):
            continue
        values = other.values
        texts = [
            f"'{as_text(values[c])}'"
            for c in ("published_text", "grade_printed", "published")
            if values.get(c) is not None
        ]
        mark = " (current)" if values.get("is_current") or values.get("is_chosen") else ""
        said = texts[0] if texts else as_text(values.get("value"))
        place = ", ".join(
            f"{p} {as_text(values[p])}" for p in ("sheet", "page", "row") if values.get(p) is not None
        )
        steps.append(("also printed", f"{said} in {values['file_id']}, {place}{mark}"))
    return steps or [("also printed", "nowhere else that is read here")]


def _is_same_place(row: FoundRow, other: FoundRow) -> bool:
    shared = [
        c
        for c in ("file_id", "list", "sheet", "page", "row", "column", "is_derived")
        if c in row.values and c in other.values
    ]
    return all(row.values[c] == other.values[c] for c in shared)


def _rules(row: FoundRow) -> Steps:
    """The rules of the table's suite: a row that is in the database passed every one of them."""
    suite = paths.root() / "expectations" / f"{row.table}.json"
    if not suite.exists():
        return [("rules", "this table has no suite of its own: it is made from tables that have")]
    rules = [str(e["meta"]["rule"]) for e in json.loads(suite.read_text(encoding="utf-8"))["expectations"]]
    return [("rules passed", str(len(rules))), *[("", rule) for rule in dict.fromkeys(rules)]]
