"""The whole database in other forms: the same rows, with descriptors that say what is there."""

import json
import sqlite3
from pathlib import Path

import duckdb
import pytest

from pipelines import warehouse
from pipelines.errors import CouncilsError
from pipelines.query.export import SQLITE, export
from pipelines.sources.opening import sha256_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def tables_of(database: Path) -> list[str]:
    """The tables that this file holds, in the order of the build."""
    with duckdb.connect(str(database), read_only=True) as con:
        present = {
            r[0] for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        }
    return [t for t in warehouse.tables() if t in present]


@pytest.fixture(scope="module", params=["parquet", "csv", "sqlite"])
def exported(
    request: pytest.FixtureRequest, database: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """One export of each form."""
    form = str(request.param)
    folder = tmp_path_factory.mktemp("exports") / form
    line = export(folder, form, database)
    assert line.startswith(f"exported {len(tables_of(database))} tables, ")
    return form, folder


def test_every_row_comes_back_as_it_was(exported: tuple[str, Path], database: Path) -> None:
    form, folder = exported
    with duckdb.connect(str(database), read_only=True) as con:
        for table in tables_of(database):
            columns = con.execute(
                f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}' ORDER BY column_index"
            ).fetchall()
            texts = ", ".join(f'"{n}"::VARCHAR' for n, _ in columns)
            if form == "sqlite":
                numbers = [
                    f'"{n}"::INTEGER'
                    if t == "BOOLEAN"
                    else f'"{n}"'
                    if t in ("INTEGER", "BIGINT", "DOUBLE", "VARCHAR")
                    else f'"{n}"::VARCHAR'
                    for n, t in columns
                ]
                ours = con.execute(f'SELECT {", ".join(numbers)} FROM "{table}"').fetchall()
                with sqlite3.connect(folder / SQLITE) as other:
                    assert other.execute(f'SELECT * FROM "{table}"').fetchall() == ours, table
                continue
            path = folder / f"{table}.{form}"
            # In CSV nothing is missing and "" is an empty text: only a reader that knows both gives them back.
            reading = (
                f"read_parquet('{path}')" if form == "parquet"
                else f"read_csv('{path}', all_varchar = true, header = true, nullstr = '', allow_quoted_nulls = false)"
            )  # fmt: skip
            compared = f'(SELECT {texts} FROM "{table}") EXCEPT ALL (SELECT {texts} FROM {reading})'
            if form == "csv":
                # Numbers and dates are compared as what they are, not as they are written.
                typed = ", ".join(
                    f'CAST("{n}" AS {t})' if not t.startswith("ENUM") else f'"{n}"' for n, t in columns
                )
                compared = f'(SELECT {", ".join(chr(34) + n + chr(34) + ("::VARCHAR" if t.startswith("ENUM") else "") for n, t in columns)} FROM "{table}") EXCEPT ALL (SELECT {typed} FROM {reading})'
            assert con.execute(compared).fetchall() == [], table
            counted = con.execute(
                f'SELECT (SELECT count(*) FROM "{table}") = (SELECT count(*) FROM {reading})'
            ).fetchone()
            assert counted == (True,), table


def test_package_describes_what_is_there(exported: tuple[str, Path], database: Path) -> None:
    form, folder = exported
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["title"] for r in package["resources"]] == tables_of(database)
    for resource in package["resources"]:
        path = folder / resource["path"]
        assert resource["hash"] == f"sha256:{sha256_of(path)}" and resource["bytes"] == path.stat().st_size
        assert resource["description"].startswith("One row per") and all(
            f["description"] for f in resource["schema"]["fields"]
        )
    metadata = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert len(metadata["tables"]) == len(package["resources"])
    assert form != "csv" or all((folder / t["url"]).exists() for t in metadata["tables"])


