"""The SQL page in a real browser: the example questions give what `councils sql` gives, from a server and from disk."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.query.engine import connect, execute_all
from pipelines.query.examples import all_examples
from pipelines.query.formats import as_csv, as_text
from pipelines.query.statement import prepare
from pipelines.site import engine
from pipelines.site.dictionary import read_macros, read_tables
from pipelines.site.pages import Pages
from pipelines.site.sql_page import write_sql_page

needs_engine = pytest.mark.skipif(
    engine.script() is None, reason="the SQL page's engine is not installed (councils engine)"
)
COMMON = {
    "navigation": (("index.html", "Findings"), ("sql/index.html", "SQL")),
    "goes_to": "",
    "publishers": "",
    "licence": "",
}


def render(database: Path, target: Path) -> Path:
    """The SQL page alone, as the site has it."""
    (target / "style.css").write_bytes((paths.package() / "site" / "style.css").read_bytes())
    pages = Pages(target, COMMON)
    with connect(database) as con:
        write_sql_page(pages, database, read_tables(con), read_macros(con))
    return target / "sql" / "index.html"


@pytest.fixture(scope="module")
def sql_page(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with its engine."""
    return render(database, tmp_path_factory.mktemp("sql_site"))


class Quiet(SimpleHTTPRequestHandler):
    """Any static web server."""

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def served(sql_page: Path) -> Iterator[str]:
    """The page's address on a static server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(sql_page.parents[1])))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sql/index.html"
    server.shutdown()
    server.server_close()


class Visit:
    """One open page, and whatever it asked for elsewhere or complained about."""

    def __init__(self, browser: Any, address: str) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        self.odd: list[str] = []
        home = address.rsplit("/", 2)[0]
        own = (home, "blob:", "data:")
        self.page.on("request", lambda r: None if r.url.startswith(own) else self.odd.append(r.url))
        self.page.on("pageerror", lambda e: self.odd.append(str(e)))
        self.page.goto(address)

    def ask(self, sql: str) -> str:
        """Ask by keyboard; gives back what the page says when it is done."""
        self.page.fill("#query", sql)
        self.page.press("#query", "Control+Enter")
        return self.said()

    def said(self) -> str:
        """The page's sentence once it is not busy."""
        self.page.wait_for_function("document.getElementById('stop').disabled", timeout=60_000)
        wrong = self.page.locator("#wrong")
        return str(wrong.inner_text() if wrong.is_visible() else self.page.inner_text("#said"))

    def rows(self) -> list[list[str]]:
        """The shown rows."""
        found: list[list[str]] = self.page.evaluate(
            "Array.from(document.querySelectorAll('#result tbody tr'), r => Array.from(r.cells, c => c.textContent))"
        )
        return found

    def saved(self) -> str:
        """The CSV file that the page gives."""
        with self.page.expect_download() as waiting:
            self.page.click("#save")
        return Path(waiting.value.path()).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def visit(browser: Any, served: str) -> Iterator[Visit]:
    """One visit for many questions: the engine is started once."""
    opened = Visit(browser, served)
    yield opened
    opened.page.close()


@needs_engine
@pytest.mark.parametrize("example", all_examples(), ids=lambda e: e.name)
def test_an_example_gives_the_same_rows_as_the_command(visit: Visit, database: Path, example: Any) -> None:
    with connect(database) as con:
        expected = execute_all(con, prepare(con, example.sql), {})
    said = visit.ask(example.sql)
    rows = [["NULL" if v is None else as_text(v) for v in row] for row in expected.rows]
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'} in "
    assert said.startswith(count), said
    assert visit.rows() == rows[:1000]
    assert list(csv.reader(io.StringIO(visit.saved().removeprefix("\ufeff")))) == list(
        csv.reader(io.StringIO(as_csv(expected, spreadsheet=True)))
    )
    assert visit.odd == []


@needs_engine
def test_every_table_view_and_comment_is_there(visit: Visit, database: Path) -> None:
    counts = "SELECT table_name, count(*) AS n, count(comment) AS told FROM duckdb_columns() WHERE NOT internal GROUP BY ALL ORDER BY ALL"
    with connect(database) as con:
        expected = execute_all(con, prepare(con, counts), {}).rows
        names = [table.name for table in read_tables(con)]
    visit.ask(counts)
    assert visit.rows() == [[str(v) for v in row] for row in expected]
    every = "\nUNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)
    assert visit.ask(every).startswith(f"{len(names)} rows in ")


@needs_engine
def test_values_are_the_words_of_the_command(visit: Visit, database: Path) -> None:
    sql = (
        "SELECT 0.1 + 0.2 AS d, -12.50::DECIMAL(10, 2) AS e, 30.0::DOUBLE AS whole, 'nan'::DOUBLE AS n, DATE '2025-03-31' AS day, "
        "TIMESTAMP '2025-03-31 12:34:56' AS t, true AS b, NULL AS nothing, '' AS empty, 9007199254740993 AS big, "
        "sum(x) AS huge, 'good'::grade AS grade, ['a', 'b'] AS list, 1 AS twice, 2 AS twice FROM range(3) AS r(x)"
    )
    with connect(database) as con:
        expected = execute_all(con, prepare(con, sql), {}).rows
    visit.ask(sql)
    shown = ["NULL" if v is None else as_text(v).replace('", "', '","') for v in expected[0]]
    assert visit.rows() == [shown]


@needs_engine
def test_a_text_that_a_spreadsheet_would_run_is_defused(visit: Visit) -> None:
    visit.ask("""SELECT '=1+1' AS f, -2 AS n, '@x' AS a, 'a,"b"' AS q, '' AS empty, NULL AS nothing""")
    assert visit.saved() == '\ufefff,n,a,q,empty,nothing\n\'=1+1,-2,\'@x,"a,""b""","",\n'


