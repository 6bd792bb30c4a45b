"""A command and its help: what it is for, and examples as written, as wide as the terminal."""

import argparse
import os
import sys
from typing import Any


class HelpFormat(argparse.RawDescriptionHelpFormatter):
    """The width is asked of the system here: argparse asks it through modules that take longer to load than it, and asks
    for every option there is, whether or not somebody wants help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """As shutil.get_terminal_size: what COLUMNS says, else the terminal's, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 80
    except (ValueError, OSError):
        return 80


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
