"""What a reader may choose, a council and a date, checked against the data before a chart is drawn."""

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pipelines.charts.registry import ChartSpec
from pipelines.charts.rows import fetch
from pipelines.charts.words import day, listed
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb


def chosen_parameters(
    chart: ChartSpec, council: str | None = None, as_at: date | None = None
) -> dict[str, Any]:
    """The parameters of the chart's SQL: its own, with the reader's choice where the chart has that
    choice.
    """
    chosen = {"council": council, "as_at": as_at}
    return {
        name: chosen[name] if chosen.get(name) is not None else default
        for name, default in chart.parameters.items()
    }


def find_council(connection: "duckdb.DuckDBPyConnection", wanted: str) -> str:
    """The 3-digit code of a council given by code or by name ("882", "southend on sea").

    Of two councils with one name (Dorset) the one that exists now is meant; the other has its code.

    Raises:
        CouncilsError: no such council; the nearest names are offered.
    """
    rows = fetch(
        connection,
        "SELECT la_code, la_name, valid_to FROM authorities ORDER BY valid_to NULLS FIRST, la_code",
    )
    if wanted in {row["la_code"] for row in rows}:
        return wanted
    by_key: dict[str, Any] = {}
    for row in rows:
        by_key.setdefault(_key(row["la_name"]), row)
    key = _key(wanted)
    if key in by_key:
        return str(by_key[key]["la_code"])
    starting = [found for found in by_key if key and found.startswith(key)]
    if len(starting) == 1:
        return str(by_key[starting[0]]["la_code"])
    near = starting or get_close_matches(key, by_key, n=3, cutoff=0.5)
    names = [f"{by_key[found]['la_name']} ({by_key[found]['la_code']})" for found in near[:5]]
    hint = f"Did you mean {listed(names, 'or')}?" if names else "Give a name, or a 3-digit code such as 882."
    raise CouncilsError(f"There is no council '{wanted}'. {hint}")


def check_date(connection: "duckdb.DuckDBPyConnection", as_at: date) -> None:
    """Refuse a date for which the database can't tell which grades were held.

    Raises:
        CouncilsError: before the first report under the frameworks since 2013, or after the last one.
    """
    bounds = fetch(
        connection,
        "SELECT min(published) AS first, max(published) AS last FROM inspections "
        "WHERE framework IN ('sif', 'sif_reinspection', 'ilacs')",
    )[0]
    if bounds["first"] is None:
        raise CouncilsError("The database holds no inspections. Build it again: councils build.")
    if not bounds["first"] <= as_at <= bounds["last"]:
        raise CouncilsError(
            f"{day(as_at)} lies outside the inspections in the database, whose reports were published from "
            f"{day(bounds['first'])} to {day(bounds['last'])}. Choose a date between them."
        )


def _key(name: str) -> str:
    return "".join(char for char in name.lower().replace("&", "and") if char.isalnum())
