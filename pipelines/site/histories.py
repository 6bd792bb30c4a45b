"""Every authority's overall grades in order, with the days on which each was the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pipelines.charts.rows import fetch
from pipelines.site.strip import Held

if TYPE_CHECKING:
    import duckdb

# The frameworks that count in grade profiles. Earlier ones gave no overall grade that can be set beside today's: they
# are in the tables of a page, not in its strip.
_QUERY = """
WITH comparable AS (
    SELECT * FROM inspections WHERE framework IN (SELECT framework FROM frameworks WHERE profile)
),

bounds AS (SELECT max(published) AS last, min(year(published)) AS first_year FROM comparable),

overall AS (
    SELECT
        comparable.la_code, comparable.framework, comparable.published, judgements.grade::VARCHAR AS grade,
        lead(comparable.published) OVER (PARTITION BY comparable.la_code ORDER BY comparable.published) AS next
    FROM comparable
    INNER JOIN judgements USING (inspection_id)
    WHERE judgements.area = 'overall'
)

SELECT
    authorities.la_code, authorities.la_name, bounds.last, bounds.first_year,
    overall.framework, overall.published, overall.grade,
    least(coalesce(overall.next, bounds.last), coalesce(authorities.valid_to, bounds.last)) AS until
FROM authorities
CROSS JOIN bounds
LEFT JOIN overall USING (la_code)
WHERE len($codes) = 0 OR list_contains($codes, authorities.la_code)
ORDER BY authorities.la_code, overall.published
"""


@dataclass(frozen=True, slots=True)
class History:
    """One authority and the grades it held, in order; `first_year` and `last` are the same for all strips."""

    la_code: str
    la_name: str
    held: tuple[Held, ...]
    first_year: int
    last: date


def read_histories(connection: "duckdb.DuckDBPyConnection", la_codes: Sequence[str] = ()) -> list[History]:
    """The histories of these authorities, or of all."""
    rows = fetch(connection, _QUERY, {"codes": list(la_codes)})
    histories = []
    for la_code, group in groupby(rows, key=lambda row: row["la_code"]):
        own = list(group)
        held = tuple(
            Held(row["grade"], row["framework"], row["published"], row["until"])
            for row in own
            if row["grade"]
        )
        histories.append(History(la_code, own[0]["la_name"], held, own[0]["first_year"], own[0]["last"]))
    return histories
