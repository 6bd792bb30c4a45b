"""An analyst's own reports beside the shipped facts: `data/own/own.duckdb`, attached read-only under the name `own`.

Its tables have the names they have in the curated database (`own.reports`, `own.report_judgements` …) and stay apart: a
query that does not say `own.` reads shipped facts alone. `councils add` writes it; a connection that was open before
sees what was added when it is opened anew.
"""

from pathlib import Path

from pipelines import paths
from pipelines.errors import CouncilsError

# As typing has it, which a query need not wait for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import duckdb

NAME = "own"
DATABASE = "own.duckdb"


def home() -> Path:
    """`data/own`: what an analyst adds; ignored by git."""
    return paths.root() / "data" / "own"


def attach_statement() -> str | None:
    """The statement that attaches it read-only; None where nothing was added."""
    path = home() / DATABASE
    return (
        f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {NAME} (READ_ONLY)" if path.exists() else None
    )


def attach_own(con: "duckdb.DuckDBPyConnection") -> bool:
    """Let a connection to the curated database read the analyst's own one too; gives back whether it can now.

    To be called before the connection is locked: a locked one opens no file.

    Raises:
        CouncilsError: there is one and it cannot be read.
    """
    statement = attach_statement()
    if statement is None or is_attached(con):
        return statement is not None
    import _duckdb as engine

    try:
        con.execute(statement)
    except engine.Error as error:
        raise CouncilsError(
            f"{home() / DATABASE}: your own reports' database cannot be opened ({str(error).splitlines()[0].rstrip('.')}). Delete "
            "this one file and run councils build: it is made again of the files in data/own/reports."
        ) from error
    return True


def is_attached(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether a connection reads the analyst's own database."""
    found = con.execute(f"SELECT 1 FROM duckdb_databases() WHERE database_name = '{NAME}'").fetchone()
    return found is not None
