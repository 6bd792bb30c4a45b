"""Build the whole site beside the old one, and let it take the old one's place when every page is there."""

import errno
import shutil
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.charts.changes import read_changes
from pipelines.charts.parameters import newest_day
from pipelines.charts.registry import find_charts
from pipelines.charts.rows import Row, fetch
from pipelines.errors import CouncilsError
from pipelines.site import downloads
from pipelines.site.chart_pages import SUFFIXES, ChartPage, read_chart_pages
from pipelines.site.councils import Council, read_councils
from pipelines.site.dictionary import read_macros, read_tables
from pipelines.site.figures import ByYear, Figures, is_comparable, read_figures
from pipelines.site.findings import findings
from pipelines.site.histories import read_histories
from pipelines.site.lines import line_svg
from pipelines.site.notebook_pages import NotebookPage, read_notebook_pages
from pipelines.site.pages import Pages, for_browsers
from pipelines.site.sql_page import write_sql_page
from pipelines.site.strip import history_svg

if TYPE_CHECKING:
    import duckdb

NAVIGATION = (
    ("index.html", "Findings"),
    ("councils/index.html", "Councils"),
    ("measures/index.html", "Measures"),
    ("charts/index.html", "Charts"),
    ("notebooks/index.html", "Notebooks"),
    ("sql/index.html", "SQL"),
    ("dictionary.html", "Data dictionary"),
    ("coverage.html", "Coverage"),
    ("checks.html", "Checks"),
    ("changes.html", "Changes"),
)
#: The charts of the first page, in its order.
FIRST_PAGE = ("grade_profile", "latest_grades", "looked_after_rate_by_grade")


