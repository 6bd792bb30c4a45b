"""`councils read FILE...`: what the reader understands of inspection reports and council packs."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from pipelines.help_format import HelpFormat

if TYPE_CHECKING:
    from pipelines.reports.record import Record

_NOT_READ = ("unreadable", "other")
_COLUMNS = (
    "file",
    "sha256",
    "kind",
    "framework",
    "authority",
    "la_code",
    "new_la_code",
    "inspection_start",
    "inspection_end",
    "published",
    "area",
    "grade",
    "page",
    "quote",
)


class Writer(Protocol):
    """Prints records in one format, each as soon as it is read."""

    def write(self, record: Record) -> None:
        """Print one record."""


def add_parser(subparsers: Any) -> None:
    """Add `read` to the command's parsers; `run` is its function."""
    parser = subparsers.add_parser(
        "read",
        help="read inspection reports and council packs: one record per file",
        description="Read inspection reports (PDF, or text and Markdown conversions in council packs). "
        "Exit 0 when all files were read, 1 when some were not; problems go to stderr.",
        epilog="example:\n  councils read essex_2014.pdf --format table",
        formatter_class=HelpFormat,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a report or council pack")
    parser.add_argument(
        "--format",
        choices=("json", "csv", "table"),
        default="json",
        help="json: one record per line (default); csv: one row per judgement; table: for reading",
    )
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="the longest one file may take (default 60)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one record per file and its problems; 0 when all were read, 1 when some were not."""
    from pipelines.reports.stream import read_many

    writer = _writer(args.format, sys.stdout)
    unread = 0
    try:
        for name, record in zip(args.files, read_many(args.files, seconds=args.seconds), strict=True):
            writer.write(record)
            sys.stdout.flush()
            unread += record.kind in _NOT_READ
            for problem in record.problems:
                place = f", page {problem.page}" if problem.page else ""
                print(f"{name}{place}: {problem.what}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read our output (`head`) has seen enough; the rest goes nowhere, without an error at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    if unread:
        print(f"{unread} of {len(args.files)} files could not be read.", file=sys.stderr)
    return 1 if unread else 0


def _writer(name: str, out: TextIO) -> Writer:
    writers: dict[str, type[_Json | _Csv | _Table]] = {"json": _Json, "csv": _Csv, "table": _Table}
    return writers[name](out)


class _Json:
    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Record) -> None:
        self._out.write(record.to_json() + "\n")


class _Csv:
    """One row per judgement; a file without one has one row, so that no file is left out."""

    def __init__(self, out: TextIO) -> None:
        self._rows = csv.DictWriter(out, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        self._rows.writeheader()

    def write(self, record: Record) -> None:
        head = record.to_dict()
        for judgement in head["judgements"] or [{}]:
            self._rows.writerow({**head, **judgement})


class _Table:
    """A paragraph per file: what it is, then a line per judgement and the counts of the rest."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: Record) -> None:
        dates = " to ".join(day for day in (record.inspection_start, record.inspection_end) if day)
        about = [record.kind, record.framework or record.visit_type, record.authority, dates]
        lines = [f"{record.file}: {', '.join(part for part in about if part)}"]
        for one in record.judgements:
            page = f"  page {one.page}" if one.page else ""
            lines.append(f"  {one.area:<28} {one.grade:<22}{page}")
        counts = {
            "statistics": len(record.statistics),
            "previous inspections": len(record.previous_inspections),
            "recommendations": len(record.recommendations),
            "findings": len(record.findings),
            "plan actions": len(record.plan_actions),
            "milestones": len(record.plan_milestones),
            "problems": len(record.problems),
        }
        told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        self._out.write("\n".join([*lines, *([f"  {told}"] if told else [])]) + "\n")
