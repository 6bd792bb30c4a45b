"""What went wrong with a query, in one sentence, with the nearest names where a name was mistyped."""

import re
from typing import TYPE_CHECKING

from pipelines.own_database import is_attached
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import Statement, nodes, quoted
from pipelines.query.vocabulary import (
    column_types,
    columns_of,
    functions,
    grade_scale,
    relations,
    spelling_of,
)

if TYPE_CHECKING:
    import duckdb

# Of a message that quotes what it complains of, so much is shown.
LONGEST = 300
_NO_TABLE = re.compile(r"Table(?: Function)? with name \"?(.+?)\"? (?:does not exist|is not in the catalog)")
_NO_FUNCTION = re.compile(
    r"(?:Scalar|Aggregate) Function with name \"?(\S+?)\"? (?:does not exist|is not in)"
)
_NO_COLUMN = (
    re.compile(r'Referenced column "(.+?)" (?:not found|was not found)'),
    re.compile(r'does not have a column named "(.+?)"'),
    re.compile(r'column "(.+?)" does not exist', re.IGNORECASE),
    re.compile(r'Column "(.+?)" in EXCLUDE list not found'),
)
_NOT_YET = re.compile(r'Column "(.+?)" referenced that exists in the SELECT clause')
_NO_ALIAS = re.compile(r'Referenced table "(.+?)" not found')
_AMBIGUOUS = re.compile(r'Ambiguous reference to column name "(.+?)"')
_CONVERSION = re.compile(
    r"Could not (?:convert|cast) (?:string|value)? ?['\"](.*?)['\"] to (\w+)", re.IGNORECASE
)
_ARGUMENTS = re.compile(r"Macro \"?(\w+)\"?\(\) does not support the supplied arguments")
_NO_SUM = re.compile(r"given name and argument types '(sum|avg|mean|median|stddev)\((ENUM|VARCHAR)")
_FILE = re.compile(r'Cannot access (?:file|directory) "(.*?)"')


def explain(con: "duckdb.DuckDBPyConnection", error: Exception, statement: Statement) -> str:
    """One sentence about an error of the engine."""
    message = str(error)
    first = message.split("\n", 1)[0]
    for sentence in (
        _file(message),
        _table(con, first),
        _column(con, first, statement),
        _function(con, first),
    ):
        if sentence:
            return sentence
    return _zone(message) or _arguments(con, first) or _sum(first) or _value(con, first) or _plain(first)


def _zone(message: str) -> str | None:
    """Python has no time zones of its own, so that the engine cannot hand such a value over."""
    if "pytz" not in message:
        return None
    return "A time with a zone (now(), TIMESTAMPTZ) cannot be shown here: make it plain, as in now()::TIMESTAMP or now()::DATE."


def _arguments(con: "duckdb.DuckDBPyConnection", first: str) -> str | None:
    if not (found := _ARGUMENTS.search(first)):
        return None
    row = con.execute(
        f"SELECT parameters FROM duckdb_functions() WHERE function_name = {quoted(found[1])} LIMIT 1"
    ).fetchone()
    names = [str(n) for n in row[0]] if row else []
    last = f", and those that may be left out by name: {names[-1]} := …" if len(names) > 1 else ""
    return f"{found[1]} is not called so; its arguments are {', '.join(names)} (the first ones in this order{last})."


def _sum(first: str) -> str | None:
    if not (found := _NO_SUM.search(first)):
        return None
    if found[2] == "ENUM":
        return f"{found[1]} needs numbers, and a grade is none: count the rows of each grade (GROUP BY grade), or take grade_rank(grade)."
    return f"{found[1]} needs numbers, and this is text. The number of a figure is the column value."


def _file(message: str) -> str | None:
    if not (found := _FILE.search(message)) and "disabled by configuration" not in message:
        return None
    name = f" ('{found[1]}')" if found else ""
    return f"Files{name}, the network and extensions are closed to queries; the tables of this database are open: councils tables."


def _table(con: "duckdb.DuckDBPyConnection", first: str) -> str | None:
    if not (found := _NO_TABLE.search(first)):
        return None
    name = found[1]
    if "Function" in first.split("with name", maxsplit=1)[0]:
        return f"There is no table function {name}.{did_you_mean(name, functions(con))}"
    if name.startswith("own.") and not is_attached(con):
        return f"There is no table '{name}': you have no reports of your own here. See: councils add --help."
    near = did_you_mean(name.rpartition(".")[2], relations(con))
    return f"There is no table '{name}'.{near or ' See: councils tables.'}"


