"""Starting the engine's own program before anything else of ours is loaded: it needs as long as Python for its modules.

Nothing is imported here that Python has not loaded already (`pathlib` alone would cost the program a tenth of its time).
"""

import os
import sys

PROGRAM = os.path.join("duckdb_cli", "duckdb")
OPTIONS = ("-batch", "-bail", "-json", "-no-init")


def start() -> tuple[int, int, int, str] | None:
    """Start the program of the package duckdb-cli, where the system has it and can; it has opened nothing yet.

    Gives back its process, the pipe to it and the one back, and the folder of the package; `Apart` takes them.
    """
    program = next(
        (p for p in (os.path.join(folder, PROGRAM) for folder in sys.path) if os.path.isfile(p)), None
    )
    if program is None or not hasattr(os, "posix_spawn"):
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
        pid = os.posix_spawn(program, (program, *OPTIONS), os.environ, file_actions=actions, setpgroup=0)
    except OSError:
        os.close(to)
        os.close(back)
        return None
    finally:
        os.close(their_in)
        os.close(their_out)
    return pid, to, back, os.path.dirname(os.path.dirname(program))
