"""The words that commands of ad-hoc SQL share: for the form of rows and for their file."""

import argparse
from pathlib import Path


def add_format(parser: argparse.ArgumentParser) -> None:
    """The words for the form of rows and for their file."""
    parser.add_argument(
        "--format", metavar="FORMAT", help="table, csv, json, markdown, parquet, xlsx or chart "
        "(default: by the file's name; else a table on a terminal, csv into a pipe)",
    )  # fmt: skip
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="write the rows into this file")
