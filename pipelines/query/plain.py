"""A query answered by the process apart: the same passing and limits, and rows of plain types as Python would have them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipelines.query.apart import ApartError
from pipelines.query.engine import Result, limited, stopped, too_late
from pipelines.query.grade_order import check_order
from pipelines.query.statement import Statement, prepare

if TYPE_CHECKING:
    from pipelines.query.apart import Apart

# JSON has numbers, texts, true, false and NULL, and these types are nothing else. Numbers that its readers could round
# come as texts.
AS_THEY_ARE = (
    "BOOLEAN",
    "VARCHAR",
    "DOUBLE",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
)
AS_TEXT = ("UBIGINT", "HUGEINT", "UHUGEINT")


def answer(apart: "Apart", text: str, *, rows: int, seconds: float) -> tuple[Statement, Result]:
    """The query and its first `rows` rows, as the engine in this process would give them.

    Raises:
        ApartError: the query is a mistake, too large, or has a column of another type: ask the engine in this process.
        StatementError, QueryError: it is not run, took too long, or was stopped.
    """
    # The program ends a statement at `;` by its own reading, which need not be ours.
    if ";" in text.strip().rstrip(";"):
        raise ApartError("more than one ;")
    try:
        apart.check()
        apart.allow(seconds)
        statement = prepare(apart, text)
        check_order(statement.tree)
        if statement.parameters or statement.is_plan:
            raise ApartError("parameters")
        asked = limited(statement, rows)
        columns = apart.execute(f"DESCRIBE {asked}").fetchall()
        names = tuple(str(column[0]) for column in columns)
        types = tuple(str(column[1]) for column in columns)
        readers = {place: reader for place, kind in enumerate(types) if (reader := _reader(kind))}
        found = apart.execute(asked).fetchall()
        return statement, Result(names, types, _read(found[:rows], readers), len(found) > rows)
    except TimeoutError:
        raise too_late(seconds) from None
    except KeyboardInterrupt:
        raise stopped() from None


def _reader(kind: str) -> Callable[[str], Any] | None:
    """What makes the value of a type of its text; None where JSON has it as it is."""
    if kind in AS_THEY_ARE or kind.startswith("ENUM("):
        return None
    if kind == "DATE":
        from datetime import date

        return date.fromisoformat
    if kind in AS_TEXT:
        return int
    if kind.startswith("DECIMAL("):
        from decimal import Decimal

        return Decimal
    raise ApartError(kind)


def _read(rows: list[tuple[Any, ...]], readers: dict[int, Callable[[str], Any]]) -> list[tuple[Any, ...]]:
    if not readers:
        return rows
    try:
        return [
            tuple(
                readers[place](value) if value is not None and place in readers else value
                for place, value in enumerate(row)
            )
            for row in rows
        ]
    except (ValueError, TypeError, ArithmeticError) as error:
        # A day before the year 1, infinity.
        raise ApartError(str(error)) from error
