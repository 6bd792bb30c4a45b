"""Many files, one record each, in their order: streamed, with a limit of time and memory for every file.

Worker processes read; this side waits for each answer until the file's deadline. A worker that does not
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
WORKERS = min(2, os.cpu_count() or 1)  # reading is bound by the processor; a third would only wait
_GRACE = (
    1.5  # the worker stops by itself at the deadline and returns what it has; this much later it is ended
)
_AHEAD = 2  # requests under way, so that the worker never waits for this side


class _Worker:
    """One reading process with its answers in a queue."""

    def __init__(self) -> None:
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (package, os.environ.get("PYTHONPATH", "")) if part)
        with ExitStack() as stack:
            self._errors: IO[bytes] = stack.enter_context(tempfile.TemporaryFile())
            self._open = stack.pop_all()  # until close()
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
        code = self._process.returncode
        ended = f"the process that read the file was ended by signal {-code}, as for want of memory"
        last = said[-1] if said else (ended if code < 0 else f"exit status {code}")
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


class _Reader:
    """One worker after another, with the files it has been given and not yet answered."""

    def __init__(self, limits: dict[str, object]) -> None:
        self._limits = limits
        self._seconds = float(str(limits["seconds"])) * _GRACE
        self._under_way: deque[Path] = deque()
        self._worker: _Worker | None = None

    def give(self, path: Path) -> None:
        """Add a file to what the worker has to do."""
        self._under_way.append(path)
        if self._worker is not None:
            self._worker.ask(self._request(path))

    def take(self) -> Record:
        """The record of the file that was given first."""
        self.start()
        assert self._worker is not None
        answer = self._worker.answer(self._seconds)
        path = self._under_way.popleft()
        if isinstance(answer, Record):
            return answer
        self.close()
        return _given_up(path, answer)

    def start(self) -> None:
        """Begin with the files given so far, without waiting."""
        if self._worker is None and self._under_way:
            self._worker = _Worker()
            for path in self._under_way:
                self._worker.ask(self._request(path))

    def close(self) -> None:
        """End the worker, if there is one."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _request(self, path: Path) -> dict[str, object]:
        return {"path": str(path.absolute()), **self._limits}


def read_many(
    paths: Iterable[str | Path],
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    authorities: Path | None = None,
    workers: int = WORKERS,
) -> Iterator[Record]:
    """One record per file, in order; `CouncilsError` only where the table of authorities is missing."""
    table = authority_table() if authorities is None else authorities
    read_authorities(table)  # a missing table is told once and before the first file
    limits: dict[str, object] = {
        "seconds": seconds,
        "megabytes": megabytes,
        "authorities": str(table.absolute()),
    }
    waiting = iter(paths)
    turns: deque[_Reader] = deque()
    readers = [_Reader(limits) for _ in range(workers)]
    free = deque(readers * _AHEAD)  # whose turn it is: one place for each file a reader may have
    try:
        while True:
            while free and (path := next(waiting, None)) is not None:
                reader = free.popleft()
                reader.give(Path(path))
                turns.append(reader)
            if not turns:
                return
            for reader in readers:
                reader.start()
            reader = turns.popleft()
            yield reader.take()
            free.append(reader)
    finally:
        for reader in readers:
            reader.close()


def _given_up(path: Path, why: str) -> Record:
    sha256 = ""
    with suppress(OSError), path.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return Record(file=path.name, sha256=sha256, kind="unreadable", reason=why, problems=[Problem(why)])
