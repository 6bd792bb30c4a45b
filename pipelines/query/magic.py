"""`%%sql` cells in notebooks, on the same read-only and locked connection as the command.

    %%sql -o held
    SELECT la_name, grade FROM latest_judgements WHERE area = $area

shows the rows and keeps them as the frame `held` (`%%sql held` is short for it); `$area` is the notebook's variable
`area`, or `--param area=overall`. `-q` leaves the hints out, `--timeout` bounds the query, `%sql SELECT …` is a line of it.
`from pipelines.open import …` makes these cells; without it `%load_ext pipelines.query.magic` does.
"""

import argparse
import shlex
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from pipelines.query.command import parameters, worth_a_look
from pipelines.query.engine import connect_beside, execute
from pipelines.query.limits import ROWS, SECONDS
from pipelines.query.sql_cli import seconds as _seconds
from pipelines.query.statement import StatementError, prepare

if TYPE_CHECKING:
    import pandas as pd


def load_ipython_extension(shell: Any) -> None:
    """Make the cells in this shell; the database is opened by the first of them."""

    @cache
    def connection() -> Any:
        # An engine of its own, since other code of the notebook has the file open in its own way.
        return connect_beside()

    def sql(line: str, cell: str | None = None) -> "pd.DataFrame":
        """The rows of a query as a frame, kept under a name if one is given: a cell, or a line of SQL after %sql."""
        if cell is None:
            line, cell = "", line
        asked = _options().parse_args(shlex.split(line))
        name = asked.output or asked.name
        if name and not name.isidentifier():
            raise StatementError(
                f"%%sql: '{name}' cannot be a variable's name; a query stands below the first line."
            )
        frame = read_frame(
            connection(),
            cell,
            parameters(asked.param),
            variables=shell.user_ns,
            seconds=asked.timeout,
            quiet=asked.quiet,
        )
        if name:
            shell.user_ns[name] = frame
        return frame

    shell.register_magic_function(sql, magic_kind="line_cell", magic_name="sql")


class _Options(argparse.ArgumentParser):
    """A wrong word after `%%sql` is a sentence, not the end of the notebook's kernel."""

    def error(self, message: str) -> NoReturn:
        raise StatementError(
            f"%%sql: {message}. Write %%sql [-o NAME] [-p NAME=VALUE] [-q] [--timeout SECONDS]."
        )


@cache
def _options() -> argparse.ArgumentParser:
    options = _Options(prog="%%sql", add_help=False)
    options.add_argument("name", nargs="?", help="short for -o NAME")
    options.add_argument("-o", "--output", help="the name the frame is kept under")
    options.add_argument("-p", "--param", action="append", default=[], help="NAME=VALUE for $NAME")
    options.add_argument("-q", "--quiet", action="store_true", help="no hints")
    options.add_argument("--timeout", type=_seconds, default=SECONDS)
    return options


def read_frame(
    con: Any,
    text: str,
    values: dict[str, str],
    *,
    variables: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    quiet: bool = False,
) -> "pd.DataFrame":
    """The rows of a query as a frame, grades in their order; hints go to stderr.

    A parameter without a value takes that of the variable of its name.

    Raises:
        CouncilsError: the query is refused or fails, in one sentence.
    """
    from pipelines.query.command import say
    from pipelines.query.hints import hints

    statement = prepare(con, text)
    known = variables or {}
    bound = {name: str(known[name]) for name in statement.parameters if name in known} | values
    frame: pd.DataFrame = execute(con, statement, bound, rows=ROWS, seconds=seconds).df()
    if len(frame) > ROWS:
        say(f"The first {ROWS:,} rows; there are more.")
        frame = frame.head(ROWS)
    if not quiet and worth_a_look(statement, is_empty=frame.empty):
        for sentence in hints(con, statement, bound, is_empty=frame.empty):
            say(sentence)
    return frame
