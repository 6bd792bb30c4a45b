"""The reader of small reference tables: every cell as printed, under the publisher's own headers."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.opening import load_delimited, printed_text, read_sheet

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """Copy one file's rows into the table `view`, a row of the file each, with `row` its line; gives back how many.

    A workbook gives the sheet that sources.yml names (`sheet`), its header in the first row.
    """
    if "sheet" in file.options:
        return _extract_sheet(con, path, str(file.options["sheet"]), view)
    header = load_delimited(con, path, "printed", file.options.get("encoding", "utf-8"))
    columns = ", ".join(f'c{i} AS "{name}"' for i, name in enumerate(header))
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT row, {columns} FROM printed ORDER BY row')
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])


def _extract_sheet(con: "duckdb.DuckDBPyConnection", path: Path, sheet: str, view: str) -> int:
    header, *rows = [[printed_text(cell) for cell in row] for row in read_sheet(path, sheet)]
    columns = [[str(number) for number in range(2, len(rows) + 2)], *map(list, zip(*rows, strict=True))]
    names = ", ".join(f'unnest(${i}) AS "{name}"' for i, name in enumerate(["row", *header], start=1))
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT {names}', columns)
    return len(rows)
