"""What Tab offers in the shell: commands, tables, columns, macros, and the words that columns hold."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.query.examples import all_examples
from pipelines.query.output import TEXTS
from pipelines.query.vocabulary import columns_of, relations

if TYPE_CHECKING:
    import duckdb

KEYWORDS = (
    "SELECT", "FROM", "WHERE", "GROUP BY ALL", "ORDER BY", "LIMIT", "JOIN", "LEFT JOIN", "USING", "WITH", "HAVING",
    "QUALIFY", "DISTINCT", "DESCRIBE", "SUMMARIZE", "PIVOT", "UNPIVOT", "count(*)", "median(", "round(",
)  # fmt: skip
DOTTED = (".tables", ".describe", ".examples", ".example", ".format", ".help", ".quit")
# Columns whose words a person types: what is judged, how, what is counted, where.
WORDED = (
    ("judgements", "area"), ("inspections", "framework"), ("measures", "measure"), ("authorities", "la_name"),
    ("authorities", "region"), ("area_statistics", "geographic_level"), ("area_statistics", "value_status"),
)  # fmt: skip


def _before() -> str:
    """What stands on the line before the word under the cursor."""
    import readline

    return readline.get_line_buffer()[: readline.get_begidx()]


class Completer:
    """Candidates for the word under the cursor, asked of the database once."""

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self._con = con
        self._found: list[str] = []
        self._of_commands: dict[str, Callable[[], list[str]]] = {
            ".describe": lambda: self.tables,
            ".example": lambda: [e.name for e in all_examples()],
            ".format": lambda: list(TEXTS),
        }

    @cached_property
    def tables(self) -> list[str]:
        """Tables and views."""
        return relations(self._con)

    @cached_property
    def columns(self) -> list[str]:
        """The columns of them all."""
        return columns_of(self._con, self.tables)

    @cached_property
    def names(self) -> list[str]:
        """Tables, views, columns, table macros and keywords."""
        macros = self._con.execute(
            "SELECT DISTINCT function_name || '(' FROM duckdb_functions() "
            "WHERE NOT internal AND function_type IN ('macro', 'table_macro')"
        ).fetchall()
        return sorted({*self.tables, *self.columns, *(str(m[0]) for m in macros)}) + list(KEYWORDS)

    @cached_property
    def values(self) -> list[str]:
        """The words of the columns that have a vocabulary, as SQL literals."""
        words: list[str] = []
        for table, column in WORDED:
            rows = self._con.execute(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1').fetchall()
            words += [str(r[0]) for r in rows if r[0] is not None]
        words += [str(r[0]) for r in self._con.execute("SELECT unnest(enum_range(NULL::grade))").fetchall()]
        return ["'" + w.replace("'", "''") + "'" for w in dict.fromkeys(words)]

    def candidates(self, word: str, before: str = "") -> list[str]:
        """Everything the word may become, in the spelling the database knows; `before` is the line up to it."""
        if before.count("'") % 2:
            # Inside a text, which may have spaces and commas: what is offered is the rest of it.
            begun = before[before.rindex("'") :]
            whole = [v for v in self.values if v.casefold().startswith((begun + word).casefold())]
            return [v[len(begun) :] for v in whole]
        command = before.split(maxsplit=1)[0] if before.split() else ""
        if command in self._of_commands:
            return [k for k in self._of_commands[command]() if k.startswith(word)]
        if "." in word.lstrip(".") and not word.startswith("'"):
            # A column of a table or alias: j.ar
            owner, _, start = word.rpartition(".")
            return [f"{owner}.{k}" for k in self.columns if k.startswith(start.casefold())]
        if word.startswith("."):
            known: list[str] | tuple[str, ...] = DOTTED
        elif word.startswith("'"):
            known = self.values
        else:
            known = self.names
        return [k for k in known if k.casefold().startswith(word.casefold())]

    def complete(self, word: str, state: int) -> str | None:
        """The readline protocol: the candidate of this number, or None after the last."""
        if state == 0:
            self._found = self.candidates(word, _before())
        return self._found[state] if state < len(self._found) else None
