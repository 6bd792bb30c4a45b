"""The pages of the site: they load nothing from outside, their links resolve, they can be read by everyone."""

import random
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from pipelines.errors import CouncilsError
from pipelines.open import open_database

OUTSIDE = re.compile(
    r"""(?:src|srcset|href|action|data)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""",
    re.I,
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """What a page holds, as far as a reader without eyes or mouse depends on it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.crossed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        return [attrs for name, attrs in self.tags if name == tag]


def read(page: Path) -> Reader:
    """Parse one page."""
    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def own_pages(site: Path) -> list[Path]:
    """Our pages, without Great Expectations' own."""
    return [page for page in sorted(site.rglob("*.html")) if "data_docs" not in page.parts]


def kinds(site: Path) -> list[Path]:
    """One page of each kind, and a few councils: those that are odd."""
    names = [
        "index",
        "dictionary",
        "checks",
        "councils/index",
        "councils/882",
        "councils/201",
        "councils/420",
    ]
    names += ["councils/835", "councils/838", "councils/943", "measures/index", "measures/looked_after_rate"]
    names += ["charts/index", "charts/grade_profile", "charts/inspection_history", "notebooks/index"]
    return [site / f"{name}.html" for name in names] + sorted((site / "notebooks").glob("[0-9]*.html"))


def test_no_page_or_style_loads_anything_from_outside(site: Path) -> None:
    found = {
        str(path.relative_to(site)): match.group(0)
        for path in sorted(site.rglob("*"))
        if path.suffix in {".html", ".css"} and "notebooks" not in path.parts
        for match in [OUTSIDE.search(path.read_text(encoding="utf-8"))]
        if match
    }
    assert found == {}


def test_notebook_pages_load_nothing_but_may_link(site: Path) -> None:
    for page in sorted((site / "notebooks").glob("*.html")):
        loads = [a for tag in ("img", "script", "link", "iframe") for a in read(page).of(tag)]
        assert not [a for a in loads if re.match(r"(https?:)?//", a.get("src") or a.get("href") or "")], (
            page.name
        )


def test_every_internal_link_resolves(site: Path) -> None:
    anchors: dict[Path, set[str]] = {}
    lost = []
    for page in own_pages(site):
        reader = read(page)
        links = [a.get("href") for a in (*reader.of("a"), *reader.of("link"))]
        links += [a.get("src") for a in reader.of("img")] + [a.get("srcset") for a in reader.of("source")]
        for link in links:
            if not link or link.startswith(("data:", "http")):
                continue
            target, anchor = urldefrag(link)
            file = (page.parent / unquote(target)).resolve() if target else page
            if not file.exists():
                lost.append((page.name, link))
            elif anchor and file.suffix == ".html":
                if file not in anchors:
                    anchors[file] = {i for _, a in read(file).tags for i in [a.get("id")] if i}
                if anchor not in anchors[file]:
                    lost.append((page.name, link))
    assert lost == []


def test_pages_have_language_title_landmarks_and_ordered_headings(site: Path) -> None:
    for page in kinds(site):
        reader = read(page)
        assert reader.of("html")[0].get("lang") == "en-GB", page
        assert len(reader.of("main")) == len(reader.of("header")) == len(reader.of("footer")) == 1, page
        assert reader.of("nav")[0].get("aria-label"), page
        assert reader.of("title"), page
        assert reader.headings.count(1) == 1, (page, reader.headings)
        steps = zip(reader.headings, reader.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), (page, reader.headings)
        assert reader.of("a")[0] == {"class": "skip", "href": "#main"}, page


def test_pages_are_well_formed_with_unique_ids(site: Path) -> None:
    for page in kinds(site):
        reader = read(page)
        assert reader.crossed == [] and reader.open == [], (page, reader.crossed, reader.open)
        ids = [a["id"] for _, a in reader.tags if a.get("id")]
        assert len(ids) == len(set(ids)), page


def test_every_picture_has_words_and_every_own_table_a_caption(site: Path) -> None:
    for page in kinds(site):
        reader = read(page)
        assert all((a.get("alt") or "").strip() for a in reader.of("img")), page
        assert all(a.get("aria-label") for a in reader.of("svg") if a.get("role") == "img"), page
        if page.parent.name != "notebooks":
            assert len(reader.of("caption")) == len(reader.of("table")), page
        assert all(a.get("scope") in ("col", "row") for a in reader.of("th")), page


def test_every_council_has_a_page_small_enough_for_a_telephone(site: Path, database: Path) -> None:
    with open_database(database) as connection:
        codes = [row[0] for row in connection.execute("SELECT la_code FROM authorities").fetchall()]
    sizes = {code: (site / "councils" / f"{code}.html").stat().st_size for code in codes}
    assert max(sizes.values()) <= 300_000


def test_fifty_random_values_of_council_pages_equal_the_database(site: Path, database: Path) -> None:
    with open_database(database) as connection:
        rows = connection.execute(
            "SELECT la_code, measure, title, time_period, value, decimals FROM area_statistics "
            "INNER JOIN measures USING (measure) WHERE is_current AND geographic_level = 'Local authority' "
            "AND source_kind = 'statistics' AND role = 'measure' AND value IS NOT NULL "
            "ORDER BY la_code, measure, time_period"
        ).fetchall()
    for la_code, measure, title, year, value, decimals in random.Random(3).sample(rows, 50):
        html = (site / "councils" / f"{la_code}.html").read_text(encoding="utf-8")
        label = re.escape(escape(title).replace("&#x27;", "&#39;"))
        table = re.search(rf'aria-label="{label} by year">(.*?)</table>', html, re.S)
        assert table, (la_code, measure)
        cell = re.search(rf'<th scope="row">{year}</th><td>([^<]*)</td>', table.group(1))
        assert cell and cell.group(1) == f"{value:,.{decimals}f}", (la_code, measure, year, value)


def test_a_suppressed_figure_is_its_symbol_and_reason_never_a_number(site: Path, database: Path) -> None:
    with open_database(database) as connection:
        la_code, measure, year, symbol = connection.execute(
            "SELECT la_code, measure, time_period, published_text FROM area_statistics WHERE is_current "
            "AND value_status = 'suppressed' AND published_text <> '' AND geographic_level = 'Local authority' "
            "ORDER BY la_code, measure, time_period"
        ).fetchall()[0]
        title = connection.execute("SELECT title FROM measures WHERE measure = ?", [measure]).fetchall()[0][0]
    html = (site / "councils" / f"{la_code}.html").read_text(encoding="utf-8")
    table = html[html.index(f'aria-label="{title} by year"') :]
    assert re.search(
        rf'<th scope="row">{year}</th><td>{symbol}</td><td>suppressed by the publisher</td>',
        table,
    )


def test_the_first_page_says_what_the_database_says(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    # Ofsted's own profile as at 31 March 2025 with reports out by 30 June: 36 + 67 of 153.
    assert (
        "of 153 councils held good or outstanding on 31 March 2025: 103 of them. 19 were inadequate." in html
    )
    assert "81,770" in html and "49,420" in html


def test_the_same_data_gives_the_same_pages(site: Path, database: Path, tmp_path: Path) -> None:
    from pipelines import paths
    from pipelines.site import build_site

    build_site(
        database,
        site.parent / "published",
        paths.notebooks(),
        paths.curated() / "data_docs",
        tmp_path / "again",
    )
    differing = [
        page.name
        for page in own_pages(site)
        if page.read_bytes() != (tmp_path / "again" / page.relative_to(site)).read_bytes()
    ]
    assert differing == []


def test_a_chart_that_is_not_published_is_named(database: Path, tmp_path: Path) -> None:
    from pipelines.site import build_site

    with pytest.raises(
        CouncilsError, match=r"grade_profile\.svg: the chart is not published yet. Run `councils publish`"
    ):
        build_site(database, tmp_path, tmp_path, tmp_path / "none", tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_numbers_that_changed_have_a_page_also_when_none_has(site: Path, tmp_path: Path) -> None:
    from pipelines.charts.changes import Change, append_changes, read_changes
    from pipelines.site.pages import Pages

    page = (site / "changes.html").read_text(encoding="utf-8")
    assert "No number of a published chart has changed yet." in page
    assert '<a href="changes.html" aria-current="page">Changes</a>' in page
    changes = [
        Change(
            "grade_profile", "2024 good", "authorities", "60", "61", "outcomes 2025 in place of outcomes 2024"
        ),
        Change("gone_chart", "<1>", "value", "empty", "2", "read or computed otherwise"),
    ]
    append_changes(tmp_path, changes)
    assert read_changes(tmp_path) == changes
    assert read_changes(tmp_path / "nothing") == []
    common = {"navigation": (), "goes_to": "", "publishers": "", "licence": ""}
    Pages(tmp_path, common).write(
        "changes.html", "changes.html", changes=changes, chart_ids=["grade_profile"]
    )
    told = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert "No number of a published chart" not in told
    assert '<a href="charts/grade_profile.html">grade_profile</a>' in told
    assert "<td>60</td><td>61</td><td>outcomes 2025 in place of outcomes 2024</td>" in told
    assert "&lt;1&gt;" in told and "charts/gone_chart" not in told
