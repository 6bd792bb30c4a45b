"""`%%sql` cells in notebooks, on the same read-only and locked connection as the command.

    %load_ext pipelines.query.magic

    %%sql -o latest --param area=overall
    SELECT la_name, grade FROM latest_judgements WHERE area = $area

The cell's result is a frame; `-o NAME` keeps it under that name; `-q` leaves the hints out.
"""

import argparse
import shlex
from typing import TYPE_CHECKING, Any

from pipelines.query.command import parameters, worth_a_look
from pipelines.query.engine import SECONDS, connect_beside, execute
from pipelines.query.statement import prepare

if TYPE_CHECKING:
    import pandas as pd

ROWS = 1_000_000


def load_ipython_extension(shell: Any) -> None:
    """Called by `%load_ext`: one connection for the notebook's length, beside whatever else has the file open."""
    con = connect_beside()
    shell.register_magic_function(_cell_magic(con, shell), magic_kind="line_cell", magic_name="sql")


def _cell_magic(con: Any, shell: Any) -> Any:
    parser = argparse.ArgumentParser(prog="%%sql", add_help=False)
    parser.add_argument("-o", "--output", help="the name the frame is kept under")
    parser.add_argument("-p", "--param", action="append", default=[], help="NAME=VALUE for $NAME")
    parser.add_argument("-q", "--quiet", action="store_true", help="no hints")
    parser.add_argument("--timeout", type=float, default=SECONDS)

    def sql(line: str, cell: str | None = None) -> "pd.DataFrame | None":
        """A query's rows as a frame: a cell, or a line of SQL after %sql."""
        if cell is None:
            line, cell = "", line
        args = parser.parse_args(shlex.split(line))
        frame = read_frame(con, cell, parameters(args.param), seconds=args.timeout, quiet=args.quiet)
        if args.output:
            shell.user_ns[args.output] = frame
            return None
        return frame

    return sql


def read_frame(
    con: Any, text: str, values: dict[str, str], *, seconds: float = SECONDS, quiet: bool = False
) -> "pd.DataFrame":
    """The rows of a query as a frame, grades in their order; hints go to stderr.

    Raises:
        CouncilsError: the query is refused or fails, in one sentence.
    """
    from pipelines.query.command import say
    from pipelines.query.hints import hints

    statement = prepare(con, text)
    frame: pd.DataFrame = execute(con, statement, values, rows=ROWS, seconds=seconds).df()
    if len(frame) > ROWS:
        say(f"The first {ROWS:,} rows; there are more.")
        frame = frame.head(ROWS)
    if not quiet and worth_a_look(statement, is_empty=frame.empty):
        for sentence in hints(con, statement, values, is_empty=frame.empty):
            say(sentence)
    return frame
