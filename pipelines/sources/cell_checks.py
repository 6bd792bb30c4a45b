"""What every table of printed cells must hold before it is kept: numbers or known symbols, and each area once."""

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile

if TYPE_CHECKING:
    import duckdb

SYMBOLS = Path(__file__).resolve().parents[1] / "symbols.csv"


@cache
def _symbols() -> tuple[dict[str, str], ...]:
    with SYMBOLS.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def symbols_of(file: SourceFile) -> list[str]:
    """The symbols that `symbols.csv` explains for this file."""
    return [
        row["symbol"]
        for row in _symbols()
        if row["source_id"] == file.source_id and int(row["from_rank"]) <= file.rank <= int(row["to_rank"])
    ]


def check_cells(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> None:
    """Check the cells read from one file into the table `view`.

    Raises:
        CouncilsError: a text that is neither a number nor a known symbol, or an area printed twice.
    """
    _check_texts(con, path, file, view)
    _check_areas(con, path, view)


def _check_texts(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> None:
    known = symbols_of(file)
    listed = ", ".join("'" + symbol.replace("'", "''") + "'" for symbol in known) or "NULL"
    strange = con.execute(
        f"""SELECT row, "column", breakdown, published_text, area_name FROM "{view}"
        WHERE NOT coalesce(isfinite(try_cast(replace(published_text, ',', '') AS DOUBLE)), false)
            AND coalesce(trim(published_text) NOT IN ({listed}), true)
        ORDER BY row LIMIT 1"""
    ).fetchone()
    if strange is None:
        return
    row, column, breakdown, text, area = strange
    what = f"'{text}' is printed" if text else "nothing is printed"
    symbols = f"one of its symbols ({', '.join(known)})" if known else "a symbol (it has none so far)"
    raise CouncilsError(
        f"{path.name}, row {row}, column '{column}'{f' ({breakdown})' if breakdown else ''}, {area or 'England'}: {what}; "
        f"a number was expected, or {symbols}. Say in pipelines/symbols.csv what it means."
    )


def _check_areas(con: "duckdb.DuckDBPyConnection", path: Path, view: str) -> None:
    keys = (
        "geographic_level, area_code, new_la_code, "
        "CASE WHEN area_code = '' AND new_la_code = '' THEN area_name END, time_period, measure"
    )
    # One pass over hashes tells whether there is anything to look for; the slower search says where.
    counts = con.execute(f'SELECT count(*), count(DISTINCT hash({keys})) FROM "{view}"').fetchone()
    assert counts is not None
    if counts[0] == counts[1]:
        return
    twice = con.execute(
        f"""SELECT any_value(area_name), any_value(time_period), min(row), max(row) FROM "{view}"
        GROUP BY {keys} HAVING count(*) > 1 ORDER BY min(row) LIMIT 1"""
    ).fetchone()
    if twice is None:
        return
    area, period, first, last = twice
    raise CouncilsError(
        f"{path.name}, rows {first} and {last}: {area or 'England'} is printed twice for {period}. One row for an area "
        "and year was expected; take the wrong one out with the publisher, or declare the label that parts them "
        "in pipelines/sources/columns."
    )
