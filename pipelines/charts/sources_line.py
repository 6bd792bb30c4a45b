"""The source line of a chart, from the rows it plots."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipelines.charts.rows import Row, Rows, fetch
from pipelines.charts.words import listed
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb


def plotted_sources(rows: Rows) -> list[tuple[str, str]]:
    """The publications and releases in the rows' `sources` column, each once, in order.

    A cell of that column holds `source_id release`, and several of them with `; ` between.
    """
    pairs = {
        (part.split(" ", 1)[0], part.split(" ", 1)[1])
        for row in rows
        for part in (row["sources"] or "").split("; ")
        if part
    }
    return sorted(pairs)


def source_line(connection: "duckdb.DuckDBPyConnection", rows: Rows) -> str:
    """`Source: Ofsted, Local authority inspection outcomes (2025); …. Open Government Licence v3.0.`

    Raises:
        CouncilsError: rows without a source, or a source the `sources` table does not know.
    """
    pairs = plotted_sources(rows)
    known = {row["source_id"]: row for row in fetch(connection, "SELECT * FROM sources ORDER BY source_id")}
    missing = sorted({source_id for source_id, _ in pairs} - set(known))
    if missing or not pairs:
        what = f"stand on {listed(missing)}, which the table sources lacks" if missing else "name no source"
        raise CouncilsError(f"The rows of this chart {what}. Build the database again: councils build.")
    named = [
        _publication(known[source_id], [release for other, release in pairs if other == source_id])
        for source_id in dict.fromkeys(source_id for source_id, _ in pairs)
    ]
    licences = list(dict.fromkeys(known[source_id]["licence"] for source_id, _ in pairs))
    return f"{'Sources' if len(named) > 1 else 'Source'}: {'; '.join(named)}. {listed(licences)}."


def _publication(source: Row, releases: Iterable[str]) -> str:
    return f"{source['publisher']}, {source['title']} ({listed(releases)})"
