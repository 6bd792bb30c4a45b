"""The engine in a process of its own: an answer of `councils sql` without loading the engine into Python.

Python takes longer to load the engine than the engine takes to answer. The package duckdb-cli holds the same engine, of
the same version, as a program: it starts while our own modules load, opens the database read-only under the same settings
and limits, and locks itself, with the safe mode of its own besides (no shell, no files). It is asked as a connection is,
line by line, and what it says comes back as JSON.

This is a quicker way to the same rules and words, never another one: whatever is not plain (no such program, another
version, a type that JSON does not carry, a mistake, too large an answer) raises ApartError, and the connection of engine.py
answers, or says why not.
"""

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.query.limits import PROCESS_BYTES, SETTINGS, THREADS

# An answer of more bytes is left to the engine in this process, which holds values and not their text.
BYTES = 32 << 20
# To open a database takes hundredths of a second.
OPENING_SECONDS = 10.0
# Not known to the program: they are about Python, or off unless asked for at its start.
OF_PYTHON = ("python_enable_replacements", "allow_unsigned_extensions")
_STATE = "SELECT version(), current_setting('enable_external_access'), current_setting('lock_configuration')"


class ApartError(Exception):
    """The process apart does not answer this; the engine in this process will, or will say why not."""


class Rows(NamedTuple):
    """Rows of a statement as JSON has them, fetched as from a connection."""

    rows: list[tuple[Any, ...]]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return self.rows[0] if self.rows else None


class Apart:
    """The program as `start.start` began it: opened once, then asked like a connection, one statement at a time."""

    def __init__(self, pid: int, to: int, back: int, packages: str) -> None:
        self._pid, self._to, self._back, self._packages = pid, to, back, Path(packages)
        self._mark = b""
        self._until = 0.0
        self.database: str | None = None

    def open(self, database: str, own: str | None) -> None:
        """Have it open a database read-only and lock itself, while we go on; `check` sees what came of it.

        `own`: the statement that attaches the analyst's own reports.
        """
        self.database = database
        path = database.replace("'", "''")
        # The name that the engine gives a file it opens itself, and no other database beside it, as in engine.connect.
        name = Path(database).stem.replace('"', '""')
        statements = [f"SET {name} = '{value}'" for name, value in SETTINGS.items() if name not in OF_PYTHON]
        statements += [f"ATTACH '{path}' AS \"{name}\" (READ_ONLY)", f'USE "{name}"', "DETACH memory"]
        statements += [own] if own else []
        self._send(*statements, lock=True)

    def check(self) -> None:
        """See that it is open, locked, and the engine that Python has.

        Raises:
            ApartError: it is not.
        """
        self._until = time.monotonic() + OPENING_SECONDS
        version, has_access, is_locked = self._receive()[-1]
        release = f"duckdb-{str(version).removeprefix('v')}.dist-info"
        if has_access or not is_locked or not (self._packages / release).is_dir():
            raise ApartError(f"{version}, access {has_access}, locked {is_locked}")

    def allow(self, seconds: float) -> None:
        """So long the next answers may take together, and so much memory, processor time too where the system can.

        The bound on the processor's time ends a query whose command was killed and can no longer end it.
        """
        self._until = time.monotonic() + seconds
        _bound(self._pid, seconds)

    def execute(self, query: str) -> Rows:
        """The rows of a statement whose values JSON carries as they are (whole numbers, texts, true, false, NULL).

        Raises:
            ApartError: it is a mistake, or more than BYTES.
            TimeoutError: it took longer than it was allowed.
        """
        self._send(query)
        return Rows(self._receive())

    def extract_statements(self, query: str) -> list[Any]:
        """What a connection says of a text that is no query: not known here.

        Raises:
            ApartError: always.
        """
        raise ApartError(query)

    def close(self) -> None:
        """End the program, whatever it is doing: it reads only, so nothing is lost."""
        from signal import SIGKILL

        os.close(self._to)
        os.close(self._back)
        os.kill(self._pid, SIGKILL)
        os.waitpid(self._pid, os.WNOHANG)

    def _send(self, *statements: str, lock: bool = False) -> None:
        """Statements, and a word after which their answer is whole.

        Each begins with a word of SQL and ends with `;`, so that a line of a query that begins with `.` is no command to
        the program: it takes one only where no statement is open.
        """
        self._mark = os.urandom(8).hex().encode() + b"\n"
        lines = [f"{statement};" for statement in statements]
        if lock:
            lines += [".safe_mode", f"{_STATE};"]
        try:
            os.write(self._to, "\n".join(lines).encode() + b"\n.print " + self._mark)
        except (OSError, UnicodeEncodeError) as error:
            raise ApartError(str(error)) from error

    def _receive(self) -> list[tuple[Any, ...]]:
        """The rows of the statements that were sent."""
        from select import select

        parts, size = bytearray(), 0
        while not parts.endswith(self._mark):
            if not select([self._back], [], [], max(0.0, self._until - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(self._back, 1 << 20)
            size += len(part)
            # Nothing more comes from a program that has stopped, which it does at a mistake.
            if not part or size > BYTES:
                raise ApartError(f"{size} bytes")
            parts += part
        try:
            rows: list[tuple[Any, ...]] = json.loads(parts[: -len(self._mark)], object_pairs_hook=_values)
            return rows
        except ValueError as error:
            raise ApartError(str(error)) from error


def _values(pairs: Iterable[tuple[str, Any]]) -> tuple[Any, ...]:
    """A row by place, not by name: two columns may have the same."""
    return tuple(value for _, value in pairs)


def _bound(pid: int, seconds: float) -> None:
    """Bound what the program may take beyond what it has (as engine.bounded_process does for this one)."""
    try:
        import resource

        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[0])
        wanted = {
            resource.RLIMIT_AS: pages * resource.getpagesize() + PROCESS_BYTES,
            resource.RLIMIT_CPU: int(seconds * THREADS) + 10,
        }
        for kind, bound in wanted.items():
            _, hard = resource.getrlimit(kind)
            resource.prlimit(pid, kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    except (ImportError, AttributeError, OSError):
        # Not Linux, as there: the engine's own limit of memory holds alone.
        return
