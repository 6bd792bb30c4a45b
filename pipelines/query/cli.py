"""The commands around ad-hoc SQL: tables, describe, examples, export, trace."""

import argparse
import sys
from pathlib import Path
from typing import Any

from pipelines.errors import CouncilsError
from pipelines.help_format import add_command
from pipelines.query.options import add_format


def add_parser(subparsers: Any) -> None:
    """Add the commands, in the order a new user meets them."""
    tables = _add(subparsers, "tables", run_tables, "the tables, views and macros, and what a row of each is")
    add_format(tables)
    describe = _add(
        subparsers,
        "describe",
        run_describe,
        "one table, view or macro: row, key, columns, source, coverage, sample rows",
    )
    describe.add_argument("table", metavar="TABLE")
    examples = _add(subparsers, "examples", run_examples, "example questions with their SQL")
    examples.add_argument("word", nargs="?", metavar="WORD", help="only those with this word")
    export = _add(
        subparsers, "export", run_export, "the whole database as Parquet, CSV or SQLite, with descriptors"
    )
    export.add_argument("folder", metavar="FOLDER", help="a folder that is new, empty, or an earlier export")
    export.add_argument(
        "--format", choices=("parquet", "csv", "sqlite"), default="parquet", help="default: parquet"
    )
    trace = _add(subparsers, "trace", run_trace, "the road of a number back to the publisher's file")
    trace.add_argument(
        "council", nargs="?", metavar="COUNCIL", help="an authority's name or code, England, a region"
    )
    trace.add_argument("what", nargs="?", metavar="MEASURE", help="a measure, or an area that is judged")
    trace.add_argument(
        "when",
        nargs="?",
        metavar="YEAR",
        help="the year; of a judgement the year or day of the visit or the report",
    )
    trace.add_argument("--table", metavar="TABLE", help="a row of any table, by its key")
    trace.add_argument(
        "--key", action="append", default=[], metavar="COLUMN=VALUE", help="a part of the row's key"
    )
    trace.add_argument("--chart", metavar="CHART", help="a point of a published chart, by --key COLUMN=VALUE")


# True ones: a test runs each.
EXAMPLES = {
    "tables": ("tables",),
    "describe": ("describe judgements", "describe as_at"),
    "examples": ("examples neighbours",),
    "export": ("export export_parquet --format parquet",),
    "trace": (
        "trace Essex looked_after 2020",
        "trace Essex overall 2018",
        "trace --table authorities --key la_code=881",
        "trace --chart latest_grades --key la_code=881",
    ),
}


def _add(subparsers: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    return add_command(subparsers, name, run, about, EXAMPLES[name])


def run_tables(args: argparse.Namespace) -> int:
    """The list of tables."""
    from pipelines.query import command

    return command.tables(args)


def run_describe(args: argparse.Namespace) -> int:
    """A page about one table."""
    from pipelines.query.catalogue import describe
    from pipelines.query.engine import connect

    with connect() as con:
        print(describe(con, args.table))
    return 0


def run_examples(args: argparse.Namespace) -> int:
    """The questions; with one left, its SQL too."""
    from pipelines.query.examples import find

    found = find(args.word)
    if not found:
        raise CouncilsError(
            f"No example has the word '{args.word}'.{_measures_with(args.word)} See: councils examples."
        )
    width = max(len(e.name) for e in found)
    for example in found:
        print(f"{example.name.ljust(width)}  {example.question}")
    if len(found) == 1:
        print(f"\n{found[0].sql.rstrip()}")
    print(f"\nRun one: councils sql --example {found[0].name}", file=sys.stderr)
    return 0


def _measures_with(word: str) -> str:
    """The measures that have a word, for someone who looks for a figure and not for a question."""
    from pipelines.registry import measures

    found = [
        name for name, entry in measures().items() if word.casefold() in f"{name} {entry['title']}".casefold()
    ]
    return f" It is in these measures of area_statistics: {', '.join(found[:8])}." if found else ""


def run_export(args: argparse.Namespace) -> int:
    """The whole database in another form."""
    from pipelines.query.export import export

    print(export(Path(args.folder), args.format))
    return 0


def run_trace(args: argparse.Namespace) -> int:
    """The road of one number."""
    from pipelines.query.road import trace_command

    print(trace_command(args))
    return 0