def test_every_table_is_opened_by_other_tools(exported: tuple[str, Path], database: Path) -> None:
    """With pandas (through pyarrow, its own CSV reader, sqlite3): the columns and rows that the descriptor promises."""
    import pandas as pd

    form, folder = exported
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table, names = resource["title"], [f["name"] for f in resource["schema"]["fields"]]
        if form == "parquet":
            frame = pd.read_parquet(folder / resource["path"])
        elif form == "csv":
            frame = pd.read_csv(folder / resource["path"], dtype=str)
        else:
            with sqlite3.connect(folder / resource["path"]) as other:
                frame = pd.read_sql(f'SELECT * FROM "{table}"', other)
        assert list(frame.columns) == names and len(frame) == resource["rows"], table
        for key in resource["schema"].get("primaryKey", []):
            assert frame[key].notna().all(), (table, key)
        if resource["schema"].get("primaryKey"):
            assert not frame.duplicated(resource["schema"]["primaryKey"]).any(), table


def test_descriptor_of_every_form_is_valid_by_frictionless(exported: tuple[str, Path]) -> None:
    import frictionless

    _, folder = exported
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert not list(frictionless.Package.metadata_validate(package))
    # And it does look.
    package["resources"][0]["schema"]["fields"][0]["type"] = "no type of theirs"
    with pytest.raises(frictionless.FrictionlessException, match="is not supported"):
        list(frictionless.Package.metadata_validate(package))


@pytest.fixture(scope="module")
def csv_export(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export as CSV."""
    folder = tmp_path_factory.mktemp("validated") / "csv"
    export(folder, "csv", database)
    return folder


def test_csv_package_is_valid_by_frictionless(csv_export: Path, database: Path) -> None:
    """Every row of every table: types, keys, grades within the scale, bytes and sha256."""
    import frictionless

    report = frictionless.validate(str(csv_export / "datapackage.json"))
    assert report.valid, report.flatten(["title", "type", "message"])[:3]
    with duckdb.connect(str(database), read_only=True) as con:
        for task in report.tasks:
            table = task.name.replace("-", "_")
            assert con.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (
                task.stats.get("rows", 0),
            ), table


@pytest.mark.parametrize("table", ["judgements", "inspections"])
def test_frictionless_notices_a_wrong_cell(csv_export: Path, tmp_path: Path, table: str) -> None:
    import frictionless

    package = json.loads((csv_export / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [r for r in package["resources"] if r["title"] == table]
    # The sum of the file would notice first: what is asked here is whether the cells are looked at.
    del resource["hash"], resource["bytes"]
    package["resources"] = [resource]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    _copy_with_a_wrong_cell(csv_export / f"{table}.csv", tmp_path / f"{table}.csv")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert not report.valid and [3] in report.flatten(["rowNumber"])


def _copy_with_a_wrong_cell(source: Path, target: Path) -> None:
    """The same table, its first row of data once more: a key that is there twice."""
    head, first, *rest = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join([head, first, first, *rest]), encoding="utf-8", newline="")


def test_csv_metadata_is_valid_by_csvw(csv_export: Path, tmp_path: Path) -> None:
    """Every table against its metadata; of the figures every fiftieth row, since this validator takes a minute for all."""
    import csvw

    folder = tmp_path / "csv"
    folder.mkdir()
    for path in csv_export.iterdir():
        if path.name == "area_statistics.csv":
            reading = f"read_csv('{path}', all_varchar = true, header = true, nullstr = '', allow_quoted_nulls = false)"
            duckdb.sql(
                f"SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER () AS n FROM {reading}) WHERE n % 50 = 1"
            ).write_csv(str(folder / path.name))
        else:
            (folder / path.name).symlink_to(path)
    assert csvw.CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid
    # And it does look: a word where the metadata promises a number.
    text = (folder / "area_statistics.csv").read_text(encoding="utf-8")
    head, first = text.splitlines()[:2]
    year = head.split(",").index("time_period")
    cells = first.split(",")
    assert cells[year].isdigit()
    cells[year] = "soon"
    (folder / "area_statistics.csv").write_text(f"{head}\n{','.join(cells)}\n", encoding="utf-8")
    assert not csvw.CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid


def test_export_takes_no_folder_that_is_something_else(database: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CouncilsError, match="not empty and no earlier export"):
        export(tmp_path, "csv", database)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    target = tmp_path / "export"
    export(target, "csv", database)
    export(target, "parquet", database)
    assert not list(target.glob("*.csv")) and not list(tmp_path.glob(".*.new"))
