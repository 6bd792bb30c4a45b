"""The findings of the day for the first page: a number and a sentence each, computed from the database."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipelines.charts.rows import fetch
from pipelines.charts.words import counted, day, number, percent, short_number

if TYPE_CHECKING:
    import duckdb

_PROFILE = """
SELECT now.grade::VARCHAR AS grade, before.grade::VARCHAR AS before, now.grade > before.grade AS is_higher
FROM as_at($as_at, published_by := $published_by) AS now
LEFT JOIN as_at(
    $as_at::DATE - INTERVAL 1 YEAR, published_by := last_day($published_by::DATE - INTERVAL 1 YEAR)
) AS before ON now.la_code = before.la_code AND before.area = 'overall'
WHERE now.area = 'overall' AND now.grade <> 'not_judged'::grade
"""
_ENGLAND = """
SELECT figures.measure, figures.time_period, figures.value, measures.title, measures.decimals
FROM area_statistics AS figures
INNER JOIN measures USING (measure)
WHERE figures.la_code = 'ENG' AND figures.measure = $measure AND figures.is_current
    AND figures.source_kind = 'statistics' AND figures.value IS NOT NULL
ORDER BY figures.time_period DESC
LIMIT 2
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One number, printed large, and the sentence that says what it is."""

    figure: str
    sentence: str


def findings(connection: "duckdb.DuckDBPyConnection", as_at: date, published_by: date) -> list[Finding]:
    """The findings, the grades first; a figure the database lacks has no finding."""
    rows = fetch(connection, _PROFILE, {"as_at": as_at, "published_by": published_by})
    good = sum(row["grade"] in ("good", "outstanding") for row in rows)
    inadequate = sum(row["grade"] == "inadequate" for row in rows)
    rose = sum(bool(row["is_higher"]) for row in rows)
    fell = sum(
        row["before"] is not None and row["before"] != row["grade"] and not row["is_higher"] for row in rows
    )
    told = [
        Finding(
            percent(good, len(rows)),
            f"of {len(rows)} councils held good or outstanding on {day(as_at)}: {good} of them. "
            f"{counted(inadequate, 'was', 'were')} inadequate.",
        ),
        Finding(
            f"{rose} up, {fell} down",
            f"councils held a higher or a lower overall grade than a year before; {len(rows) - rose - fell} held the same "
            "grade, were not inspected in between, or are new.",
        ),
    ]
    for measure, noun in (
        ("looked_after", "were looked after"),
        ("child_protection_plans", "were on child protection plans"),
    ):
        told += _england(connection, measure, noun)
    return told


def _england(connection: "duckdb.DuckDBPyConnection", measure: str, noun: str) -> list[Finding]:
    counts = fetch(connection, _ENGLAND, {"measure": measure})
    rates = fetch(connection, _ENGLAND, {"measure": f"{measure}_rate"})
    if len(counts) < 2:
        return []
    now, before = counts
    change = now["value"] - before["value"]
    direction = (
        "the same as" if change == 0 else f"{number(abs(change))} {'more' if change > 0 else 'fewer'} than"
    )
    rate = ""
    if rates and rates[0]["time_period"] == now["time_period"]:
        rate = f", {short_number(rates[0]['value'], rates[0]['decimals'])} of every 10,000"
    return [
        Finding(
            number(now["value"]),
            f"children in England {noun} on 31 March {now['time_period']}{rate}: {direction} in {before['time_period']}.",
        )
    ]
