"""DuckDB for work of our own: in memory, with nothing of its own on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@contextmanager
def in_memory() -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection to a database in memory, closed at the end.

    DuckDB draws a bar on stdout for any query over two seconds, on a terminal or in a log: ours are on stderr.
    """
    import duckdb

    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        yield con
