"""A small history of invented authorities with the database's own macros and views over it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest

from pipelines import judgement_areas, paths, warehouse
from pipelines.contents import GRADE_SCALE

TABLES = ("authorities", "authority_changes", "inspections", "judgements", "frameworks", "judgement_areas")
VIEWS = ("ended_judgements", "comparable_areas")
MACROS = (
    "grade_rank",
    "counting_inspections",
    "as_at",
    "known_on",
    "grade_profile",
    "moves",
    "transition_matrix",
    "first_to_latest",
    "time_since_inspection",
    "spells",
)


@dataclass(frozen=True, slots=True)
class SmallHistory:
    """An in-memory database: `fill` replaces its rows, `con` asks it."""

    con: duckdb.DuckDBPyConnection

    def fill(self, **tables: list[dict[str, Any]]) -> "SmallHistory":
        """Replace the rows of the tables named; a column that a row leaves out is empty."""
        for table, rows in tables.items():
            names = [name for name, _, _ in warehouse.describe(table).columns]
            self.con.execute(f"DELETE FROM {table}")
            if rows:
                marks = ", ".join("?" for _ in names)
                values = [[row.get(name) for name in names] for row in rows]
                self.con.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        return self

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(query, parameters).fetchall()


@pytest.fixture(scope="session")
def small_history() -> Iterator[SmallHistory]:
    """The empty small history; frameworks and areas are the real ones."""
    with duckdb.connect() as con:
        con.execute(f"CREATE TYPE grade AS ENUM ({', '.join(repr(g) for g in GRADE_SCALE)})")
        for table in TABLES:
            columns = ", ".join(f'"{name}" {kind}' for name, kind, _ in warehouse.describe(table).columns)
            con.execute(f"CREATE TABLE {table} ({columns})")
        frameworks = str(paths.package() / "frameworks.csv")
        con.execute(f"INSERT INTO frameworks BY NAME FROM read_csv('{frameworks}', header = true)")
        for view in VIEWS:
            con.execute(warehouse.sql_text(f"views/{view}"))
        for macro in MACROS:
            con.execute(warehouse.sql_text(f"macros/{macro}"))
        yield SmallHistory(con).fill(judgement_areas=list(judgement_areas.rows()))
