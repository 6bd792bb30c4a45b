"""The reader of small reference tables: every cell as printed, under the publisher's own headers."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.registry import SourceFile
from pipelines.sources.opening import load_delimited

if TYPE_CHECKING:
    import duckdb


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """Copy one file's rows into the table `view`, a row of the file each, with `row` its line; gives back how many."""
    header = load_delimited(con, path, "printed", file.options.get("encoding", "utf-8"))
    columns = ", ".join(f'c{i} AS "{name}"' for i, name in enumerate(header))
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT row, {columns} FROM printed ORDER BY row')
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])
