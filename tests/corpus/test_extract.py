"""Reading the publishers' files anew gives `data/raw` byte for byte."""

import hashlib
from pathlib import Path

import pytest

from pipelines import extract as station
from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.registry import sources


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def extracted(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("raw")
    station.extract(shared / "statistics", raw)
    return raw


def test_extract_gives_the_shipped_tables_byte_for_byte(extracted: Path) -> None:
    again = {p.relative_to(extracted).as_posix(): digest(p) for p in extracted.rglob("*") if p.is_file()}
    shipped = {name: digest(paths.raw() / name) for name in again if (paths.raw() / name).exists()}
    assert again == shipped


def test_no_shipped_table_is_of_a_file_no_longer_read(extracted: Path) -> None:
    # Reports are read from a folder of their own, and their tables are tested with the corpus.
    folders = [source_id for source_id, source in sources().items() if source.files]
    shipped = {
        p.relative_to(paths.raw()).as_posix()
        for folder in folders
        for p in (paths.raw() / folder).rglob("*")
        if p.is_file()
    }
    assert shipped == {p.relative_to(extracted).as_posix() for p in extracted.rglob("*/*") if p.is_file()}


def test_every_sha256_is_the_manifests(shared: Path) -> None:
    import csv

    with (shared / "statistics" / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as handle:
        manifest = {row["path"]: row["sha256"] for row in csv.DictReader(handle)}
    register = {row["path"]: row["sha256"] for row in station.read_register(paths.raw())}
    known = {path: sha for path, sha in register.items() if path in manifest}
    assert len(known) >= len(register) - 1
    assert known == {path: manifest[path] for path in known}


def test_a_file_that_cannot_be_read_changes_nothing(shared: Path, tmp_path: Path) -> None:
    folder = tmp_path / "statistics"
    for file in (f for s in ("children_in_need",) for f in sources()[s].files):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((shared / "statistics" / file.path).read_bytes())
    raw = tmp_path / "raw"
    station.extract(folder, raw, ["children_in_need"])
    before = {p: digest(p) for p in raw.rglob("*") if p.is_file()}
    last = folder / sources()["children_in_need"].files[-1].path
    last.write_bytes(b"<html></html>")
    with pytest.raises(CouncilsError, match="this is a web page"):
        station.extract(folder, raw, ["children_in_need"])
    assert {p: digest(p) for p in raw.rglob("*") if p.is_file()} == before
