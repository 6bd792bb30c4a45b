"""The registries: which publications there are (`sources.yml`) and which measures (`measures.yml`)."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import paths
from pipelines.errors import CouncilsError


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One publisher's file: where it stands among the publishers' files and what is read from it.

    `file_id` names it at every station: `data/raw/<file_id>.csv` (or .parquet) holds its facts.
    """

    source_id: str
    path: str
    release: str
    rank: int
    reader: str
    options: dict[str, Any]

    @property
    def file_id(self) -> str:
        """`<source id>/<release folder>/<name>`, in the file names' plain characters."""
        *folders, name = Path(self.path).with_suffix("").parts
        plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
        return "/".join([self.source_id, *folders[1:], plain])


@dataclass(frozen=True, slots=True)
class Source:
    """One publication: title, publisher, licence, how often it appears, how to cite it, and its files."""

    source_id: str
    title: str
    publisher: str
    licence: str
    cadence: str
    citation: str
    url: str
    kind: str
    files: tuple[SourceFile, ...]


def load_yaml(path: Path) -> Any:
    """Read a YAML file with the quick loader where libyaml is there."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as handle:
        return yaml.load(handle, Loader=loader)  # a safe loader either way


@cache
def sources() -> dict[str, Source]:
    """Every publication by its id, in the registry's order."""
    entries = load_yaml(paths.package() / "sources.yml")
    found: dict[str, Source] = {}
    for entry in entries:
        files = tuple(_source_file(entry["id"], f) for f in entry.get("files") or ())
        found[entry["id"]] = Source(
            entry["id"],
            entry["title"],
            entry["publisher"],
            entry["licence"],
            entry["cadence"],
            entry["citation"],
            entry["url"],
            entry["kind"],
            files,
        )
    return found


def _source_file(source_id: str, entry: dict[str, Any]) -> SourceFile:
    known = {"path", "release", "rank", "reader"}
    options = {k: v for k, v in entry.items() if k not in known}
    return SourceFile(
        source_id, entry["path"], str(entry["release"]), int(entry["rank"]), entry["reader"], options
    )


@cache
def measures() -> dict[str, dict[str, Any]]:
    """Every measure by its name: title, unit, polarity, decimals, definition, numerator and denominator."""
    entries: list[dict[str, Any]] = load_yaml(paths.package() / "measures.yml")
    return {entry["measure"]: entry for entry in entries}


def source(source_id: str) -> Source:
    """One publication, or a sentence naming the nearest id.

    Raises:
        CouncilsError: no such id.
    """
    try:
        return sources()[source_id]
    except KeyError:
        near = get_close_matches(source_id, sources(), n=1, cutoff=0.3)
        hint = f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(sources())}."
        raise CouncilsError(f"There is no source '{source_id}'.{hint}") from None
