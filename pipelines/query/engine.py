"""The locked, read-only connection and one query on it, with memory, time and row limits.

What a query may do is decided by how DuckDB is set up here, and the setup is locked: no files, no network, no
extensions, no spilling to disk, no Python variables. `statement.py` adds what settings cannot say.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.own_database import attach_own
from pipelines.query.grade_order import check_order
from pipelines.query.limits import LOCKS, MEMORY_LIMIT, PROCESS_BYTES, ROWS, SECONDS, SETTINGS
from pipelines.query.statement import Statement, quoted, with_values

if TYPE_CHECKING:
    import duckdb


class QueryError(CouncilsError):
    """A query that was refused or failed, in one sentence. `status` is the exit code of the command."""

    def __init__(self, sentence: str, status: int = 2) -> None:
        super().__init__(sentence)
        self.status = status


class Result(NamedTuple):
    """The rows of a query: column names, DuckDB's types, the rows, and whether more rows there were cut off."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    is_cut: bool


def connect(database: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """Open the curated database read-only and locked, with the analyst's own reports beside it as `own`.

    Raises:
        CouncilsError: nothing is built yet, or the file is held by a program that writes it.
    """
    path = _existing(database)
    engine = _engine()
    try:
        con: duckdb.DuckDBPyConnection = engine.connect(str(path), read_only=True, config=dict(SETTINGS))
        _lock(con, with_own=database is None)
    except engine.IOException as error:
        raise CouncilsError(_CANNOT_OPEN.format(path, str(error).splitlines()[0])) from error
    except engine.ConnectionException as error:
        raise CouncilsError(
            f"{path}: this Python process has the database open in another way. Close that connection first, or use it."
        ) from error
    return con


def connect_beside(database: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """The same for a notebook, where other code has the file open in its own way: attached to an engine of its own.

    Raises:
        CouncilsError: as `connect`.
    """
    path = _existing(database)
    engine = _engine()
    con: duckdb.DuckDBPyConnection = engine.connect(":memory:", config=dict(SETTINGS))
    try:
        con.execute(f"ATTACH {quoted(str(path))} AS councils (READ_ONLY)")
    except engine.IOException as error:
        raise CouncilsError(_CANNOT_OPEN.format(path, str(error).splitlines()[0])) from error
    con.execute("USE councils")
    _lock(con, with_own=database is None)
    return con


_CANNOT_OPEN = (
    "{}: the database cannot be opened ({}). If a program writes it, wait or close that; if it is damaged, build it "
    "anew: councils build --force."
)


def _existing(database: Path | None) -> Path:
    path = database or paths.database()
    if not path.exists():
        raise CouncilsError(f"{path}: there is no database yet. Make it first: councils build.")
    return path


def _engine() -> Any:
    """The compiled module alone: the package around it imports what a query on the command line never uses.

    Its 24,000 calls into itself are bound when they are first made, not all of them now, where the system can. Both
    together are half of the time to the first answer (bench/sql.py).
    """
    now = sys.getdlopenflags() if hasattr(sys, "getdlopenflags") else None
    try:
        if now is not None:
            sys.setdlopenflags(os.RTLD_LAZY)
        import _duckdb
    except ImportError:
        import duckdb

        return duckdb
    finally:
        if now is not None:
            sys.setdlopenflags(now)
    return _duckdb


def _lock(con: "duckdb.DuckDBPyConnection", *, with_own: bool) -> None:
    """Close files to the connection; the analyst's own reports are opened before that, beside the shipped database."""
    # A second connection to a file shares the settings of the first, which may be locked already.
    if con.execute("SELECT current_setting('lock_configuration')").fetchone() != (True,):
        if with_own:
            attach_own(con)
        con.execute(LOCKS)


@contextmanager
def bounded_process() -> Iterator[None]:
    """Bound what the process may allocate while a query runs, where the system can: beyond what it has already.

    DuckDB counts its own blocks, not the one huge text that a function makes (`repeat('x', 4000000000)`).
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + PROCESS_BYTES
    for bound in (soft, hard):
        if bound != resource.RLIM_INFINITY:
            wanted = min(wanted, bound)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def execute_all(
    con: "duckdb.DuckDBPyConnection",
    statement: Statement,
    parameters: Mapping[str, str] | None = None,
    *,
    rows: int = ROWS,
    seconds: float = SECONDS,
) -> Result:
    """The first `rows` rows of a query, bound to its parameters, or a sentence saying why there are none.

    Raises:
        QueryError: the query is wrong, too large or too slow.
    """
    cursor = execute(con, statement, parameters, rows=rows, seconds=seconds)
    try:
        with bounded_process():
            fetched = cursor.fetchall()
    except (MemoryError, RuntimeError):
        # Python's own rows did not fit: told by Python, or by the binding ("could not allocate tuple").
        raise QueryError(_TOO_LARGE, 1) from None
    except Exception as error:
        raise _sentence(con, error, statement, is_late=False, seconds=seconds) from error
    about = cursor.description or []
    return Result(
        tuple(str(c[0]) for c in about),
        tuple(str(c[1]) for c in about),
        fetched[:rows],
        len(fetched) > rows,
    )


def execute(
    con: "duckdb.DuckDBPyConnection",
    statement: Statement,
    parameters: Mapping[str, str] | None = None,
    *,
    rows: int = ROWS,
    seconds: float = SECONDS,
) -> "duckdb.DuckDBPyConnection":
    """Execute a query within the limits; the connection then holds its result (one row more than `rows`, if cut)."""
    check_order(with_values(statement.tree, parameters or {}))
    text = limited(statement, rows)
    with bounded_process(), _Alarm(con, seconds) as alarm:
        try:
            return _bound(con, text, statement, parameters or {})
        except MemoryError:
            raise QueryError(_TOO_LARGE, 1) from None
        except Exception as error:
            if alarm.was_stopped:
                raise stopped() from error
            raise _sentence(con, error, statement, is_late=alarm.has_rung, seconds=seconds) from error


def limited(statement: Statement, rows: int) -> str:
    """The query as it is run: one row more than `rows` at most, so that a cut can be told; a plan is run as it is."""
    return statement.text if statement.is_plan else f"SELECT * FROM (\n{statement.text}\n) LIMIT {rows + 1}"


def too_late(seconds: float) -> QueryError:
    """The query took longer than it may."""
    return QueryError(
        f"The query took longer than {seconds:g} s and was stopped. Narrow it, or give --timeout more.", 1
    )


def stopped() -> QueryError:
    """Someone pressed Ctrl-C."""
    return QueryError("The query was stopped.", 130)


_TOO_LARGE = f"The query needs more memory than it is given ({MEMORY_LIMIT}). Ask for fewer rows or columns, or aggregate first."


def _bound(
    con: "duckdb.DuckDBPyConnection", text: str, statement: Statement, parameters: Mapping[str, str]
) -> "duckdb.DuckDBPyConnection":
    """Bind by PREPARE and EXECUTE: binding through Python would import pandas first (a second, for nothing)."""
    names = set(statement.parameters)
    lost, unknown = names - set(parameters), set(parameters) - names
    if lost:
        raise QueryError(
            f"The query has a parameter ${min(lost)} without a value: add --param {min(lost)}=VALUE."
        )
    if unknown:
        raise QueryError(
            f"There is no parameter ${min(unknown)} in the query"
            + (f" (it has {', '.join(f'${n}' for n in sorted(names))})." if names else ".")
        )
    if not parameters:
        return con.execute(text)
    con.execute(f"PREPARE councils_query AS {text}")
    values = ", ".join(f"{name} := {quoted(value)}" for name, value in parameters.items())
    return con.execute(f"EXECUTE councils_query({values})")


def _sentence(
    con: "duckdb.DuckDBPyConnection", error: Exception, statement: Statement, *, is_late: bool, seconds: float
) -> QueryError:
    kind = type(error).__name__
    if isinstance(error, QueryError):
        return error
    if is_late:
        return too_late(seconds)
    if kind == "OutOfMemoryException":
        return QueryError(_TOO_LARGE, 1)
    if not _is_engine_error(error):
        raise error
    from pipelines.query.complaints import explain

    return QueryError(explain(con, error, statement))


def _is_engine_error(error: Exception) -> bool:
    return any("duckdb" in c.__module__ for c in type(error).__mro__)


class _Alarm:
    """Interrupts the connection's query after some seconds, or when someone presses Ctrl-C.

    Ctrl-C is turned into the engine's own interrupt: were the exception thrown through the engine instead, the
    connection would still be busy with the query that was left, and the next one would wait for it. If the engine
    does not listen, the process ends.
    """

    AGAIN = 0.2
    GRACE = 20.0

    def __init__(self, con: "duckdb.DuckDBPyConnection", seconds: float) -> None:
        import threading

        self.has_rung = False
        self._con = con
        self._seconds = seconds
        self.was_stopped = False
        self._is_over = threading.Event()
        self._is_main = threading.current_thread() is threading.main_thread()
        self._before: Any = None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        waited, step = 0.0, self._seconds
        while not self._is_over.wait(step):
            if waited > self.GRACE:
                self._end()
            # One ring can be lost on a query that is just beginning, so it rings until someone answers.
            self.has_rung = True
            self._con.interrupt()
            step = self.AGAIN
            waited += step

    def _end(self) -> None:
        # Some functions look at no interrupt while they fill one huge value. The database is open read-only, so
        # nothing is lost by leaving at once.
        sys.stderr.write("councils sql: The query did not stop when told to, so the program ends.\n")
        sys.stderr.flush()
        os._exit(1)

    def _stop(self, *_: object) -> None:
        self.was_stopped = True
        self._con.interrupt()

    def __enter__(self) -> "_Alarm":
        import signal

        if self._is_main:
            self._before = signal.signal(signal.SIGINT, self._stop)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        import signal

        self._is_over.set()
        if self._is_main:
            signal.signal(signal.SIGINT, self._before)
        # Before the next query begins the watch is over, so that a late ring cannot stop that one.
        self._thread.join()
