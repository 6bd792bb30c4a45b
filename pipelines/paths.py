"""Where the project's folders are, whatever folder the command is run from."""

import os
from pathlib import Path


def root() -> Path:
    """The project's folder: COUNCILS_HOME if set, else the folder this package stands in."""
    home = os.environ.get("COUNCILS_HOME")
    return Path(home).resolve() if home else Path(__file__).resolve().parents[1]


def raw() -> Path:
    """`data/raw`: the publishers' facts, as the repository ships them."""
    return root() / "data" / "raw"


def curated() -> Path:
    """`data/curated`: what the build makes (the database, Parquet, rejected rows, its state)."""
    return root() / "data" / "curated"


def database() -> Path:
    """The database that notebooks, charts and SQL open read-only."""
    return curated() / "councils.duckdb"


def package() -> Path:
    """The importable package, where SQL files and registries stand."""
    return Path(__file__).resolve().parent


def site() -> Path:
    """`site`: the built pages."""
    return root() / "site"


def engine() -> Path:
    """`.engine`: the SQL page's engine as npm installs it, and packed for the site; never in git."""
    return root() / ".engine"


def published() -> Path:
    """`published`: the charts as published, kept in git."""
    return root() / "published"


def notebooks() -> Path:
    """`notebooks`: the percent scripts, and the executed copies beside them."""
    return root() / "notebooks"


def shared() -> Path:
    """The publishers' own files, where a maintainer has them: COUNCILS_SHARED, else `shared` beside the project."""
    folder = os.environ.get("COUNCILS_SHARED")
    return Path(folder).resolve() if folder else root().parent / "shared"
