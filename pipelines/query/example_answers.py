"""The example questions with their answers, for a notebook: question, SQL, and the first rows it gives."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.open import connection
from pipelines.query.examples import Example, all_examples, named

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One example question and the rows of its answer."""

    example: Example
    frame: "pd.DataFrame"

    def __repr__(self) -> str:
        return f"{self.example.question} {self.shown}"

    @property
    def shown(self) -> str:
        """How much of the answer is shown."""
        rows = len(self.frame)
        if rows > ROWS_SHOWN:
            return f"The first {ROWS_SHOWN} of {rows:,} rows."
        return f"{rows} {'row' if rows == 1 else 'rows'}."

    @property
    def statement(self) -> str:
        """The SQL without the comment that asks the question."""
        lines = self.example.sql.strip().splitlines()
        while lines and lines[0].startswith("--"):
            lines.pop(0)
        return "\n".join(lines)

    def _ipython_display_(self) -> None:
        from IPython.display import Markdown, display

        words = f"## {self.example.question}\n\n```sql\n{self.statement}\n```\n\n{self.shown}"
        display(Markdown(words))  # type: ignore[no-untyped-call,unused-ignore]
        display(self.frame.head(ROWS_SHOWN))  # type: ignore[no-untyped-call,unused-ignore]


def answers(*names: str) -> list[Answer]:
    """The answers to the examples named, or to all of them, in the order of their names.

    Raises:
        CouncilsError: no such example; the nearest is named.
    """
    asked = [named(name) for name in names] if names else all_examples()
    return [Answer(example, connection().execute(example.sql).df()) for example in asked]
