"""The site's limits: its size without the SQL page's engine, and how soon a council's page is drawn."""

from pathlib import Path
from typing import Any

SITE_BYTES = 60_000_000
DRAWN_MS = 1_500


def test_the_site_without_the_engine_keeps_to_its_size(site: Path) -> None:
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    engine = site / "sql" / "engine.js"
    assert size - (engine.stat().st_size if engine.exists() else 0) <= SITE_BYTES


def test_a_council_page_is_drawn_soon(browser: Any, site: Path) -> None:
    largest = max((site / "councils").glob("[0-9]*.html"), key=lambda page: page.stat().st_size)
    times = []
    for _ in range(3):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(largest.as_uri(), wait_until="load")
        # Two frames after loading, everything has been laid out and painted once.
        times.append(
            page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
            )
        )
        page.close()
    assert min(times) <= DRAWN_MS, times