def build_pages(database: Path, published: Path, notebooks: Path, data_docs: Path, target: Path) -> list[str]:
    """Render every page; see `pipelines.site.build_site`."""
    from pipelines.open import open_database

    new = target.with_name(f"{target.name}.new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        with open_database(database) as connection:
            pages = _render(connection, published, notebooks, data_docs, new)
            _words_of_tables(pages, connection, database)
        _take_place(new, target)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        raise CouncilsError(
            f"{error.filename or target}: writing is not permitted. Run as a user who may write to {target.parent}."
        ) from error
    return pages.written


def _take_place(new: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)


def _render(
    connection: "duckdb.DuckDBPyConnection", published: Path, notebooks: Path, data_docs: Path, target: Path
) -> Pages:
    as_at = newest_day(connection)
    published_by = _cut_off(as_at)
    councils = read_councils(connection, as_at, published_by)
    figures = read_figures(connection)
    charts = read_chart_pages(connection, published)
    books = read_notebook_pages(notebooks)
    pages = Pages(target, _common(connection, as_at, published_by))
    shutil.copyfile(Path(__file__).parent / "style.css", target / "style.css")
    pages.write(
        "index.html",
        "index.html",
        findings=findings(connection, as_at, published_by),
        charts=[chart for name in FIRST_PAGE for chart in charts if chart.id == name],
        other_charts=[chart for chart in charts if chart.id not in FIRST_PAGE],
        notebooks=books,
        search=_search(councils),
        councils_count=sum(council.row["valid_to"] is None for council in councils),
    )
    _councils(pages, connection, councils, figures)
    _measures(pages, councils, figures)
    _charts(pages, charts, published)
    _notebooks(pages, books)
    _coverage(pages, connection)
    _checks(pages, connection, data_docs)
    pages.write(
        "changes.html",
        "changes.html",
        changes=read_changes(published),
        chart_ids=[chart.id for chart in charts],
    )
    return pages


def _words_of_tables(pages: Pages, connection: "duckdb.DuckDBPyConnection", database: Path) -> None:
    """The two pages that hold every table's description: the dictionary, and where it is asked in SQL."""
    tables, macros = read_tables(connection), read_macros(connection)
    pages.write("dictionary.html", "dictionary.html", tables=tables, macros=macros)
    write_sql_page(pages, database, tables, macros)


def _cut_off(as_at: date) -> date:
    """The day until which a report counts for a profile as at `as_at`: the cut-off of the chart of latest grades."""
    months = int(find_charts(["latest_grades"])[0].parameters["cut_off_months"])
    year, month = divmod(as_at.month - 1 + months, 12)
    return date(as_at.year + year, month + 1, monthrange(as_at.year + year, month + 1)[1])


def _common(connection: "duckdb.DuckDBPyConnection", as_at: date, published_by: date) -> dict[str, Any]:
    """What every page may say."""
    publishers = fetch(
        connection,
        "SELECT DISTINCT publisher, licence FROM sources WHERE licence LIKE 'Open Government%' ORDER BY publisher",
    )
    goes_to = fetch(connection, "SELECT sentence FROM data_goes_to")[0]["sentence"]
    return {
        "navigation": NAVIGATION,
        "publishers": ", ".join(dict.fromkeys(row["publisher"] for row in publishers)),
        "licence": publishers[0]["licence"] if publishers else "",
        "titles": {
            row["source_id"]: row["title"]
            for row in fetch(connection, "SELECT source_id, title FROM sources")
        },
        "as_at": as_at,
        "published_by": published_by,
        "measure_titles": {row["measure"]: row["title"] for row in fetch(connection, "FROM measures")},
        "goes_to": goes_to,
    }


def _search(councils: list[Council]) -> list[dict[str, Any]]:
    """What the search box looks through: each council's page, name, code, and the names it was printed under."""
    return [
        {
            "p": council.path,
            "n": council.la_name,
            "c": council.la_code,
            "k": sorted({*council.names} - {council.la_name}),
        }
        for council in councils
    ]


def _councils(
    pages: Pages, connection: "duckdb.DuckDBPyConnection", councils: list[Council], figures: Figures
) -> None:
    histories = {history.la_code: history for history in read_histories(connection)}
    by_code = {council.la_code: council for council in councils}
    joint = _joint_names(connection)
    pages.write("councils.html", "councils/index.html", councils=councils, search=_search(councils))
    for council in councils:
        told = histories[council.la_code]
        series = {name: figures.series(name, council.la_code) for name in figures.measures}
        series = {name: points for name, points in series.items() if any(p.own for p in points)}
        pages.write(
            "council.html",
            council.path,
            council=council,
            strip=history_svg(council.la_name, told.held, told.first_year, told.last) if told.held else "",
            series=series,
            drawings={
                name: line_svg(
                    council.la_name,
                    figures.measures[name]["title"],
                    points,
                    figures.measures[name]["decimals"],
                )
                for name, points in series.items()
                if is_comparable(figures.measures[name]) and len(points) > 1
            },
            measures=figures.measures,
            joint=joint.get(council.la_code),
            others=[
                name for name in series if not is_comparable(figures.measures[name]) or len(series[name]) == 1
            ],
            neighbours=[
                (n, by_code[n["neighbour_la_code"]]) for n in figures.neighbours.get(council.la_code, [])
            ],
        )
        downloads.write_council(pages.target / "councils" / "data", council, series)


def _measures(pages: Pages, councils: list[Council], figures: Figures) -> None:
    pages.write("measures.html", "measures/index.html", measures=figures.measures.values(), figures=figures)
    for name, measure in figures.measures.items():
        years = figures.printed_years.get(name, [])
        shown = years[-5:]
        found = [(council, figures.values.get((name, council.la_code), {})) for council in councils]
        rows = [(council, own) for council, own in found if _has_place(council, own, shown)]
        pages.write(
            "measure.html",
            f"measures/{name}.html",
            measure=measure,
            years=shown,
            all_years=years,
            rows=rows,
            england=figures.values.get((name, "ENG"), {}),
        )
        england = figures.values.get((name, "ENG"), {})
        downloads.write_measure(pages.target / "measures" / "data", measure, found, england)


def _has_place(council: Council, own: ByYear, years: list[int]) -> bool:
    """Whether a council has a line in a measure's table: it has a row, and if it has ended a number in these years."""
    if council.row["valid_to"] is None:
        return bool(own)
    return any(year in own and own[year]["value"] is not None for year in years)


def _charts(pages: Pages, charts: list[ChartPage], published: Path) -> None:
    folder = pages.target / "charts"
    folder.mkdir(exist_ok=True)
    pages.write("charts.html", "charts/index.html", charts=charts)
    for chart in charts:
        for suffix in SUFFIXES:
            content = (published / f"{chart.id}{suffix}").read_bytes()
            (folder / f"{chart.id}{suffix}").write_bytes(for_browsers(content))
        pages.write("chart.html", chart.path, chart=chart)


def _notebooks(pages: Pages, books: list[NotebookPage]) -> None:
    folder = pages.target / "notebooks"
    folder.mkdir(exist_ok=True)
    pages.write("notebooks.html", "notebooks/index.html", notebooks=books)
    for book in books:
        for name, content in book.pictures.items():
            (folder / name).write_bytes(for_browsers(content))
        pages.write("notebook.html", book.path, notebook=book)


_REASONS = (
    "suppressed",
    "not_applicable",
    "not_available",
    "low_reliability",
    "rounds_to_zero",
    "not_stated",
    "joint",
    "not_printed",
)


def _coverage(pages: Pages, connection: "duckdb.DuckDBPyConnection") -> None:
    """How much there is of each measure, why the rest is not, and where two printings of one fact differ."""
    rows = fetch(
        connection,
        "SELECT coverage.*, measures.title FROM coverage INNER JOIN measures USING (measure) "
        "WHERE measures.role = 'measure' ORDER BY measures.title, coverage.time_period",
    )
    by_title: dict[str, dict[int, Row]] = {}
    for row in rows:
        by_title.setdefault(row["title"], {})[row["time_period"]] = row
    pages.write(
        "coverage.html",
        "coverage.html",
        coverage=by_title,
        years=sorted({row["time_period"] for row in rows}),
        reasons=[reason for reason in _REASONS if any(row[reason] for row in rows)],
        disagreements=fetch(connection, "SELECT * FROM disagreement_counts ORDER BY pairs DESC, field"),
    )


def _joint_names(connection: "duckdb.DuckDBPyConnection") -> dict[str, str]:
    """By each authority that some publication prints together with another: the names of both."""
    rows = fetch(
        connection,
        "SELECT DISTINCT la_code, la_name FROM area_statistics "
        "WHERE geographic_level = 'Local authority' AND la_code LIKE '% / %' ORDER BY ALL",
    )
    return {code: row["la_name"] for row in rows for code in row["la_code"].split(" / ")}


def _checks(pages: Pages, connection: "duckdb.DuckDBPyConnection", data_docs: Path) -> None:
    """What was checked and what was kept out; Great Expectations' own pages beside it, if there are any."""
    if data_docs.exists():
        shutil.copytree(
            data_docs, pages.target / "data_docs", ignore=shutil.ignore_patterns("*.gif", "*.png", "fonts")
        )
    rejected = fetch(connection, "SELECT table_name, rule, row_key, row_text FROM rejected ORDER BY ALL")
    files = fetch(
        connection,
        "SELECT files.*, sources.title, sources.publisher FROM source_files AS files "
        "INNER JOIN sources USING (source_id) ORDER BY sources.title, files.release, files.path",
    )
    pages.write("checks.html", "checks.html", rejected=rejected, files=files, has_docs=data_docs.exists())
