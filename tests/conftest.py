"""Fixtures every test may use: where the project is, and where the publishers' files are, if they are here."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of publishers' files; skips where it is missing, since users never have it."""
    folder = Path(os.environ.get("COUNCILS_SHARED", ROOT.parent / "shared"))
    if not (folder / "statistics" / "MANIFEST.csv").exists():
        pytest.skip(f"the publishers' files are not here ({folder.name}/statistics/MANIFEST.csv is missing)")
    return folder
