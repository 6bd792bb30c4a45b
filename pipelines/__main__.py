"""The command `councils`: the contents page of the product, its commands in the order a run happens."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from pipelines.errors import CouncilsError

# Module → the commands that its `add_parser(subparsers)` adds, so that one command imports no other's module. A module
# is light to import: what is heavy is imported by the function run.
COMMANDS = {
    "pipelines.commands": ("all", "extract", "build", "publish", "notebooks", "engine", "site", "status"),
    "pipelines.reports.cli": ("read",),
    "pipelines.reports.own_cli": ("add", "remove"),
    "pipelines.query.cli": ("tables", "describe", "examples", "sql", "export", "trace"),
    "pipelines.relations.cli": ("relate",),
}

EXAMPLES = """\
examples:
  councils all                          everything: database, validation, charts, notebooks, site
  councils build                        the database alone, from data/raw
  councils publish grade_profile        one chart again, into published/
  councils status                       what is built and whether it is still true
  councils relate looked_after_rate     how a measure and the grades relate, with n and interval
  councils read REPORT.pdf              the grades, dates and figures of an inspection report
  councils extract --from FOLDER        publishers' files into data/raw (maintainers)
"""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The command's parser: with every subcommand, or with those beside the one that is named."""
    top = argparse.ArgumentParser(
        prog="councils",
        description="Ofsted's judgements beside an area's figures, for every upper-tier authority in England.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # The name is given, or argparse would write a page of usage to find it (and import compressors for that).
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", prog=top.prog)
    for module in [m for m, commands in COMMANDS.items() if command in commands] or COMMANDS:
        import_module(module).add_parser(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives back its exit code: 0 done, 1 the data or a file stopped it, 2 the words were off."""
    words = sys.argv[1:] if argv is None else list(argv)
    top = parser(words[0] if words else None)
    args = top.parse_args(words)
    if args.command is None:
        top.print_help()
        return 2
    try:
        return int(args.run(args))
    except CouncilsError as error:
        print(f"councils {args.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"councils {args.command}: stopped. Nothing half-made was kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`councils … | head`): that is no fault.
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
