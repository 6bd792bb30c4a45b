"""The site in a real browser: search works, nothing is asked from outside, narrow screens need no sideways scrolling."""

from pathlib import Path
from typing import Any

import pytest


def open_page(browser: Any, page: Path, width: int = 1280) -> tuple[Any, list[str]]:
    """A page, and whatever it asked for from outside or complained about."""
    opened = browser.new_page(viewport={"width": width, "height": 900})
    odd: list[str] = []
    opened.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else odd.append(r.url))
    opened.on("console", lambda m: odd.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: odd.append(str(e)))
    opened.goto(page.as_uri())
    return opened, odd


PAGES = (
    "index",
    "councils/index",
    "councils/882",
    "measures/looked_after_rate",
    "charts/grade_profile",
    "dictionary",
    "checks",
    "coverage",
)


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_screen_and_asks_nothing(browser: Any, site: Path, name: str, width: int) -> None:
    page, odd = open_page(browser, site / f"{name}.html", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert odd == []
    page.close()


@pytest.mark.parametrize("wanted", ["Southend", "southend on sea", "SOUTHEND-ON-SEA", "882"])
def test_search_finds_southend(browser: Any, site: Path, wanted: str) -> None:
    page, odd = open_page(browser, site / "index.html")
    page.fill("#q", wanted)
    assert page.locator("#found a").first.inner_text() == "Southend-on-Sea (882)"
    page.keyboard.press("Enter")
    page.wait_for_url("**/councils/882.html")
    assert page.locator("h1").inner_text() == "Southend-on-Sea"
    assert odd == []
    page.close()


def test_search_says_when_there_is_nothing_and_escapes_what_is_typed(browser: Any, site: Path) -> None:
    page, _ = open_page(browser, site / "index.html")
    page.fill("#q", "<img src=x>")
    assert page.locator("#how").inner_text() == "No council has this name or code."
    page.fill("#q", "Dorset")
    assert page.locator("#found a").count() >= 2
    page.close()


def test_numbers_can_be_read_without_javascript(browser: Any, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "councils" / "882.html").as_uri())
    assert page.locator("table").count() > 5
    page.goto((site / "index.html").as_uri())
    assert page.locator("noscript a, main a[href='councils/index.html']").count() >= 1
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Any, site: Path) -> None:
    page, _ = open_page(browser, site / "councils" / "882.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.close()
