"""WCAG 2.2 AA by axe, in a real browser, on a page of every kind; the keyboard, zoom and print, which axe cannot see."""

from pathlib import Path
from typing import Any

import pytest

from pipelines import paths

AXE = paths.engine() / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (councils engine)")

#: A page of every kind. An abolished council, one that was never inspected, and one with everything.
KINDS = {
    "home": "index.html",
    "councils": "councils/index.html",
    "council": "councils/882.html",
    "abolished council": "councils/835.html",
    "measures": "measures/index.html",
    "measure": "measures/looked_after_rate.html",
    "charts": "charts/index.html",
    "chart": "charts/grade_profile.html",
    "chart of one council": "charts/inspection_history.html",
    "notebooks": "notebooks/index.html",
    "sql": "sql/index.html",
    "dictionary": "dictionary.html",
    "coverage": "coverage.html",
    "checks": "checks.html",
    "changes": "changes.html",
    "data docs": "data_docs/index.html",
    "data docs of a suite": "data_docs/expectations/judgements.html",
}


def kinds(site: Path) -> dict[str, Path]:
    """The pages of this site by kind: every fourth notebook, and one of Great Expectations' results."""
    found = {kind: site / path for kind, path in KINDS.items() if (site / path).exists()}
    found |= {page.stem: page for page in sorted((site / "notebooks").glob("[0-9]*.html"))[::4]}
    results = sorted((site / "data_docs" / "validations").rglob("*.html"))
    return found | {"data docs of a run": results[0]} if results else found


def complaints(page: Any) -> list[str]:
    """What axe finds against the page as it stands: rule, how often, and the first place."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert found["passes"], "axe looked at nothing"
    return [
        f"{v['id']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:300]}"
        for v in found["violations"]
    ]


@needs_axe
def test_no_kind_of_page_breaks_a_rule_of_wcag(browser: Any, site: Path) -> None:
    pages = kinds(site)
    assert len(pages) >= 20, sorted(pages)
    broken = {}
    for kind, path in pages.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(path.as_uri())
        # What is folded away is read too.
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = complaints(page)
        if found:
            broken[kind] = found
        page.close()
    assert broken == {}


@needs_axe
def test_answers_complaints_and_found_councils_break_no_rule_either(browser: Any, site: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((site / "index.html").as_uri())
    page.fill("#q", "dorset")
    assert complaints(page) == []
    page.goto((site / "sql" / "index.html").as_uri())
    if page.locator("#run").count():
        for question in ("FROM latest_judgements LIMIT 5", "SELECT nowhere"):
            page.fill("#query", question)
            page.click("#run")
            page.wait_for_function("document.getElementById('stop').disabled", timeout=60_000)
            assert complaints(page) == [], question
    page.close()


def test_axe_finds_what_is_wrong(browser: Any) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (councils engine)")
    page = browser.new_page()
    page.set_content(
        "<html><body><img src='data:,'><p style='color:#aaa;background:#fff'>pale</p></body></html>"
    )
    rules = {complaint.split(" ")[0] for complaint in complaints(page)}
    assert {"image-alt", "color-contrast", "html-has-lang", "document-title"} <= rules
    page.close()


def test_every_kind_of_page_fits_320_pixels(browser: Any, site: Path) -> None:
    wide = {}
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for kind, path in kinds(site).items():
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[kind] = width
    page.close()
    assert wide == {}


def test_the_keyboard_goes_down_the_page_and_never_sticks(browser: Any, site: Path) -> None:
    for kind in ("home", "council", "sql", "chart", "measure"):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((site / KINDS[kind]).as_uri())
        places = []
        for _ in range(40):
            page.keyboard.press("Tab")
            places.append(
                page.evaluate(
                    """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                    const order = Array.from(document.querySelectorAll('*')).indexOf(e);
                    return [order, e.tagName, r.width > 0 && r.height > 0,
                      getComputedStyle(e).outlineStyle !== 'none' || e.className === 'skip'] }"""
                )
            )
        # After the last stop the keyboard leaves the page, and begins again.
        last = next((i for i, place in enumerate(places) if place[1] == "BODY"), len(places))
        reached = places[:last]
        orders = [place[0] for place in reached]
        assert orders == sorted(set(orders)), (kind, reached)
        assert len(orders) > 15, kind
        assert all(place[2] and place[3] for place in reached), (kind, reached)
        page.close()


def test_print_keeps_the_numbers_and_drops_what_cannot_be_pressed(browser: Any, site: Path) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 1000})
    page.emulate_media(media="print")
    for kind in ("home", "council", "sql", "chart", "measure"):
        page.goto((site / KINDS[kind]).as_uri())
        for gone in ("nav", ".skip", ".search", "button", "textarea"):
            assert page.locator(f"{gone}:visible").count() == 0, (kind, gone)
        if kind in ("council", "measure"):
            assert page.locator("table:visible").count() == page.locator("table").count() > 0, kind
    page.close()
