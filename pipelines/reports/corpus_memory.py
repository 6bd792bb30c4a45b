"""What a run over the corpus remembers: the rows of files already read, so that only new or changed files are read.

It lies in `data/curated/reports_read` (never shipped) and can be deleted at any time. A file's rows are kept by its
name and sha256 as soon as they are read, so a run that is stopped goes on where it was; they count only for the reader
that made them (its code, tables and libraries).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from pipelines.reports.corpus_rows import Row

Tables = dict[str, list[Row]]
_READ, _DONE = "read.jsonl", "done.json"


def reader_mark() -> str:
    """A digest of everything the rows of a file depend on beside the file: code, tables, libraries, OCR."""
    from pipelines.reports.authority import authority_table

    digest = hashlib.sha256()
    package = Path(__file__).parent
    found = [
        p for p in package.rglob("*") if p.suffix in (".py", ".csv", ".toml") and "__pycache__" not in p.parts
    ]
    for path in [*sorted(found), authority_table()]:
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    digest.update(metadata.version("pypdfium2").encode())
    digest.update(b"ocr" if shutil.which("tesseract") else b"")
    return digest.hexdigest()


def file_mark(paths: Iterable[Path]) -> str:
    """A digest of some files' names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        digest.update(f"{path.name}\0{content}\0".encode())
    return digest.hexdigest()


class Memory:
    """The rows remembered for one folder of outputs, under one reader."""

    def __init__(self, folder: Path, reader: str) -> None:
        self._folder, self._reader = folder, reader
        self._rows: dict[str, Tables] = {}

    def load(self) -> None:
        """Take up what was read before by the same reader; a line cut short by a kill is left out."""
        path = self._folder / _READ
        if not path.exists():
            return
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines or lines[0] != self._reader:
            path.unlink()
            return
        for line in lines[1:]:
            try:
                entry: dict[str, Any] = json.loads(line)
            except json.JSONDecodeError:
                continue
            self._rows[entry["key"]] = entry["tables"]

    def get(self, key: str) -> Tables | None:
        """The rows of a file by its key, if they are remembered."""
        return self._rows.get(key)

    def keep(self, key: str, tables: Tables) -> None:
        """Remember the rows of one file, at once and on disk."""
        self._rows[key] = tables
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / _READ
        is_new = not path.exists()
        with path.open("a", encoding="utf-8") as handle:
            if is_new:
                handle.write(self._reader + "\n")
            handle.write("\n" + json.dumps({"key": key, "tables": tables}, ensure_ascii=False) + "\n")

    def is_done(self, inputs: str, outputs: str) -> bool:
        """Whether the last run ended on just these inputs and its tables are as it wrote them."""
        path = self._folder / _DONE
        if not path.exists():
            return False
        return path.read_text(encoding="utf-8") == self._done(inputs, outputs)

    def set_done(self, inputs: str, outputs: str) -> None:
        """Remember that these inputs gave these tables."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / _DONE).write_text(self._done(inputs, outputs), encoding="utf-8")

    def _done(self, inputs: str, outputs: str) -> str:
        return json.dumps({"reader": self._reader, "inputs": inputs, "outputs": outputs}, indent=1) + "\n"