def _column(con: "duckdb.DuckDBPyConnection", first: str, statement: Statement) -> str | None:
    if found := _AMBIGUOUS.search(first):
        return f"More than one table here has a column '{found[1]}': write the table's name before it."
    if found := _NO_ALIAS.search(first):
        return f"There is no table or alias '{found[1]}' in this query.{did_you_mean(found[1], tables_named(statement))}"
    if (found := _NOT_YET.search(first)) and (hint := _an_argument(found[1], statement)):
        return f"There is no column '{found[1]}' in this query.{hint}"
    for pattern in _NO_COLUMN:
        if found := pattern.search(first):
            name = found[1].split(".")[-1]
            here = columns_of(con, tables_named(statement))
            tables = _listed(t for t in tables_named(statement) if t in relations(con))
            hint = _a_value(con, name, statement) or did_you_mean(name, [c for c in here if c != name])
            if name in here and not tables:
                hint = _an_argument(name, statement)
            elif not hint:
                elsewhere = sorted(t for t in relations(con) if name in columns_of(con, [t]))
                have = "has" if len(elsewhere) == 1 else "have"
                hint = f" {_listed(elsewhere)} {have} one of that name." if elsewhere else ""
            where = f" in {tables}" if tables else " in this query"
            return f"There is no column '{name}'{where}.{hint}"
    return None


def _a_value(con: "duckdb.DuckDBPyConnection", name: str, statement: Statement) -> str:
    """Double quotes, or none, make a word a column: said where a column of these tables holds it as a text."""
    for table, columns in column_types(con, tables_named(statement)).items():
        for column, kind in columns.items():
            if kind.startswith(("VARCHAR", "ENUM")) and (value := spelling_of(con, table, column, name)):
                return f" A text stands between single quotes: '{value}' is a {column}."
    return ""


def _an_argument(name: str, statement: Statement) -> str:
    """A macro's argument that was given by = instead of := is read as a column."""
    if any(n.get("type") == "TABLE_FUNCTION" for n in nodes(statement.tree)):
        return f" If it is an argument of a macro, write {name} := …."
    return ""


def _listed(names: object) -> str:
    found = [str(n) for n in names] if hasattr(names, "__iter__") else []
    return ", ".join(found[:4])


def _function(con: "duckdb.DuckDBPyConnection", first: str) -> str | None:
    if not (found := _NO_FUNCTION.search(first)):
        return None
    return f"There is no function '{found[1]}'.{did_you_mean(found[1], functions(con))}"


def _value(con: "duckdb.DuckDBPyConnection", first: str) -> str | None:
    if not (found := _CONVERSION.search(first)):
        return None
    word, kind = found[1], found[2]
    if kind.startswith("UINT") or kind.startswith("ENUM"):
        scale = grade_scale(con)
        return f"'{word}' is no grade.{did_you_mean(word, scale)} The scale is {' < '.join(scale)}."
    return f"'{word}' cannot be read as {_type_word(kind)}."


def _type_word(kind: str) -> str:
    words = {
        "INT": "a whole number",
        "DOUBLE": "a number",
        "DECIMAL": "a number",
        "DATE": "a date (write 2025-03-31)",
    }
    return next((text for start, text in words.items() if kind.upper().startswith(start)), f"a {kind}")


def _plain(first: str) -> str:
    kind, _, text = first.partition(": ")
    sentence = (text or kind).strip()
    sentence = re.sub(r'\s*(?:Use "SET |Candidate|You might need|Did you mean).*$', "", sentence).rstrip(
        ".! "
    )
    if len(sentence) > LONGEST:
        sentence = f"{sentence[:LONGEST]}…"
    return f"{sentence[:1].upper()}{sentence[1:]}."


def tables_named(statement: Statement) -> list[str]:
    """The names of tables and views a query reads from, as written, without those it makes itself (WITH)."""
    made = {str(entry["key"]).lower() for node in nodes(statement.tree) for entry in _ctes(node)}
    named = [str(n["table_name"]) for n in nodes(statement.tree) if n.get("type") == "BASE_TABLE"]
    return [n for n in dict.fromkeys(named) if n.lower() not in made]


def _ctes(node: dict[str, object]) -> list[dict[str, object]]:
    cte_map = node.get("cte_map")
    found = cte_map.get("map", []) if isinstance(cte_map, dict) else []
    return list(found)
