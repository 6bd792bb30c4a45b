"""The engine of the SQL page: DuckDB for browsers, installed from npm and packed into one script.

The packages stand in `.engine` below the project's folder, never in git: they are their publishers'. What is committed
is their exact versions and hashes (`package.json`, `package-lock.json`). A site built without them has every page, and
its SQL page says how to get them.
"""

from pathlib import Path


def install() -> str:
    """Install the locked packages and pack the engine, unless that is done already; gives back one line.

    Raises:
        CouncilsError: there is no npm, or npm could not install.
    """
    from pipelines.site.engine.npm import install_engine

    return install_engine()


def script() -> Path | None:
    """The packed engine, if it was made from the versions that are locked now."""
    from pipelines.site.engine.npm import packed_script

    return packed_script()


def mark() -> str:
    """What a site stands on here: the lock of the packed engine, or that there is none."""
    from pipelines.site.engine.npm import engine_mark

    return engine_mark()
