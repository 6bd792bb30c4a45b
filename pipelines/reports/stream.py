"""Many files, one record each, in their order: streamed, with a limit of time and memory for every file.

A worker process reads; this side waits for each answer until the file's deadline. A worker that does not
answer or dies is ended, its file becomes an `unreadable` record, and the next file gets a new worker.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from pipelines.reports.authority import authority_table, read_authorities
from pipelines.reports.record import Problem, Record

SECONDS = 60.0
MEGABYTES = 1_200
_GRACE = (
    1.5  # the worker stops by itself at the deadline and returns what it has; this much later it is ended
)
_AHEAD = 2  # requests under way, so that the worker never waits for this side


class _Worker:
    """One reading process with its answers in a queue."""

    def __init__(self) -> None:
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
        self._open = ExitStack()
        self._errors: IO[bytes] = self._open.enter_context(tempfile.TemporaryFile())
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.reports.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(None)

    def ask(self, request: dict[str, object]) -> None:
        """Send one request; a worker that is gone is noticed when its answer is waited for."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def answer(self, seconds: float) -> Record | str:
        """The next record, or a sentence that says why there is none."""
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            return f"Reading took longer than {seconds:g} seconds and was given up."
        if line is None:
            return self._why()
        return Record.from_dict(json.loads(line))

    def _why(self) -> str:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        last = said[-1] if said else f"exit status {self._process.returncode}"
        if "MemoryError" in last:
            return "Reading needed more memory than one file may take, and was given up."
        return f"Reading broke off ({last[:200]})."

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        self._open.close()


def read_many(
    paths: Iterable[str | Path],
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    authorities: Path | None = None,
) -> Iterator[Record]:
    """One record per file, in order; raises `CouncilsError` only where the table of authorities is missing."""
    table = authority_table() if authorities is None else authorities
    read_authorities(table)  # a missing table is told once and before the first file
    waiting = iter(paths)
    under_way: deque[Path] = deque()
    worker: _Worker | None = None
    try:
        while True:
            while len(under_way) < _AHEAD and (path := next(waiting, None)) is not None:
                under_way.append(Path(path))
                if worker is not None:
                    worker.ask(_request(Path(path), seconds, megabytes, table))
            if not under_way:
                return
            if worker is None:
                worker = _Worker()
                for path in under_way:
                    worker.ask(_request(path, seconds, megabytes, table))
            answer = worker.answer(seconds * _GRACE)
            path = under_way.popleft()
            if isinstance(answer, str):
                worker.close()
                worker = None
                yield _given_up(path, answer)
            else:
                yield answer
    finally:
        if worker is not None:
            worker.close()


def _request(path: Path, seconds: float, megabytes: int, table: Path) -> dict[str, object]:
    return {
        "path": str(path.absolute()),
        "seconds": seconds,
        "megabytes": megabytes,
        "authorities": str(table.absolute()),
    }


def _given_up(path: Path, why: str) -> Record:
    sha256 = ""
    with suppress(OSError), path.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return Record(file=path.name, sha256=sha256, kind="unreadable", reason=why, problems=[Problem(why)])
