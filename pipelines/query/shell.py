"""The interactive shell: queries end with a semicolon, commands begin with a dot, Ctrl-C ends a query and not the shell."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.query.engine import QueryError, execute_all
from pipelines.query.formats import printable
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from pipelines.query.completion import Completer

ROWS = 200
HISTORY = 1000
COMMANDS = {
    ".tables": "the tables, views and macros",
    ".describe TABLE": "one table, view or macro: row, key, columns, source, sample rows",
    ".examples [WORD]": "example questions; .example NAME runs one",
    ".example NAME": "run an example question",
    ".format FORMAT": "table, csv, json or markdown (files are written by councils sql --output)",
    ".help": "this list",
    ".quit": "leave (also Ctrl-D)",
}
_WELCOME = (
    "councils: read-only SQL on Ofsted's judgements and the areas' figures. A query ends with ; — try .tables, .examples "
    "or .help; Tab completes names."
)


def history_file() -> Path:
    """Where the shell keeps what was typed, for this user alone."""
    return Path.home() / ".councils_history"


class Shell:
    """A loop of reading, answering and saying."""

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self._con = con
        self._form = "table"
        self._completer: Completer | None = None

    def run(self) -> int:
        """Read until the end of input; gives back the exit code."""
        print(_WELCOME, file=sys.stderr)
        self._open_line_editor()
        waiting: list[str] = []
        while True:
            try:
                line = input("     …> " if waiting else "councils> ")
            except EOFError:
                print(file=sys.stderr)
                break
            except KeyboardInterrupt:
                # What was half typed is let go; the shell stays.
                waiting = []
                print(file=sys.stderr)
                continue
            if not waiting and line.strip().startswith("."):
                if line.strip() in (".quit", ".exit"):
                    break
                self._guard(self._command, line.strip())
                continue
            waiting.append(line)
            text = "\n".join(waiting)
            if text.rstrip().endswith(";"):
                waiting = []
                self._guard(self._query, text)
            elif not text.strip():
                waiting = []
        self._keep_history()
        return 0

    def _guard(self, action: "Callable[[str], None]", text: str) -> None:
        """Do one thing; whatever goes wrong with it is a sentence, and the shell stays."""
        try:
            action(text)
        except CouncilsError as error:
            print(printable(str(error)), file=sys.stderr)
        except KeyboardInterrupt:
            print("The query was stopped.", file=sys.stderr)

    def _query(self, text: str) -> None:
        from pipelines.query.command import worth_a_look
        from pipelines.query.hints import hints
        from pipelines.query.output import as_text

        statement = prepare(self._con, text)
        if statement.parameters:
            raise QueryError("A shell's query has its values written out: parameters are for --param.")
        result = execute_all(self._con, statement, rows=ROWS)
        print(as_text(result, self._form, width=_width()), end="")
        if result.is_cut:
            print(f"The first {ROWS} rows; there are more.", file=sys.stderr)
        if worth_a_look(statement, is_empty=not result.rows):
            for sentence in hints(self._con, statement, {}, is_empty=not result.rows):
                print(printable(sentence), file=sys.stderr)

    def _command(self, line: str) -> None:
        from pipelines.query import catalogue, examples
        from pipelines.query.formats import as_table
        from pipelines.query.output import TEXTS

        name, _, word = line.rstrip(";").partition(" ")
        word = word.strip()
        if name == ".tables":
            print(as_table(catalogue.list_tables(self._con), _width()))
        elif name == ".describe" and word:
            print(catalogue.describe(self._con, word))
        elif name == ".examples":
            for example in examples.find(word):
                print(f"{example.name}: {example.question}")
        elif name == ".example" and word:
            self._query(examples.named(word).sql)
        elif name == ".format" and word in TEXTS:
            self._form = word
        elif name == ".help":
            print("\n".join(f"{command.ljust(18)} {what}" for command, what in COMMANDS.items()))
        else:
            known = [command.split(maxsplit=1)[0] for command in COMMANDS]
            if name in known:
                usage = next(command for command in COMMANDS if command.split(maxsplit=1)[0] == name)
                raise QueryError(f"Write it as {usage}: {COMMANDS[usage]}.")
            raise QueryError(f"There is no command '{line}'.{did_you_mean(name, known) or ' See .help.'}")

    def _open_line_editor(self) -> None:
        """History and completion where Python has readline (not on Windows): else plain lines."""
        try:
            import readline
        except ImportError:
            return
        from pipelines.query.completion import Completer

        self._completer = Completer(self._con)
        readline.set_completer(self._completer.complete)
        readline.set_completer_delims(" \t\n,()=<>;")
        bind = "bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete"
        readline.parse_and_bind(bind)
        try:
            readline.read_history_file(history_file())
        except OSError:
            # The first time there is no history yet; one that cannot be read is not needed.
            return
        readline.set_history_length(HISTORY)

    def _keep_history(self) -> None:
        if self._completer is None:
            return
        import readline

        try:
            readline.set_history_length(HISTORY)
            readline.write_history_file(history_file())
            history_file().chmod(0o600)
        except OSError as error:
            print(f"{history_file()}: the history was not kept ({error.strerror}).", file=sys.stderr)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
