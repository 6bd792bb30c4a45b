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
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.query.limits import PROCESS_BYTES, THREADS
from pipelines.query.start import Started

# An answer of more bytes is left to the engine in this process, which holds values and not their text.
BYTES = 32 << 20
# To open a database takes hundredths of a second.
OPENING_SECONDS = 10.0


class ApartError(Exception):
    """The process apart does not answer this; the engine in this process will, or will say why not."""


class Rows(NamedTuple):
    """Rows of a statement as JSON has them, fetched as from a connection, and their columns, if there is a row."""

    rows: list[tuple[Any, ...]]
    names: tuple[str, ...]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return self.rows[0] if self.rows else None


class Apart:
    """The program as `start.begin` began it, asked like a connection, one statement at a time."""

    def __init__(self, started: Started) -> None:
        self._started = started
        self._until = 0.0
        # Begun with a question about itself.
        self._is_asked = True
        self.database = started.database

    def check(self) -> None:
        """See that it is open, locked, and the engine that Python has.

        Raises:
            ApartError: it is not.
        """
        self._until = time.monotonic() + OPENING_SECONDS
        try:
            version, has_access, is_locked = self._receive().rows[-1]
        except TimeoutError:
            raise ApartError(f"not open in {OPENING_SECONDS:g} s") from None
        release = f"duckdb-{str(version).removeprefix('v')}.dist-info"
        if has_access or not is_locked or not (Path(self._started.packages) / release).is_dir():
            raise ApartError(f"{version}, access {has_access}, locked {is_locked}")

    def allow(self, seconds: float) -> None:
        """So long the next answers may take together, and so much memory, processor time too where the system can.

        The bound on the processor's time ends a query whose command was killed and can no longer end it.
        """
        self._until = time.monotonic() + seconds
        _bound(self._started.pid, seconds)

    def execute(self, query: str) -> Rows:
        """The rows of a statement whose values JSON carries as they are (whole numbers, texts, true, false, NULL).

        Raises:
            ApartError: it is a mistake, or more than BYTES.
            TimeoutError: it took longer than it was allowed.
        """
        try:
            # It begins with a word of SQL and ends with `;`: a line of a query that begins with `.` is no command to the
            # program, which takes one only where no statement is open.
            self._is_asked = True
            self._started.send(f"{query};")
        except (OSError, UnicodeEncodeError) as error:
            raise ApartError(str(error)) from error
        return self._receive()

    def extract_statements(self, query: str) -> list[Any]:
        """What a connection says of a text that is no query: not known here.

        Raises:
            ApartError: always.
        """
        raise ApartError(query)

    def close(self) -> None:
        """End the program, whatever it is doing: it reads only, so nothing is lost."""
        # It ends by itself when there is nothing more to read, if it is not at work.
        os.close(self._started.to)
        os.close(self._started.back)
        if self._is_asked:
            from signal import SIGKILL

            os.kill(self._started.pid, SIGKILL)
        os.waitpid(self._started.pid, os.WNOHANG)

    def _receive(self) -> Rows:
        """The rows of the statements that were sent."""
        from select import select

        parts, size = bytearray(), 0
        while not parts.endswith(self._started.mark):
            if not select([self._started.back], [], [], max(0.0, self._until - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(self._started.back, 1 << 20)
            size += len(part)
            # Nothing more comes from a program that has stopped, which it does at a mistake.
            if not part or size > BYTES:
                raise ApartError(f"{size} bytes")
            parts += part
        self._is_asked = False
        names: list[str] = []

        def row(pairs: list[tuple[str, Any]]) -> tuple[Any, ...]:
            # By place and not by name: two columns may have the same.
            if not names:
                names.extend(name for name, _ in pairs)
            return tuple(value for _, value in pairs)

        try:
            text = parts[: -len(self._started.mark)]
            rows = json.loads(text, object_pairs_hook=row) if text else []
        except ValueError as error:
            raise ApartError(str(error)) from error
        return Rows(rows, tuple(names))


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
