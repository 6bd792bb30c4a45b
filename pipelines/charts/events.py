"""Spans of time that a chart over years marks, from `events.csv`."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Event:
    """A span of time during which the figures came about differently, a label to mark it and a sentence to
    explain it.
    """

    event: str
    start: date
    end: date
    label: str
    words: str


def read_events() -> list[Event]:
    """Every span of `events.csv`, in its order."""
    path = Path(__file__).with_name("events.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Event(
                row["event"],
                date.fromisoformat(row["from_date"]),
                date.fromisoformat(row["to_date"]),
                row["label"],
                row["words"],
            )
            for row in csv.DictReader(handle)
        ]


def decimal_year(day: date) -> float:
    """`2020-07-02` is about 2020.5: days on an axis of years, free of time zones."""
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return day.year + (day - start).days / (end - start).days
