"""Starting the engine's own program for a query, before anything else of ours is loaded.

It takes as long to start and open the database as Python takes for its modules, so both go on side by side. Nothing is
imported before it starts that Python has not loaded already, and before it is told what to open only what finds the file.
"""

import os
import sys
from collections.abc import Sequence

PROGRAM = os.path.join("duckdb_cli", "duckdb")
OPTIONS = ("-batch", "-bail", "-json", "-no-init")
# Not known to the program: they are about Python, or off unless asked for at its start.
OF_PYTHON = ("python_enable_replacements", "allow_unsigned_extensions")
# The version and the locks, as `Apart.check` reads them.
STATE = "SELECT version(), current_setting('enable_external_access'), current_setting('lock_configuration')"


class Started:
    """The program, started and told to open a database: its process, the pipe to it and the one back, the folder of its
    package, the database, and the word after which its answer about itself is whole."""

    def __init__(self, pid: int, to: int, back: int, packages: str) -> None:
        self.pid, self.to, self.back, self.packages = pid, to, back, packages
        self.database = ""
        self.mark = b""

    def send(self, *lines: str) -> None:
        """Lines to the program, and a word after which what they give is whole.

        Raises:
            OSError: it has ended.
            UnicodeEncodeError: a line holds half a character.
        """
        self.mark = os.urandom(8).hex().encode() + b"\n"
        os.write(self.to, "\n".join(lines).encode() + b"\n.print " + self.mark)


def begin(words: Sequence[str]) -> Started | None:
    """Start the program, where the system has it, on the database that the words of `councils sql` name."""
    started = start()
    if started is None:
        return None
    from itertools import pairwise

    from pipelines import own_database, paths

    named = [after for word, after in pairwise(words) if word == "--database"]
    opened(
        started,
        named[-1] if named else str(paths.database()),
        None if named else own_database.attach_statement(),
    )
    return started


def program() -> str | None:
    """The engine's own program, where the package duckdb-cli is installed."""
    return next(
        (p for p in (os.path.join(folder, PROGRAM) for folder in sys.path) if os.path.isfile(p)), None
    )


def start() -> Started | None:
    """Start the program, where the system has it and can; it has opened nothing yet."""
    path = program()
    if path is None or not hasattr(os, "posix_spawn"):
        return None
    their_in, to = os.pipe()
    back, their_out = os.pipe()
    # The ends of pipes that are not named here close by themselves in the program.
    actions = [
        (os.POSIX_SPAWN_DUP2, their_in, 0),
        (os.POSIX_SPAWN_DUP2, their_out, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    try:
        # A group of its own: Ctrl-C is for the command, which then ends the program.
        pid = os.posix_spawn(path, (path, *OPTIONS), os.environ, file_actions=actions, setpgroup=0)
    except OSError:
        os.close(to)
        os.close(back)
        return None
    finally:
        os.close(their_in)
        os.close(their_out)
    return Started(pid, to, back, os.path.dirname(os.path.dirname(path)))


def opened(started: Started, database: str, own: str | None) -> None:
    """Have it open a database read-only and lock itself, while we go on; `Apart.check` sees what came of it.

    `own`: the statement that attaches the analyst's own reports.
    """
    from pipelines.query.limits import SETTINGS

    started.database = database
    path = database.replace("'", "''")
    # The name that the engine gives a file it opens itself, and no other database beside it, as in engine.connect.
    name = os.path.splitext(os.path.basename(database))[0].replace('"', '""')
    lines = [f"SET {name} = '{value}';" for name, value in SETTINGS.items() if name not in OF_PYTHON]
    lines += [f"ATTACH '{path}' AS \"{name}\" (READ_ONLY);", f'USE "{name}";', "DETACH memory;"]
    lines += [f"{own};"] if own else []
    # Files, the shell and the settings are closed by its safe mode.
    try:
        started.send(*lines, ".safe_mode", f"{STATE};")
    except (OSError, UnicodeEncodeError):
        # It has ended, or cannot be told: nothing will come back, and the engine in this process is asked.
        return
