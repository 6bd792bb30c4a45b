"""The built database, the site rendered once for all tests of pages, and a real browser to read it with."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines import paths


@pytest.fixture(scope="session")
def database() -> Path:
    """The curated database; built first where it is missing."""
    from pipelines.build import build

    if not paths.database().exists():
        build()
    return paths.database()


@pytest.fixture(scope="session")
def site(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, with charts published for it, in a folder of its own."""
    from pipelines.charts.publish import publish
    from pipelines.open import open_database
    from pipelines.site import build_site

    folder = tmp_path_factory.mktemp("site")
    published = folder / "published"
    with open_database(database) as connection:
        publish(connection, published)
    build_site(database, published, paths.notebooks(), paths.curated() / "data_docs", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The distribution's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()