@needs_engine
def test_many_rows_are_cut_and_said(visit: Visit) -> None:
    said = visit.ask("FROM range(150000)")
    assert said.startswith("150,000 rows in ") and "the first 1,000;" in said and "the first 100,000." in said
    assert len(visit.rows()) == 1000
    assert visit.saved().count("\n") == 100_001
    assert visit.ask("SELECT la_name FROM authorities WHERE la_code = 'x'").startswith("0 rows in ")
    assert visit.page.locator("#result th").all_inner_texts() == ["la_name"]


@needs_engine
@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT * FROM judgments", "judgements"),
        ("SELEC 1", "syntax error"),
        ("FROM 'https://example.org/x.csv'", "disabled"),
        ("FROM read_parquet('https://example.org/x.parquet')", ""),
        ("LOAD httpfs", ""),
        ("SET enable_external_access = true", "locked"),
        ("DELETE FROM judgements", "read-only"),
        ("SELECT '<img src=x onerror=alert(1)>' AS x FROM nowhere", "nowhere"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(visit: Visit, sql: str, words: str) -> None:
    said = visit.ask(sql)
    assert words in said and visit.page.locator("#wrong").is_visible()
    assert visit.odd == []
    assert visit.ask("SELECT 1 AS one").startswith("1 row in ")


@needs_engine
def test_the_largest_table_is_answered_whole(visit: Visit, database: Path) -> None:
    with connect(database) as con:
        [(count,)] = execute_all(con, prepare(con, "SELECT count(*) FROM area_statistics"), {}).rows
    assert visit.ask("FROM area_statistics").startswith(f"{count:,} rows in ")
    assert len(visit.rows()) == 1000


@needs_engine
def test_markup_in_values_stays_text(visit: Visit) -> None:
    visit.ask("SELECT '<img src=x onerror=alert(1)>' AS x")
    assert visit.rows() == [["<img src=x onerror=alert(1)>"]]
    assert visit.page.locator("#result img").count() == 0


@needs_engine
def test_a_long_question_is_stopped_and_the_next_is_answered(visit: Visit) -> None:
    visit.page.fill(
        "#query", "SELECT count(*) FROM range(100000000) AS a(x), range(100000) AS b(y) WHERE x % 7 = y % 5"
    )
    visit.page.press("#query", "Control+Enter")
    visit.page.wait_for_timeout(300)
    visit.page.click("#stop")
    assert visit.page.inner_text("#said") == "Stopped."
    assert visit.ask("SELECT 1 AS one").startswith("1 row in ")


@needs_engine
def test_from_disk_it_answers_too_and_loads_only_its_own_scripts(browser: Any, sql_page: Path) -> None:
    opened = Visit(browser, sql_page.as_uri())
    assert opened.ask("SELECT count(*) AS n FROM authorities").startswith("1 row in ")
    assert opened.odd == []
    opened.page.close()


@needs_engine
def test_all_of_it_works_without_a_mouse(browser: Any, served: str) -> None:
    opened = Visit(browser, f"{served}#inadequate_today")
    page = opened.page
    assert "Which councils are inadequate overall today" in page.input_value("#query")
    page.focus("#query")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Enter")
    assert "rows in " in opened.said()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") in ("save", "result")
    page.focus("#grades_on_a_day .ask-this")
    page.keyboard.press("Enter")
    assert "rows in " in opened.said()
    named = next(e for e in all_examples() if e.name == "grades_on_a_day")
    assert page.input_value("#query") == named.sql.rstrip()
    page.focus(".describe[data-table=judgements]")
    page.keyboard.press("Space")
    opened.said()
    assert ["grade"] in [row[:1] for row in opened.rows()]
    page.close()


@needs_engine
def test_where_the_browser_cannot_it_says_what_to_do(browser: Any, sql_page: Path) -> None:
    page = browser.new_page()
    page.add_init_script("window.Worker = function () { throw new Error('workers are closed here'); }")
    page.goto(sql_page.as_uri())
    page.click("#run")
    page.wait_for_selector("#wrong:visible", timeout=30_000)
    assert "python -m http.server" in page.inner_text("#wrong")
    page.close()


@needs_engine
def test_without_javascript_the_questions_can_be_read(browser: Any, sql_page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sql_page.as_uri())
    assert page.locator(".questions summary").count() == len(all_examples())
    assert page.locator("button:visible").count() == 0
    context.close()


def test_a_site_without_the_engine_says_how_to_get_it(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "script", lambda: None)
    page = render(database, tmp_path)
    html = page.read_text(encoding="utf-8")
    assert "Run <code>councils engine</code> once" in html and "<script" not in html
    assert [p.name for p in page.parent.iterdir()] == ["index.html"]


def test_the_lock_is_exact_hashed_and_names_no_registry(root: Path) -> None:
    import json

    folder = root / "pipelines" / "site" / "engine"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    installed = [entry for path, entry in lock.items() if path]
    assert all(entry["integrity"].startswith("sha512-") for entry in installed)
    assert not [entry for entry in installed if "resolved" in entry or entry.get("hasInstallScript")]


def test_without_the_registry_the_command_says_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "engine", lambda: tmp_path / "engine")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    with pytest.raises(CouncilsError, match="npm could not install the SQL page's engine"):
        engine.install()
    assert engine.script() is None and engine.mark() == "no engine"


def test_npm_comes_with_the_python_packages_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    from pipelines.site.engine import npm

    monkeypatch.setattr("shutil.which", lambda name: None)
    done = subprocess.run(
        [*npm.npm_command(), "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip()
