"""Descriptors of an export that other tools read: a Frictionless data package and CSV on the Web metadata."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.contents import GRADE_SCALE
from pipelines.query.vocabulary import TableAbout
from pipelines.sources.opening import sha256_of

if TYPE_CHECKING:
    import duckdb

TITLE = "Ofsted's judgements of England's children's services, beside the areas' figures"
_FRICTIONLESS = {
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_CSVW = {"INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date"}
_MEDIA = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv", "sqlite": "application/vnd.sqlite3"}
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A table's own description with the key that descriptors may promise, and its rows."""

    table: TableAbout
    key: tuple[str, ...]
    rows: int


def write_descriptors(
    con: "duckdb.DuckDBPyConnection", folder: Path, form: str, rows: list[tuple[TableAbout, int]]
) -> None:
    """Write `datapackage.json` for every form and `csv-metadata.json` for CSV, from the tables' own descriptions.

    `rows`: each table with how many rows of it were written.
    """
    tables = [_Keyed(table, _key_without_holes(con, table), count) for table, count in rows]
    _write_json(folder / "datapackage.json", data_package(con, folder, form, tables))
    # CSVW describes CSV files and no others; the other forms carry the same words so that a reader finds them.
    _write_json(folder / "csv-metadata.json", csvw(con, form, tables))


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")


def data_package(
    con: "duckdb.DuckDBPyConnection", folder: Path, form: str, tables: list[_Keyed]
) -> dict[str, Any]:
    """A Frictionless data package (v1): a resource per table with its schema, key, rows, bytes and sha256."""
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "councils",
        "title": TITLE,
        "licenses": [{"name": "OGL-UK-3.0", "path": OGL, "title": "Open Government Licence v3.0"}],
        "sources": [{"title": f"{citation}", "path": url} for _, citation, url in publications(con)],
        "resources": [_resource(folder, form, keyed) for keyed in tables],
    }


def publications(con: "duckdb.DuckDBPyConnection") -> list[tuple[str, str, str]]:
    """(title, citation, address) of each publication."""
    rows = con.execute("SELECT title, citation, url FROM sources").fetchall()
    return [(str(t), str(c), str(u)) for t, c, u in rows]


def _resource(folder: Path, form: str, keyed: _Keyed) -> dict[str, Any]:
    described = keyed.table
    table = described.name
    name = "councils.sqlite" if form == "sqlite" else f"{table}.{form}"
    path = folder / name
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource" if form == "csv" else "data-resource",
        "name": table.replace("_", "-"),
        "path": name,
        "title": table,
        "description": described.row,
        "format": form,
        "mediatype": _MEDIA[form],
        "rows": keyed.rows,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
    }
    if form == "sqlite":
        resource["dialect"] = {"sql": {"table": table}}
    if form == "csv":
        resource |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "doubleQuote": True, "header": True}}
    resource["schema"] = {
        "fields": [_field(n, t, m, form) for n, t, m in described.columns],
        "primaryKey": list(keyed.key),
        "missingValues": [""],
    }
    return resource


def _key_without_holes(con: "duckdb.DuckDBPyConnection", table: TableAbout) -> tuple[str, ...]:
    """The key's columns, where none of them is ever missing or empty; else none.

    An empty text reads back as missing in Frictionless and CSVW, which know one kind of empty cell.
    """
    kinds = {n: t for n, t, _ in table.columns}
    holes = [f'"{k}" IS NULL' + (f" OR \"{k}\" = ''" if kinds[k] == "VARCHAR" else "") for k in table.key]
    found = con.execute(
        f'SELECT 1 FROM "{table.name}" WHERE {" OR ".join(holes) or "true"} LIMIT 1'
    ).fetchone()
    return () if found is not None else table.key


def _field(name: str, kind: str, meaning: str, form: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "type": _FRICTIONLESS.get(kind, "string"), "description": meaning}
    if kind == "grade":
        found["constraints"] = {"enum": list(GRADE_SCALE)}
    if kind == "BOOLEAN" and form != "sqlite":
        found |= {"trueValues": ["true"], "falseValues": ["false"]}
    if kind == "BOOLEAN" and form == "sqlite":
        found |= {"trueValues": ["1"], "falseValues": ["0"]}
    return found


def csvw(con: "duckdb.DuckDBPyConnection", form: str, tables: list[_Keyed]) -> dict[str, Any]:
    """CSV on the Web metadata: a group of tables with their columns, datatypes and keys."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:license": {"@id": OGL},
        "dc:source": [citation for _, citation, _ in publications(con)],
        "tables": [_csvw_table(form, keyed) for keyed in tables],
    }


def _csvw_table(form: str, keyed: _Keyed) -> dict[str, Any]:
    described, key, table = keyed.table, keyed.key, keyed.table.name
    schema: dict[str, Any] = {
        "columns": [
            {"name": n, "titles": n, "dc:description": m, "datatype": _csvw_type(t), "required": n in key}
            for n, t, m in described.columns
        ]
    }
    if key:
        schema["primaryKey"] = list(key)
    suffix = "csv" if form == "csv" else "sqlite" if form == "sqlite" else "parquet"
    url = f"{table}.{suffix}" if form != "sqlite" else f"councils.sqlite#{table}"
    return {"url": url, "dc:description": described.row, "tableSchema": schema}


def _csvw_type(kind: str) -> Any:
    if kind == "grade":
        return {"base": "string", "format": "|".join(GRADE_SCALE)}
    if kind == "BOOLEAN":
        return {"base": "boolean", "format": "true|false"}
    return _CSVW.get(kind, "string")
