"""The command `councils`: the contents page of the product, its commands in the order a run happens."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pipelines.errors import CouncilsError

# As typing has it, which takes longer to load than a query waits for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from pipelines.query.apart import Apart

# Module → the commands that its `add_parser(subparsers)` adds, so that one command imports no other's module. A module
# is light to import: what is heavy is imported by the function run.
COMMANDS = {
    "pipelines.commands": ("all", "extract", "build", "publish", "notebooks", "engine", "site", "status"),
    "pipelines.reports.cli": ("read",),
    "pipelines.reports.own_cli": ("add", "remove"),
    "pipelines.query.sql_cli": ("sql",),
    "pipelines.query.cli": ("tables", "describe", "examples", "export", "trace"),
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


def parser(command: str | None = None) -> "argparse.ArgumentParser":
    """The command's parser: with every subcommand, or with those beside the one that is named."""
    import argparse

    from pipelines.help_format import HelpFormat

    top = argparse.ArgumentParser(
        prog="councils",
        description="Ofsted's judgements beside an area's figures, for every upper-tier authority in England.",
        epilog=EXAMPLES,
        formatter_class=HelpFormat,
    )
    # The name is given, or argparse would write a page of usage to find it (and import compressors for that).
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", prog=top.prog)
    for module in [m for m, commands in COMMANDS.items() if command in commands] or COMMANDS:
        import_module(module).add_parser(subparsers)
    return top


def _begin(words: Sequence[str]) -> "Apart | None":
    """What a query waits for longest: the engine's program, begun before anything else of ours is loaded."""
    from pipelines.query.start import begin

    started = begin(words) if words[:1] == ["sql"] else None
    if started is None:
        return None
    from pipelines.query.apart import Apart

    return Apart(started)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives back its exit code: 0 done, 1 the data or a file stopped it, 2 the words were off."""
    words = sys.argv[1:] if argv is None else list(argv)
    apart = _begin(words)
    from argparse import Namespace

    top = parser(words[0] if words else None)
    args = top.parse_args(words, Namespace(apart=apart))
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
    finally:
        if apart is not None:
            apart.close()


def run() -> None:
    """The command as a process of its own.

    A query's process ends when its words are out: taking the interpreter down in order would take a seventh of the time
    to the answer, and there is nothing to put in order.
    """
    status = main()
    if sys.argv[1:2] != ["sql"]:
        sys.exit(status)
    from contextlib import suppress

    with suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
