"""The SQL page: DuckDB in the reader's own browser, on a copy of the whole database, with the example questions.

The database's file is shipped rather than its Parquet: the engine's build for browsers has no Parquet reader in it and
would fetch one from its maker; and only the file holds the views, macros, comments and the order of the grades.
"""

import shutil
from typing import TYPE_CHECKING

from pipelines.query.examples import all_examples, named
from pipelines.site import engine
from pipelines.site.engine.pack import pack_database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.site.dictionary import Macro, Table
    from pipelines.site.pages import Pages

PATH = "sql/index.html"
FOLDER = "sql"
#: The question that stands in the editor at first: a short one.
FIRST = "inadequate_today"
#: The page's own script; the engine and the database are beside it where the engine is installed.
OWN_SCRIPT = "sql.js"


def write_sql_page(
    pages: "Pages", database: "Path", tables: "Sequence[Table]", macros: "Sequence[Macro]"
) -> None:
    """Write the page and the scripts it runs on; without the engine the page says how to get it."""
    from pathlib import Path

    folder = pages.target / FOLDER
    folder.mkdir(exist_ok=True)
    script = engine.script()
    size = 0
    if script:
        shutil.copyfile(Path(__file__).with_name(OWN_SCRIPT), folder / OWN_SCRIPT)
        shutil.copyfile(script, folder / "engine.js")
        pack_database(database, folder / "database.js")
        size = sum((folder / name).stat().st_size for name in ("engine.js", "database.js"))
    pages.write(
        "sql.html",
        PATH,
        examples=all_examples(),
        first=named(FIRST),
        tables=tables,
        macros=macros,
        has_engine=script is not None,
        megabytes=round(size / 1e6),
    )
