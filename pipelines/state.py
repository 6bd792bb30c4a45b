"""What a run remembers, so that the next one redoes only what stands on something changed.

`data/curated/state.json` keeps, per step, the fingerprint of everything the step stood on (file contents, never times)
and what it made. A step whose fingerprint is the same and whose results are all there is not run again.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines import paths

STATE = "state.json"


def fingerprint(files: Iterable[Path], extra: Iterable[str] = ()) -> str:
    """One sha256 over the files' names and contents and some words, in the order given."""
    digest = hashlib.sha256()
    base = paths.root()
    for path in files:
        name = path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for word in extra:
        digest.update(f"\0{word}".encode())
    return digest.hexdigest()


def files_below(folder: Path, *patterns: str) -> list[Path]:
    """The files of a folder that match a pattern, sorted, caches left out."""
    found = {
        p
        for pattern in patterns
        for p in folder.rglob(pattern)
        if p.is_file() and "__pycache__" not in p.parts
    }
    return sorted(found)


def load(curated: Path) -> dict[str, Any]:
    """What the last runs made, by step; empty where nothing was built or the record is damaged."""
    path = curated / STATE
    if not path.exists():
        return {}
    try:
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        # A record cut short by a full disk or a kill says nothing: everything is made again.
        return {}
    return state


def save(curated: Path, step: str, entry: dict[str, Any]) -> None:
    """Remember one step, in one move, so that a kill leaves the old record or the new."""
    state = load(curated)
    state[step] = entry
    new = curated / (STATE + ".new")
    new.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(curated / STATE)
