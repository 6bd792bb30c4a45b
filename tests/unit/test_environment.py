"""The two doors of the environment: one lock, no registry named, conda's file written from it."""

import re
from pathlib import Path

from pipelines.lock_environment import environment_text


def test_the_environment_is_written_from_the_lock(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    assert (root / "environment.yml").read_text(encoding="utf-8") == environment_text(lock)


def test_the_environment_has_every_locked_package(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([A-Za-z0-9_.\-\[\]]+==[^\s;\\]+)", lock, re.M)
    environment = (root / "environment.yml").read_text(encoding="utf-8")
    assert len(pinned) > 100
    assert all(f'"{pin}' in environment for pin in pinned)


def test_every_locked_package_has_hashes(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_every_direct_dependency_is_locked(root: Path) -> None:
    lock = (root / "requirements.lock").read_text(encoding="utf-8").lower()
    for line in (root / "requirements.in").read_text(encoding="utf-8").splitlines():
        name = re.match(r"[A-Za-z0-9_.\-]+", line.strip())
        if name and not line.startswith("#"):
            assert re.search(rf"^{re.escape(name[0].lower().replace('_', '-'))}==", lock, re.M), name[0]
