"""The words of `councils sql`: a module of its own, so that a query waits for no other command's."""

import argparse
from pathlib import Path
from typing import Any

from pipelines.help_format import add_command
from pipelines.query.options import add_format

# True ones: a test runs each.
EXAMPLES = (
    "sql \"SELECT la_name, grade FROM latest_judgements WHERE area = 'overall' LIMIT 5\"",
    "sql --example latest_grade_of_every_council --format csv",
    # In single quotes: between double ones a shell would put its own variable la, which is nothing.
    "sql 'FROM figures_wide WHERE la_name = $la' --param la=Essex --output essex.xlsx",
)


def add_parser(subparsers: Any) -> None:
    """Add `sql`."""
    about = "ask the database a question in SQL; without a query: a shell"
    parser = add_command(subparsers, "sql", run_sql, about, EXAMPLES)
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help="a query, in quotes; - or nothing into a pipe: from stdin"
    )
    parser.add_argument("--file", "-f", type=Path, metavar="FILE", help="read the query from a file")
    parser.add_argument("--example", metavar="NAME", help="run an example question (councils examples)")
    add_format(parser)
    parser.add_argument(
        "--param",
        "-p",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a value for $NAME in the query",
    )
    parser.add_argument("--explain", action="store_true", help="show the plan, do not run")
    parser.add_argument(
        "--limit", type=_positive, metavar="ROWS", help="at most so many rows (default: 1,000,000)"
    )
    parser.add_argument("--timeout", type=seconds, metavar="SECONDS", help="stop after so long (default: 60)")
    parser.add_argument("--quiet", "-q", action="store_true", help="no hints and cautions on stderr")
    parser.add_argument(
        "--spreadsheet", action="store_true", help="csv for a spreadsheet: formulas defused, marked as UTF-8"
    )
    parser.add_argument("--database", type=Path, metavar="FILE", help="another database file of this kind")


def _positive(text: str) -> int:
    number = text.replace(",", "")
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of rows: write a whole number, at least 1")
    return int(number)


def seconds(text: str) -> float:
    """The value of --timeout, more than 0 and at most a day."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"'{text}': write seconds, more than 0 and at most 86400")
    return value


def run_sql(args: argparse.Namespace) -> int:
    """One query, or the shell; 0 answered, 1 the data or a limit stopped it, 2 the query is wrong, 130 stopped."""
    from pipelines.query import command

    if len(args.query) > 1:
        # The terminal has taken it apart, and may have put names of files in place of a *.
        return command.say('Put the query in quotes: councils sql "SELECT …".', 2)
    args.query = args.query[0] if args.query else None
    return command.sql(args)
