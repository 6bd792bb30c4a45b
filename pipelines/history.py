"""The history of judgements from Python: any council, any date, any framework.

Thin over the SQL macros of the database (`pipelines/sql/macros`), which hold the one implementation; each function
gives back their rows as a frame, whose `attrs["data_goes_to"]` says how far the data goes. Options, where a function
takes them:

- `published_by`: reports that came out later do not count; without it the date itself;
- `cut_off_months`: instead, the last day of the month so many months after each date;
- `frameworks`: names of frameworks to count; without it those of Ofsted's grade profiles since 2013;
- `abolished`: `leave` (on the day the successors vest, as in Ofsted's profiles) or `stay`;
- `successors`: `begin_anew` (no grade until inspected, as in Ofsted's profiles) or `inherit`.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

Day = date | str
Abolished = Literal["leave", "stay"]
Successors = Literal["begin_anew", "inherit"]
Clock = Literal["published", "visit"]
Step = Literal["day", "week", "month", "quarter", "year"]
DATA_GOES_TO = "data_goes_to"


def as_at(
    day: Day,
    *,
    published_by: Day | None = None,
    areas: Sequence[str] | None = None,
    frameworks: Sequence[str] | None = None,
    cut_off_months: int = 0,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority and area: the judgement that counts on the day, or why there is none (`status`)."""
    return _rows(
        "as_at",
        [day],
        con,
        published_by=published_by,
        areas=areas,
        frameworks=frameworks,
        cut_off_months=cut_off_months,
        abolished=abolished,
        successors=successors,
    )


def known_on(
    day: Day,
    *,
    areas: Sequence[str] | None = None,
    frameworks: Sequence[str] | None = None,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority and area: the judgement that was known on the day, by the reports out by then."""
    return _rows(
        "known_on",
        [day],
        con,
        areas=areas,
        frameworks=frameworks,
        abolished=abolished,
        successors=successors,
    )


def grade_profile(
    area: str,
    first: Day,
    last: Day,
    *,
    step: Step = "month",
    published_by: Day | None = None,
    cut_off_months: int = 0,
    frameworks: Sequence[str] | None = None,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    comparable: bool = False,
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per date and standing in the area (a grade, or why there is none), with count and share of the graded.

    `comparable` counts areas too that the crosswalk declares comparable; `areas_counted` says which.
    """
    return _rows(
        "grade_profile",
        [area, first, last],
        con,
        step=step,
        published_by=published_by,
        cut_off_months=cut_off_months,
        frameworks=frameworks,
        abolished=abolished,
        successors=successors,
        comparable=comparable,
    )


def moves(
    first: Day,
    last: Day,
    *,
    area: str = "overall",
    cut_off_months: int = 0,
    published_by_from: Day | None = None,
    published_by_to: Day | None = None,
    frameworks: Sequence[str] | None = None,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority: its grade at both dates, the inspections behind them, and the move between."""
    return _rows(
        "moves",
        [first, last],
        con,
        area=area,
        cut_off_months=cut_off_months,
        published_by_from=published_by_from,
        published_by_to=published_by_to,
        frameworks=frameworks,
        abolished=abolished,
        successors=successors,
    )


def transition_matrix(
    first: Day,
    last: Day,
    *,
    area: str = "overall",
    cut_off_months: int = 0,
    published_by_from: Day | None = None,
    published_by_to: Day | None = None,
    frameworks: Sequence[str] | None = None,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per standing at the first date and at the last, with the authorities that went from one to the other."""
    return _rows(
        "transition_matrix",
        [first, last],
        con,
        area=area,
        cut_off_months=cut_off_months,
        published_by_from=published_by_from,
        published_by_to=published_by_to,
        frameworks=frameworks,
        abolished=abolished,
        successors=successors,
    )


def first_to_latest(
    day: Day,
    *,
    published_by: Day | None = None,
    area: str = "overall",
    frameworks: Sequence[str] = ("ilacs",),
    abolished: Abolished = "leave",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority inspected under the frameworks: first grade, latest grade, and the move between."""
    return _rows(
        "first_to_latest",
        [day],
        con,
        published_by=published_by,
        area=area,
        frameworks=frameworks,
        abolished=abolished,
    )


def time_since_inspection(
    day: Day,
    *,
    published_by: Day | None = None,
    frameworks: Sequence[str] | None = None,
    abolished: Abolished = "leave",
    successors: Successors = "begin_anew",
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority: days since the visit and the report of the inspection that counts on the day."""
    return _rows(
        "time_since_inspection",
        [day],
        con,
        published_by=published_by,
        frameworks=frameworks,
        abolished=abolished,
        successors=successors,
    )


def spells(
    day: Day | None = None,
    *,
    published_by: Day | None = None,
    areas: Sequence[str] | None = None,
    clock: Clock = "published",
    frameworks: Sequence[str] | None = None,
    con: "duckdb.DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """One row per authority, area and run of one grade: start, end, what ended it, or that it still runs."""
    return _rows(
        "spells",
        [day],
        con,
        published_by=published_by,
        areas=areas,
        clock=clock,
        frameworks=frameworks,
    )


def data_goes_to(con: "duckdb.DuckDBPyConnection | None" = None) -> str:
    """How far the history goes and what it rests on, in a sentence to print under an answer."""
    found = _connection(con).execute("SELECT sentence FROM data_goes_to").fetchone()
    assert found is not None
    return str(found[0])


def _connection(con: "duckdb.DuckDBPyConnection | None") -> "duckdb.DuckDBPyConnection":
    from pipelines.open import connection

    return con if con is not None else connection()


def _rows(
    macro: str, places: list[Any], con: "duckdb.DuckDBPyConnection | None", **options: Any
) -> "pd.DataFrame":
    """Call the macro: `places` by place, the options that are given by name."""
    import duckdb

    con = _connection(con)
    given = {name: _argument(name, value) for name, value in options.items() if value is not None}
    arguments = ", ".join([*("?" for _ in places), *(f"{name} := ?" for name in given)])
    try:
        frame = con.execute(f"FROM {macro}({arguments})", [*places, *given.values()]).df()
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        said = str(error).splitlines()[0].split("Error: ")[-1]
        raise CouncilsError(f"{macro}: {said}. The options are described in docs/history.md.") from error
    frame.attrs[DATA_GOES_TO] = data_goes_to(con)
    return frame


def _argument(name: str, value: Any) -> Any:
    if name == "step":
        return f"1 {value}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return list(value)
    return value
