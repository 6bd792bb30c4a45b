"""The commands of a run: all, extract, build, publish, notebooks, engine, site, status."""

import argparse
import time
from typing import Any

from pipelines.help_format import add_command


def add_parser(subparsers: Any) -> None:
    """Add the run's commands, in the order a run happens."""
    _add(subparsers, "all", run_all, "make everything that is not up to date, and say what was made")
    extract = _add(subparsers, "extract", run_extract, "read publishers' files into data/raw (maintainers)")
    extract.add_argument("--from", dest="folder", metavar="FOLDER", help="folder of the publishers' files")
    extract.add_argument("sources", nargs="*", metavar="SOURCE", help="only these sources (all without)")
    build = _add(subparsers, "build", run_build, "build and validate the database from data/raw")
    build.add_argument("--force", action="store_true", help="build even if nothing has changed")
    publish = _add(subparsers, "publish", run_publish, "draw the published charts")
    publish.add_argument("charts", nargs="*", metavar="CHART", help="only these charts (all without)")
    publish.add_argument("--list", action="store_true", help="name the charts and their questions")
    publish.add_argument("--council", help="the council of charts about one council, by name or code")
    publish.add_argument("--to", metavar="FOLDER", help="another folder (default: published, or charts here)")
    publish.add_argument("--as-at", help="the date of charts about one date (YYYY-MM-DD)")
    notebooks = _add(subparsers, "notebooks", run_notebooks, "execute the notebooks")
    notebooks.add_argument("names", nargs="*", metavar="NOTEBOOK", help="only these (all without)")
    _add(
        subparsers,
        "engine",
        run_engine,
        "install the engine of the site's SQL page (needs npm's registry, once)",
    )
    _add(subparsers, "site", run_site, "render the site's pages")
    _add(subparsers, "status", run_status, "what is built, from what, and whether it is up to date")


def _add(subparsers: Any, name: str, run: Any, about: str) -> argparse.ArgumentParser:
    return add_command(subparsers, name, run, about, _EXAMPLES[name])


_EXAMPLES = {
    "all": ("all",),
    "extract": (
        "extract --from publishers/statistics children_in_need",
        "extract reports publishers/reports",
    ),
    "build": ("build",),
    "publish": ("publish --list",),
    "notebooks": ("notebooks 01_where_the_grades_stand",),
    "engine": ("engine",),
    "site": ("site",),
    "status": ("status",),
}


def run_all(args: argparse.Namespace) -> int:
    """Everything that is not up to date, and one line saying what there is and where."""
    from pipelines.run import make_all

    print(make_all())
    return 0


def run_extract(args: argparse.Namespace) -> int:
    """Station one; `reports` and the folders after it are read by the reader of reports."""
    from pipelines import extract

    if args.sources[:1] in (["reports"], ["ofsted_reports"]):
        from pipelines.reports.corpus import run

        print(run(args.sources[1:] or ([args.folder] if args.folder else [])))
        return 0
    print(extract.run(args.folder, args.sources))
    return 0


def run_build(args: argparse.Namespace) -> int:
    """Stations two to four."""
    from pipelines import paths
    from pipelines.build import build

    began = time.perf_counter()
    built = build(force=args.force)
    what = "built" if built.is_new else "up to date"
    print(f"{what}: {_contents(built.rows, built.rejected)} in {paths.database()} ({_seconds(began)})")
    return 0


def _contents(rows: dict[str, int], rejected: int) -> str:
    from pipelines.run import contents

    return contents(rows, rejected)


def _seconds(began: float) -> str:
    return f"{time.perf_counter() - began:.1f} s"


def run_publish(args: argparse.Namespace) -> int:
    """Station five."""
    from pipelines.run import list_charts, publish_charts

    if args.list:
        print(list_charts())
        return 0
    print(publish_charts(args.charts or None, council=args.council, as_at=args.as_at, to=args.to))
    return 0


def run_notebooks(args: argparse.Namespace) -> int:
    """Execute notebooks whose tables or text have changed; named ones always."""
    from pipelines.run import execute_notebooks

    print(execute_notebooks(args.names or None))
    return 0


def run_engine(args: argparse.Namespace) -> int:
    """DuckDB for browsers, by npm, for the site's SQL page; the site then ships it."""
    from pipelines.site import engine

    print(engine.install())
    return 0


def run_site(args: argparse.Namespace) -> int:
    """Render the pages."""
    from pipelines.run import render_site

    print(render_site())
    return 0


def run_status(args: argparse.Namespace) -> int:
    """What is built and whether it is still true; 0 if up to date, 1 if not."""
    from pipelines.status import status

    text, is_current = status()
    print(text)
    return 0 if is_current else 1
