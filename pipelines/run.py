"""A whole run: build, charts, notebooks, site — each step only if something it stands on has changed."""

import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import paths, state
from pipelines.build import Built, build
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    from pipelines.charts.registry import ChartSpec


#: What every chart stands on besides its own tables: its source line, and the day of the newest list of outcomes.
LIST_TABLES = ("inspection_sources", "inspections", "source_files", "sources")


def contents(rows: dict[str, int], rejected: int) -> str:
    """What a database holds, for the last line of a run."""
    return (
        f"{rows['authorities']} authorities, {rows['inspections']:,} inspections, {rows['judgements']:,} judgements, "
        f"{rows['area_statistics']:,} figures, {rejected} rejected rows"
    )


def make_all() -> str:
    """Make everything that is not up to date; gives back the last line: what there is, where, in how many seconds."""
    began = time.perf_counter()
    built = build()
    charts, drawn = _charts(built)
    notebooks, executed = _notebooks(built)
    pages, rendered = _site(built)
    holds = f"{contents(built.rows, built.rejected)}, {charts} charts, {notebooks} notebooks, {pages} pages"
    seconds = f"{time.perf_counter() - began:.1f} s"
    if not (built.is_new or drawn or executed or rendered):
        return f"nothing to do: {holds} are up to date in {paths.root()} ({seconds})"
    return (
        f"made {holds} — database {paths.database()}, charts {paths.published()}, "
        f"site {paths.site() / 'index.html'} ({seconds})"
    )


# Charts: each redone when its code, its SQL or a table it reads has changed.


def _charts(built: Built) -> tuple[int, int]:
    from pipelines.charts.registry import CHARTS

    before = _remembered("charts")
    stale = [spec for spec in CHARTS if before.get(spec.id) != _drawn_from(spec, built)]
    if stale:
        _draw(stale)
        _remember("charts", {spec.id: _drawn_from(spec, built) for spec in CHARTS})
    return len(CHARTS), len(stale)


def _drawn_from(spec: "ChartSpec", built: Built) -> str:
    """What a chart stands on, and the picture as it is: one that was taken back or edited is drawn again."""
    from pipelines.sources.opening import sha256_of

    picture = paths.published() / f"{spec.id}.svg"
    return f"{_chart_mark(spec, built)} {sha256_of(picture) if picture.exists() else 'none'}"


def _chart_mark(spec: "ChartSpec", built: Built) -> str:
    code = state.files_below(paths.package() / "charts", "*.py", "*.csv")
    sql = paths.package() / "sql" / "charts" / spec.sql
    return state.fingerprint([*code, sql], _digests(built, (*spec.tables, *LIST_TABLES)))


def _digests(built: Built, tables: Iterable[str]) -> list[str]:
    return [f"{table} {built.digests[table]}" for table in sorted(set(tables))]


def _draw(specs: Sequence["ChartSpec"]) -> None:
    from pipelines.charts.publish import publish
    from pipelines.open import open_database

    with open_database() as con:
        publish(con, paths.published(), [spec.id for spec in specs])


def publish_charts(
    chart_ids: Sequence[str] | None,
    council: str | None = None,
    as_at: str | None = None,
    to: str | None = None,
) -> str:
    """Draw charts: the published ones into `published/`, those of another council or date into a folder of their own.

    Raises:
        CouncilsError: no database, or an unknown chart, council or date.
    """
    from pipelines.charts.publish import publish
    from pipelines.charts.registry import find_charts
    from pipelines.open import open_database

    day = _date(as_at)
    find_charts(chart_ids)
    own = council is not None or as_at is not None
    folder = Path(to) if to else (Path("charts") if own else paths.published())
    with open_database() as con:
        made = publish(con, folder, chart_ids, council, day)
    lines = [f"not drawn: {chart.id} – {chart.words.title}." for chart in made if not chart.is_drawn]
    return "\n".join([*lines, f"published {len(made)} charts into {folder.resolve()}"])


def list_charts() -> str:
    """The published charts and the question each answers."""
    from pipelines.charts.registry import CHARTS

    width = max(len(spec.id) for spec in CHARTS)
    return "\n".join(f"{spec.id:<{width}}  {spec.question}" for spec in CHARTS)


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CouncilsError(
            f"'{text}' is not a date. Write it as year-month-day, like 2025-03-31."
        ) from error


# Notebooks: each executed again when its text or a table it names has changed.


def _notebooks(built: Built) -> tuple[int, int]:
    from pipelines.notebooks import execute

    done = execute(paths.notebooks(), digests=built.digests)
    _remember("notebooks", {e.name: e.fingerprint for e in done})
    return len(done), sum(e.ran for e in done)


def execute_notebooks(names: Sequence[str] | None) -> str:
    """Execute the notebooks, or those named even if nothing has changed."""
    from pipelines.notebooks import execute

    done = execute(paths.notebooks(), names=names, digests=build().digests, force=bool(names))
    return f"executed {sum(e.ran for e in done)} of {len(done)} notebooks in {paths.notebooks()}"


# The site: rendered again when anything it shows has changed.


def _site(built: Built) -> tuple[int, int]:
    mark = _site_mark(built)
    before = _remembered("site")
    if before.get("mark") == mark and (paths.site() / "index.html").exists():
        return len(before["pages"].split()), 0
    pages = _render()
    _remember("site", {"mark": mark, "pages": " ".join(pages)})
    return len(pages), len(pages)


def _site_mark(built: Built) -> str:
    from pipelines.site import engine

    code = state.files_below(paths.package() / "site", "*.py", "*.html", "*.css", "*.js")
    shown = [
        *state.files_below(paths.published(), "*.svg", "*.csv", "*.txt"),
        *state.files_below(paths.published(), "CHANGES.md"),
        *state.files_below(paths.package() / "sql", "*.sql"),
        *paths.notebooks().glob("*.py"),
    ]
    return state.fingerprint([*code, *sorted(shown)], [engine.mark(), *_digests(built, built.digests)])


def _render() -> list[str]:
    from pipelines.site import build_site

    return build_site(
        paths.database(), paths.published(), paths.notebooks(), paths.curated() / "data_docs", paths.site()
    )


def render_site() -> str:
    """Render every page of the site."""
    pages = _render()
    return f"rendered {len(pages)} pages: open {paths.site() / 'index.html'}"


def _remembered(step: str) -> dict[str, str]:
    found: dict[str, str] = state.load(paths.curated()).get(step, {}).get("made", {})
    return found


def _remember(step: str, made: dict[str, str]) -> None:
    state.save(paths.curated(), step, {"made": made})
