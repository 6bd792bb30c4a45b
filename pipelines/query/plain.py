"""A query answered by the process apart: the same passing and limits, and rows of plain types as every form of text shows them."""

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
    """The query and its first `rows` rows, as the engine in this process would give them; a day is its text.

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
        # Planned once: what it will give is known before it runs.
        apart.execute(f"PREPARE question AS {limited(statement, rows)}")
        types = tuple(str(kind) for (kind,) in apart.execute(_TYPES).fetchall())
        if not types:
            raise ApartError("what it gives is known only when it runs")
        readers = {place: reader for place, kind in enumerate(types) if (reader := _reader(kind))}
        found = apart.execute("EXECUTE question")
        names = found.names or _names(apart, statement)
        return statement, Result(names, types, _read(found.rows[:rows], readers), len(found.rows) > rows)
    except TimeoutError:
        raise too_late(seconds) from None
    except KeyboardInterrupt:
        raise stopped() from None


_TYPES = "SELECT unnest(result_types) AS type FROM duckdb_prepared_statements() WHERE name = 'question'"


def _names(apart: "Apart", statement: Statement) -> tuple[str, ...]:
    """The columns of an answer without rows."""
    described = apart.execute(f"DESCRIBE {limited(statement, 0)}").fetchall()
    return tuple(str(column[0]) for column in described)


def _reader(kind: str) -> Callable[[str], Any] | None:
    """What makes the value of a type of its text; None where JSON has it as it is."""
    if kind in AS_THEY_ARE or kind.startswith("ENUM("):
        return None
    if kind == "DATE":
        return _day
    if kind in AS_TEXT:
        return int
    if kind.startswith("DECIMAL("):
        from decimal import Decimal

        return Decimal
    raise ApartError(kind)


def _day(text: str) -> str:
    """A day stays the text that every form of text gives it (modules for days take longer to load than a query waits)."""
    if len(text) != len("2014-02-28") or text[4] != "-":
        raise ValueError(text)
    return text


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
