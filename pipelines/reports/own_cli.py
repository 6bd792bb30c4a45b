"""`councils add FILE...` and `councils remove NAME...`: an analyst's own reports beside the shipped ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pipelines.help_format import HelpFormat


def add_parser(subparsers: Any) -> None:
    """Add the two commands."""
    add = subparsers.add_parser(
        "add",
        help="read a report and keep it with your own, beside what the database holds",
        description="Read inspection reports or council packs, show what was understood beside what the database "
        "holds, and keep them in data/own: apart from the shipped facts, untouched by a build.",
        epilog="example:\n  councils add essex_2026.pdf\n  councils add            (what is held)",
        formatter_class=HelpFormat,
    )
    add.add_argument(
        "files", nargs="*", metavar="FILE", help="a report or council pack (without: list yours)"
    )
    add.set_defaults(run=run_add)
    remove = subparsers.add_parser(
        "remove",
        help="take your own reports out again",
        description="Take your own reports out of data/own again, by name. Shipped facts stay as they are.",
        epilog="example:\n  councils remove essex_2026.pdf",
        formatter_class=HelpFormat,
    )
    remove.add_argument("names", nargs="+", metavar="NAME", help="name of a file that was added")
    remove.set_defaults(run=run_remove)


def run_add(args: argparse.Namespace) -> int:
    """Add the files; 0 when all are held now, 1 when one was refused."""
    from pipelines import own_database
    from pipelines.reports import own

    if not args.files:
        held = own.held_files()
        print("\n".join(path.name for path in held) or f"no reports of your own in {own_database.home()}")
        return 0
    added = own.add_files([Path(name) for name in args.files])
    print("\n".join(line for one in added for line in _lines(one)))
    held_now = sum(one.refusal in ("", "was added before") for one in added)
    print(
        f"{held_now} of {len(added)} files are in {own_database.home()}; query them as own.reports … (councils tables)"
    )
    return 0 if held_now == len(added) else 1


def _lines(one: Any) -> list[str]:
    """What was understood of one file, beside the database's account."""
    from pipelines import paths
    from pipelines.open import open_database
    from pipelines.reports.own_beside import beside

    record = one.record
    dates = " to ".join(day for day in (record.inspection_start, record.inspection_end) if day)
    about = [record.kind, record.framework or record.visit_type, record.authority, dates]
    lines = [f"{record.file}: {', '.join(part for part in about if part)}"]
    if one.refusal:
        lines.append(f"  {one.refusal}")
    if record.kind in ("inspection_report", "council_pack"):
        if paths.database().exists():
            with open_database() as con:
                lines += beside(con, record)
        else:
            lines.append("  there is no database to set it beside yet: run councils build")
    counts = {
        "statistics": len(record.statistics),
        "recommendations": len(record.recommendations),
        "findings": len(record.findings),
        "plan actions": len(record.plan_actions),
    }
    lines.append("  " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    places = [
        (p.what, f"page {p.page}: " if p.page else "") for p in record.problems if p.what != record.reason
    ]
    return [*lines, *(f"  {place}{what}" for what, place in places)]


def run_remove(args: argparse.Namespace) -> int:
    """Take files out again."""
    from pipelines import own_database
    from pipelines.reports import own

    gone = own.remove_files(args.names)
    print(
        f"took out {', '.join(gone)}; {len(own.held_files())} of your own reports remain in {own_database.home()}"
    )
    return 0
