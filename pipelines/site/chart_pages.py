"""The published charts as pages: the picture for wide and narrow screens, its words, its rows as a table, its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.charts.registry import CHARTS
from pipelines.charts.words import Words
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb

    from pipelines.charts.rows import Row

#: The PNGs stay in `published`: they would be most of the site, and the SVG shows the same.
SUFFIXES = (".svg", ".narrow.svg", ".csv", ".vl.json")


# No slots: the columns are found once, where a table of a thousand rows would ask for them a thousand times.
@dataclass(frozen=True)
class ChartPage:
    """One published chart: its words and question, its rows, and which of its columns differ between rows."""

    id: str
    question: str
    words: Words
    rows: "list[Row]"
    tables: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return f"charts/{self.id}.html"

    @property
    def _columns(self) -> list[str]:
        """Of a chart that is not drawn there may be no rows."""
        return list(self.rows[0]) if self.rows else []

    @cached_property
    def varying(self) -> list[str]:
        """The columns of its table: those that differ between rows."""
        return [
            name
            for name in self._columns
            if len({str(row[name]) for row in self.rows}) > 1 and name != "sources"
        ]

    @cached_property
    def same(self) -> list[tuple[str, Any]]:
        """What is the same in every row, and is told once."""
        left_out = {*self.varying, "sources", "is_highlighted"}
        kept = [name for name in self._columns if name not in left_out]
        return [(name, self.rows[0][name]) for name in kept if self.rows[0][name] is not None]


def read_chart_pages(connection: "duckdb.DuckDBPyConnection", published: Path) -> list[ChartPage]:
    """The charts of the registry, in its order, each with the files that `councils publish` wrote.

    Raises:
        CouncilsError: a chart has not been published.
    """
    from pipelines.charts.publish import prepare

    _check_files(published, [spec.id for spec in CHARTS])
    pages = []
    for spec in CHARTS:
        prepared = prepare(connection, spec.id)
        pages.append(ChartPage(spec.id, spec.question, prepared.words, prepared.rows, spec.tables))
    return pages


def _check_files(published: Path, ids: Sequence[str]) -> None:
    lost = [f"{i}{suffix}" for i in ids for suffix in SUFFIXES if not (published / f"{i}{suffix}").exists()]
    if lost:
        raise CouncilsError(
            f"{published / lost[0]}: the chart is not published yet. Run `councils publish`, then this again."
        )
