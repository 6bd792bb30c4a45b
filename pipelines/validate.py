"""Station three: the Great Expectations suite of each table parts its good rows from those that break a rule.

`expectations/<table>.json` states what the publisher promises, each expectation with `meta`: `rule`, the sentence a
rejected row carries, and `on_failure`: `reject` (the row is kept out and counted) or `stop` (the table fails, the build
ends and the old database stays). What one row alone cannot show (a count against another table) is a column that
`sql/checks/<table>.sql` computes beside the row, so that the suite states it like any other rule.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.progress import progress
from pipelines.warehouse import describe

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

# A table that loses more than one row in a hundred is not a table with bad rows but a bad table.
REJECTED_SHARE_LIMIT = 0.01
ROW = "row_in_table"


@dataclass(frozen=True, slots=True)
class Failure:
    """One rule of a suite that some rows, or the table as a whole, broke."""

    table: str
    rule: str
    stops: bool
    rows: tuple[int, ...]


def suites() -> dict[str, Path]:
    """The committed suites by the table they are of."""
    return {p.stem: p for p in sorted((paths.root() / "expectations").glob("*.json"))}


def frame_of(con: "duckdb.DuckDBPyConnection", table: str) -> "pd.DataFrame":
    """The table's rows as the suite sees them: its columns, the computed checks, and the row's number in the table."""
    checks = paths.package() / "sql" / "checks" / f"{table}.sql"
    query = checks.read_text(encoding="utf-8") if checks.exists() else f'FROM "{table}"'
    frame: pd.DataFrame = con.sql(f"SELECT * FROM ({query})" if not checks.exists() else query).df()
    if ROW not in frame:
        frame[ROW] = range(len(frame))
    return frame


#: Runs the suites of the named tables on candidates and gives back the rules that were broken.
Check = Callable[["duckdb.DuckDBPyConnection", Iterable[str]], list[Failure]]


@contextmanager
def open_suites(docs: Path | None = None) -> Iterator[Check]:
    """A check of candidate tables by their suites; the tables may come in turns, the Data Docs are of all of them.

    `docs`: the folder for Data Docs (pages that load nothing from outside).

    Raises:
        CouncilsError: a check that could not run at all (a fault of the suite, not of the data).
    """
    from pipelines.suites import Runner

    with Runner(docs) as runner:

        def check(con: "duckdb.DuckDBPyConnection", tables: Iterable[str]) -> list[Failure]:
            wanted = set(tables)
            found: list[Failure] = []
            for table, path in progress([s for s in suites().items() if s[0] in wanted], "suites"):
                suite = json.loads(path.read_text(encoding="utf-8"))
                for outcome in runner.run(suite, frame_of(con, table)):
                    found.extend(_failure(table, outcome))
            return found

        yield check


def _failure(table: str, outcome: dict[str, Any]) -> list[Failure]:
    meta = outcome["meta"]
    if outcome["raised"]:
        raise CouncilsError(
            f"expectations/{table}.json: the check '{meta['rule']}' could not run ({outcome['raised']})."
        )
    if outcome["success"]:
        return []
    return [Failure(table, meta["rule"], meta["on_failure"] == "stop", tuple(outcome["rows"]))]


def keep_rejected(con: "duckdb.DuckDBPyConnection", failures: list[Failure]) -> int:
    """Write `rejected` (a row per row and rule broken) and `rejected_rows` (what to leave out); gives back the count.

    Raises:
        CouncilsError: a rule that stops the build was broken, or a table lost more than the declared share of its rows.
    """
    con.execute(
        "CREATE TABLE rejected (table_name VARCHAR, rule VARCHAR, row_key VARCHAR, row_text VARCHAR, "
        "file_id VARCHAR, row BIGINT)"
    )
    con.execute("CREATE TABLE rejected_rows (table_name VARCHAR, row_number BIGINT)")
    stop_if_broken(failures)
    for failure in failures:
        _reject(con, failure)
    _check_share(con)
    return _count(con, "FROM (SELECT DISTINCT table_name, row_number FROM rejected_rows)")


def stop_if_broken(failures: list[Failure]) -> None:
    """Stop the build if a rule that stops it was broken.

    Raises:
        CouncilsError: one was; the first is named.
    """
    stopping = [f for f in failures if f.stops]
    if stopping:
        raise CouncilsError(_stop_sentence(stopping[0], len(stopping)))


def _stop_sentence(failure: Failure, count: int) -> str:
    others = f" ({count - 1} more rules of the suites are broken)" if count > 1 else ""
    rows = f" in {len(failure.rows)} rows" if failure.rows else ""
    return (
        f"{failure.table}: {failure.rule} This does not hold{rows}, so the build stopped and the old database "
        f"stays{others}. Look at expectations/{failure.table}.json and the raw tables it stands on."
    )


def _reject(con: "duckdb.DuckDBPyConnection", failure: Failure) -> None:
    about = describe(failure.table)
    names = [name for name, _, _ in about.columns]
    key = " || ' ' || ".join(f"coalesce(\"{k}\"::VARCHAR, '')" for k in about.key)
    file_id = "file_id" if "file_id" in names else "NULL"
    row = 'candidate."row"' if "row" in names else "NULL"
    con.execute("CREATE OR REPLACE TEMP TABLE broken (row_number BIGINT)")
    con.executemany("INSERT INTO broken VALUES (?)", [(r,) for r in failure.rows])
    con.execute("INSERT INTO rejected_rows SELECT ?, row_number FROM broken", [failure.table])
    con.execute(
        f"INSERT INTO rejected SELECT ?, ?, {key}, to_json(candidate)::VARCHAR, {file_id}, {row} "
        f'FROM "{failure.table}" AS candidate INNER JOIN broken ON candidate.rowid = broken.row_number ORDER BY 3',
        [failure.table, failure.rule],
    )


def _check_share(con: "duckdb.DuckDBPyConnection") -> None:
    lost = con.execute(
        "SELECT table_name, count(DISTINCT row_number) FROM rejected_rows GROUP BY ALL"
    ).fetchall()
    for table, rows in lost:
        total = _count(con, f'FROM "{table}"')
        if rows > max(1, REJECTED_SHARE_LIMIT * total):
            first = con.execute("SELECT rule, row_key FROM rejected WHERE table_name = ?", [table]).fetchone()
            assert first is not None
            raise CouncilsError(
                f"{table}: {rows} of {total} rows break a rule, more than {REJECTED_SHARE_LIMIT:.0%}; the first is "
                f"'{first[1]}' ({first[0]}). The build stopped and the old database stays."
            )


def _count(con: "duckdb.DuckDBPyConnection", source: str) -> int:
    found = con.execute(f"SELECT count(*) {source}").fetchone()
    assert found is not None
    return int(found[0])


def quiet_environment() -> None:
    """Great Expectations makes no network call at this version; say so to it all the same."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
