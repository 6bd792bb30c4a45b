"""The grammar of printed facts: dates, periods and numbers, pure functions that know no report."""

from pipelines.reports.grammar.dates import (
    Period,
    PrintedDate,
    find_dates,
    first_date,
    impossible_dates,
    read_period,
)
from pipelines.reports.grammar.numbers import (
    PrintedNumber,
    find_numbers,
    number_from_digits,
    number_from_words,
)

__all__ = [
    "Period",
    "PrintedDate",
    "PrintedNumber",
    "find_dates",
    "find_numbers",
    "first_date",
    "impossible_dates",
    "number_from_digits",
    "number_from_words",
    "read_period",
]
