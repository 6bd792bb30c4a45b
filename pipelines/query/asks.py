"""What a query's words and checks need of whatever answers: a connection to the engine, or the process apart."""

from typing import Any, Protocol


class Answers(Protocol):
    """Rows to fetch."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""


class Asks(Protocol):
    """Something that is asked in SQL."""

    def execute(self, query: str, /) -> Answers:
        """Run one statement."""

    def extract_statements(self, query: str, /) -> list[Any]:
        """The kinds of statements in a text that is no query."""
