"""What a reader may choose, a council and a date, checked against the data before a chart is drawn."""

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pipelines.charts.registry import ChartSpec, Day
from pipelines.charts.rows import fetch
from pipelines.charts.words import day, listed
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb


def chosen_parameters(
    connection: "duckdb.DuckDBPyConnection",
    chart: ChartSpec,
    council: str | None = None,
    as_at: date | None = None,
    measure: str | None = None,
) -> dict[str, Any]:
    """The parameters of the chart's SQL: its own, with the reader's choice where the chart has that choice.

    Days that the registry leaves to the data (`Day`) become dates here. Reports are waited for no longer than the
    database holds any: near its end a grade would else seem to have lasted into months that nobody has seen.
    """
    chosen: dict[str, Any] = {"council": council, "as_at": as_at, "measure": measure}
    if as_at is not None and "cut_off_months" in chart.parameters:
        _, last = report_days(connection)
        chosen["cut_off_months"] = min(chart.parameters["cut_off_months"], _months_between(as_at, last))
    return {
        name: chosen[name]
        if chosen.get(name) is not None
        else newest_day(connection, default)
        if isinstance(default, Day)
        else default
        for name, default in chart.parameters.items()
    }


def newest_day(connection: "duckdb.DuckDBPyConnection", which: Day = Day.OUTCOMES) -> date:
    """The date behind one of the registry's days.

    Raises:
        CouncilsError: the database holds no list of outcomes.
    """
    found = fetch(connection, "SELECT lists_as_at FROM data_goes_to")
    newest = found[0]["lists_as_at"] if found else None
    if newest is None:
        raise CouncilsError("The database holds no list of inspections. Build it again: councils build.")
    if which is Day.OUTCOMES:
        return date(newest.year, newest.month, newest.day)
    counted = date(newest.year, 9, 30)
    return counted if counted <= newest else counted.replace(year=newest.year - 1)


def find_measure(connection: "duckdb.DuckDBPyConnection", wanted: str) -> str:
    """The measure's name, if the database has it.

    Raises:
        CouncilsError: no such measure; the nearest one is named.
    """
    names = [row["measure"] for row in fetch(connection, "SELECT measure FROM measures ORDER BY measure")]
    if wanted in names:
        return wanted
    near = get_close_matches(wanted, names, n=1, cutoff=0.3)
    hint = f"Did you mean '{near[0]}'?" if near else "See the table measures."
    raise CouncilsError(f"There is no measure '{wanted}'. {hint}")


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


def report_days(connection: "duckdb.DuckDBPyConnection") -> tuple[date, date]:
    """The days on which the first and the last report under the frameworks since 2013 came out.

    Raises:
        CouncilsError: the database holds no inspections.
    """
    bounds = fetch(
        connection,
        "SELECT min(published) AS first, max(published) AS last FROM inspections "
        "WHERE framework IN ('sif', 'sif_reinspection', 'ilacs')",
    )[0]
    if bounds["first"] is None:
        raise CouncilsError("The database holds no inspections. Build it again: councils build.")
    return bounds["first"], bounds["last"]


def check_date(connection: "duckdb.DuckDBPyConnection", as_at: date) -> None:
    """Refuse a date for which the database can't tell which grades were held.

    Raises:
        CouncilsError: before the first report under the frameworks since 2013, or after the last one.
    """
    first, last = report_days(connection)
    if not first <= as_at <= last:
        raise CouncilsError(
            f"{day(as_at)} lies outside the inspections in the database, whose reports were published from "
            f"{day(first)} to {day(last)}. Choose a date between them."
        )


def _months_between(first: date, last: date) -> int:
    return max(0, 12 * (last.year - first.year) + last.month - first.month)


def _key(name: str) -> str:
    return "".join(char for char in name.lower().replace("&", "and") if char.isalnum())
