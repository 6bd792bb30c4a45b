"""What the commands of ad-hoc SQL share: a help with examples, and the words for the form of rows and their file."""

import argparse
from pathlib import Path
from typing import Any

from pipelines.help_format import HelpFormat


def add_command(
    subparsers: Any, name: str, run: Any, about: str, examples: tuple[str, ...]
) -> argparse.ArgumentParser:
    """A command with what it is for and examples of it."""
    listed = "\n".join(f"  councils {example}" for example in examples)
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=f"example{'s' if len(examples) > 1 else ''}:\n{listed}",
        formatter_class=HelpFormat,
    )
    parser.set_defaults(run=run)
    return parser


def add_format(parser: argparse.ArgumentParser) -> None:
    """The words for the form of rows and for their file."""
    parser.add_argument(
        "--format", metavar="FORMAT", help="table, csv, json, markdown, parquet, xlsx or chart "
        "(default: by the file's name; else a table on a terminal, csv into a pipe)",
    )  # fmt: skip
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="write the rows into this file")
