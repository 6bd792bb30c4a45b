"""The command `councils`: the contents page of the product, its commands in the order a run happens."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from pipelines.errors import CouncilsError

# Module → its `add_parser(subparsers)`. A module is light to import: what is heavy is imported by the function run.
COMMANDS = (
    "pipelines.commands",
    "pipelines.reports.cli",
    "pipelines.reports.own_cli",
    "pipelines.query.cli",
    "pipelines.relations.cli",
)

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


def parser() -> argparse.ArgumentParser:
    """The command's parser with every subcommand."""
    top = argparse.ArgumentParser(
        prog="councils",
        description="Ofsted's judgements beside an area's figures, for every upper-tier authority in England.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        import_module(name).add_parser(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives back its exit code: 0 done, 1 the data or a file stopped it, 2 the words were off."""
    top = parser()
    args = top.parse_args(argv)
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
