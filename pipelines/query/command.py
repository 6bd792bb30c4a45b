"""`councils sql`: where the query comes from, the one run of it, and where rows and words go."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.query.engine import QueryError, Result, connect, execute_all
from pipelines.query.formats import printable
from pipelines.query.limits import ROWS, SECONDS
from pipelines.query.output import TEXTS, choose_format, to_stdout, write
from pipelines.query.statement import CHARACTERS, Statement, StatementError, prepare

if TYPE_CHECKING:
    import duckdb

    from pipelines.query.apart import Apart
    from pipelines.query.asks import Asks

TERMINAL_ROWS = 200


def sql(args: argparse.Namespace) -> int:
    """Run the query of the command line, or the shell where there is none and someone sits at the terminal."""
    try:
        text = query_text(args)
        if text is not None and _is_quick(args) and _quickly(args.apart, text, args):
            return 0
        with connect(args.database) as con:
            if text is None:
                from pipelines.query.shell import Shell

                return Shell(con).run()
            return answer(con, text, args)
    except (QueryError, StatementError) as error:
        return say(str(error), error.status)


def _is_quick(args: argparse.Namespace) -> bool:
    """Whether the process apart can answer: rows as text to stdout, of a query without values and not about its plan."""
    if args.apart is None or args.apart.database != str(args.database or paths.database()):
        return False
    form = choose_format(args.format, args.output)
    return form in TEXTS and args.output is None and not args.param and not args.explain


def _quickly(apart: "Apart", text: str, args: argparse.Namespace) -> bool:
    """Answer by the process apart; False: it did not, nothing is written, and the engine in this process is to be asked."""
    from pipelines.query import plain
    from pipelines.query.apart import ApartError

    form = choose_format(args.format, args.output)
    rows = _rows(args, form)
    try:
        statement, result = plain.answer(apart, text, rows=rows, seconds=args.timeout or SECONDS)
    except ApartError:
        return False
    to_stdout(result, form, spreadsheet=args.spreadsheet)
    _say_how_many(result, args, rows)
    try:
        found = _hints(apart, statement, result, {}, args)
    except (ApartError, TimeoutError):
        with connect(args.database) as con:
            found = _hints(con, statement, result, {}, args)
    for sentence in found:
        say(sentence)
    return True


def _rows(args: argparse.Namespace, form: str) -> int:
    on_terminal = form == "table" and args.output is None and sys.stdout.isatty()
    return args.limit or (TERMINAL_ROWS if on_terminal else ROWS)


def say(sentence: str, status: int = 0) -> int:
    """A sentence for the reader, never among the rows."""
    sys.stdout.flush()
    print(f"councils sql: {printable(sentence)}", file=sys.stderr)
    return status


def query_text(args: argparse.Namespace) -> str | None:
    """The query from the argument, a file, an example or stdin; None: a shell is wanted.

    Raises:
        CouncilsError: two of them are given, or the file cannot be read.
    """
    given = [name for name in ("query", "file", "example") if getattr(args, name) is not None]
    if len(given) > 1:
        raise StatementError(f"Give the query once: {' and '.join(given)} are both given.")
    if args.example is not None:
        from pipelines.query.examples import named

        return named(args.example).sql
    if args.file is not None and str(args.file) != "-":
        return read_query(args.file)
    if args.query == "-" or args.file is not None or (args.query is None and not sys.stdin.isatty()):
        return sys.stdin.read(CHARACTERS + 1)
    if args.query is not None and args.query.endswith(".sql") and len(args.query.split()) == 1:
        return read_query(Path(args.query))
    return None if args.query is None else str(args.query)


def read_query(path: Path) -> str:
    """The text of a file of SQL.

    Raises:
        CouncilsError: there is no such file, or it is not text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CouncilsError(f"{path}: the file of the query cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CouncilsError(f"{path}: the file of the query is not UTF-8 text.") from error


def parameters(pairs: list[str]) -> dict[str, str]:
    """The values of --param by name.

    Raises:
        StatementError: a pair without = or with a name that cannot be one.
    """
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.removeprefix("$")
        if not equals or not name.isidentifier() or not name.isascii():
            raise StatementError(f"--param {pair}: write it as NAME=VALUE, for $NAME in the query.")
        if name in found:
            raise StatementError(f"--param {name} is given twice; a parameter has one value.")
        found[name] = value
    return found


def answer(con: "duckdb.DuckDBPyConnection", text: str, args: argparse.Namespace) -> int:
    """Run one query, write its rows, and say on stderr what a reader should know of them."""
    form = choose_format(args.format or ("table" if args.explain and not args.output else None), args.output)
    values = parameters(args.param)
    statement = prepare(con, text, plan=args.explain)
    rows = _rows(args, form)
    result = execute_all(con, statement, values, rows=rows, seconds=args.timeout or SECONDS)
    write(con, statement, result, form, args.output, spreadsheet=args.spreadsheet, parameters=values)
    _say_how_many(result, args, rows)
    for sentence in _hints(con, statement, result, values, args):
        say(sentence)
    return 0


def _say_how_many(result: Result, args: argparse.Namespace, rows: int) -> None:
    if result.is_cut:
        say(f"The first {rows:,} rows; there are more (--limit).")
    if args.output is not None:
        say(f"{len(result.rows):,} row{'' if len(result.rows) == 1 else 's'} in {args.output}")


def _hints(
    con: "Asks", statement: Statement, result: Result, values: dict[str, str], args: argparse.Namespace
) -> list[str]:
    if args.quiet or statement.is_plan or not worth_a_look(statement, is_empty=not result.rows):
        return []
    from pipelines.query.hints import hints

    return hints(con, statement, values, is_empty=not result.rows)


def worth_a_look(statement: Statement, *, is_empty: bool) -> bool:
    """Whether hints could have anything to say: an empty result, a text compared, a sum or an average.

    Looking costs queries of its own, which `SELECT 1` need not wait for.
    """
    from pipelines.query.statement import nodes

    return is_empty or any(
        str(n.get("type", "")).startswith("COMPARE_") or n.get("function_name") in ("sum", "avg", "mean")
        for n in nodes(statement.tree)
    )


def tables(args: argparse.Namespace) -> int:
    """The list of tables in the form asked for."""
    from pipelines.query.catalogue import list_tables

    form = choose_format(args.format, args.output)
    with connect() as con:
        result = list_tables(con)
        write(con, prepare(con, "SELECT 1"), result, form, args.output)
    return 0
