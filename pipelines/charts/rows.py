"""What a chart is drawn from: rows as dictionaries, read from the curated database by one SELECT."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb

#: One plotted row: column name -> value. Absent values are None, never NaN and never zero.
Row = dict[str, Any]
Rows = Sequence[Row]

SQL_FOLDER = Path(__file__).resolve().parents[1] / "sql" / "charts"


def read_rows(
    connection: "duckdb.DuckDBPyConnection", sql_file: str, parameters: Mapping[str, Any] | None = None
) -> list[Row]:
    """The rows of one chart: `sql_file` of `pipelines/sql/charts`, run with named `parameters`."""
    statement = (SQL_FOLDER / sql_file).read_text(encoding="utf-8")
    return fetch(connection, statement, parameters)


def fetch(
    connection: "duckdb.DuckDBPyConnection", statement: str, parameters: Mapping[str, Any] | None = None
) -> list[Row]:
    """Run one statement to its end and give its rows, in its order.

    Raises:
        CouncilsError: the database has no such table or column, so it was built by another version.
    """
    import duckdb

    try:
        result = connection.execute(statement, dict(parameters or {}))
    except duckdb.CatalogException as error:
        first = str(error).splitlines()[0]
        raise CouncilsError(
            f"The database lacks something this chart stands on ({first}). Build it again: councils build."
        ) from error
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, map(_absent_is_none, record), strict=True)) for record in result.fetchall()]


def _absent_is_none(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value


def only(rows: Rows, column: str) -> Any:
    """The one value that `column` has in all rows (a chart's date, measure, edition).

    Raises:
        CouncilsError: no rows, or more than one value.
    """
    found = {row[column] for row in rows}
    if len(found) != 1:
        raise CouncilsError(
            f"The rows of this chart have {len(found)} values of '{column}' where one is meant: "
            f"{', '.join(sorted(map(str, found))[:5]) or 'there are no rows'}. See its SQL file."
        )
    return found.pop()
