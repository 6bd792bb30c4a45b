"""The grammar of printed facts: dates, periods and numbers, as pure functions without any knowledge of reports."""

from pipelines.reports.grammar.dates import (
    Period,
    PrintedDate,
    find_dates,
    first_date,
    impossible_dates,
    read_period,
)

__all__ = [
    "Period",
    "PrintedDate",
    "find_dates",
    "first_date",
    "impossible_dates",
    "read_period",
]
