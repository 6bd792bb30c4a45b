"""What is run: one SELECT, by the engine's own parse of it, calling only functions that compute.

Settings lock files, network, extensions and writes. What they leave open is closed here on the parse tree: a second
statement, a statement that is no query, and the few functions that change the session (profiling, logging) or tell of
the machine. Words in the text are never searched.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    from pipelines.query.asks import Asks

# A text longer than this is no question of an analyst; the parser's recursion is safe up to it (tests/sql).
CHARACTERS = 50_000

TABLE_FUNCTIONS = frozenset(
    [
        "range",
        "generate_series",
        "unnest",
        "repeat",
        "json_each",
        "json_tree",
        "summary",
        "duckdb_columns",
        "duckdb_tables",
        "duckdb_views",
        "duckdb_functions",
        "duckdb_types",
        "duckdb_constraints",
        "pragma_table_info",
        "icu_calendar_names",
        "pg_timezone_names",
    ]
)
CLOSED_FUNCTIONS = frozenset(
    [
        "write_log",
        "sleep_ms",
        "pg_sleep",
        "nextval",
        "currval",
        "setseed",
        "current_setting",
        "getenv",
        "query",
        "query_table",
        "json_execute_serialized_sql",
        "json_serialize_plan",
    ]
)
# The engine's own views that tell of settings, of the machine's files, or of what was done before.
CLOSED_VIEWS = frozenset(
    ["pg_settings", "pg_prepared_statements", "duckdb_databases", "duckdb_logs", "pragma_database_list"]
)


class StatementError(CouncilsError):
    """A text that is not run, with the sentence why."""

    status = 2


class Statement(NamedTuple):
    """A query that may run: its text, its parse tree, the names of its parameters, and whether it asks for a plan."""

    text: str
    tree: dict[str, Any]
    parameters: tuple[str, ...] = ()
    is_plan: bool = False


def quoted(text: str) -> str:
    """The text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def prepare(con: "Asks", text: str, *, plan: bool = False) -> Statement:
    """Parse a text and let it pass, or say in a sentence why it is not run.

    Raises:
        StatementError: no statement, more than one, none that asks, or one that calls a closed function.
    """
    if len(text) > CHARACTERS:
        raise StatementError(f"The query is {len(text):,} characters long; at most {CHARACTERS:,} are read.")
    if "\x00" in text:
        raise StatementError("The query holds a NUL character, which is no part of SQL.")
    stripped = text.strip().rstrip(";").rstrip()
    parsed = json.loads(_one(con, f"SELECT json_serialize_sql({quoted(stripped)})::VARCHAR"))
    if parsed["error"]:
        return _unparsed(con, stripped, parsed, plan=plan)
    statements = parsed["statements"]
    if len(statements) != 1:
        raise StatementError(_count_sentence(len(statements)))
    tree: dict[str, Any] = statements[0]
    _check_functions(con, tree)
    # Its own parameters only: names in the order they first stand.
    names = tuple(str(p["key"]) for p in tree.get("named_param_map", []))
    if numbered := [n for n in names if n.isdigit()]:
        raise StatementError(
            f"A parameter has a name here: write $la in place of ? or ${numbered[0]}, and --param la=VALUE."
        )
    body = f"EXPLAIN {stripped}" if plan else stripped
    return Statement(body, tree, names, is_plan=plan)


def _one(con: "Asks", query: str) -> str:
    found = con.execute(query).fetchone()
    assert found is not None
    return str(found[0])


def _count_sentence(count: int) -> str:
    if count == 0:
        return "There is no query here: write a SELECT, or give a file of one."
    return f"These are {count} statements; one query is run at a time. Give them one by one."


def _unparsed(con: "Asks", text: str, parsed: dict[str, Any], *, plan: bool) -> Statement:
    """What the engine could not write as a query's tree: a mistake, or another kind of statement."""
    if parsed.get("error_type") not in ("not implemented",):
        raise StatementError(_syntax_sentence(parsed, text))
    import _duckdb as engine

    try:
        kinds = [s.type.name for s in con.extract_statements(text)]
    except engine.PermissionException:
        # IMPORT DATABASE opens its file while it is parsed; the engine's lock stops it there.
        raise StatementError(
            "Only a query is run here, and this opens a file; files are closed to queries."
        ) from None
    except engine.Error as error:
        raise StatementError(
            f"The query cannot be read: {str(error).splitlines()[0].rstrip('.')}."
        ) from error
    if kinds == ["EXPLAIN"] and not plan:
        return prepare(con, _without_explain(text), plan=True)
    if set(kinds[:-1]) == {"CREATE"} and _is_pivot(con, text):
        raise StatementError(
            "A PIVOT needs its columns named here: PIVOT … ON measure IN ('looked_after_rate', 'adoptions')."
        )
    if len(kinds) != 1:
        raise StatementError(_count_sentence(len(kinds)))
    raise StatementError(
        f"Only a query (SELECT, WITH, FROM, DESCRIBE, SUMMARIZE, SHOW) is run here, and this is {_named(kinds[0])}; "
        "the database is read-only and its settings are locked."
    )


def _is_pivot(con: "Asks", text: str) -> bool:
    # A PIVOT without its values becomes several statements of the engine's own, which have no text of their own.
    return all(not s.query for s in con.extract_statements(text))


def _named(kind: str) -> str:
    if kind in ("SELECT", "???"):
        # What the engine turns into a SELECT of its own (PRAGMA show_tables), or has no word for.
        return "another statement"
    word = kind.replace("_", " ")
    return f"{'an' if word[0] in 'AEIOU' else 'a'} {word} statement"


def _without_explain(text: str) -> str:
    """The query that an EXPLAIN asks about, by the engine's tokens."""
    import _duckdb as engine

    tokens = engine.tokenize(text)
    words = {"explain", "analyze", "verbose"}
    for place, (start, _) in enumerate(tokens):
        end = tokens[place + 1][0] if place + 1 < len(tokens) else len(text)
        if text[start:end].strip().lower() not in words:
            return text[start:]
    return ""


def _syntax_sentence(parsed: dict[str, Any], text: str) -> str:
    message = str(parsed.get("error_message", "")).splitlines()[0].replace("syntax error", "Syntax error")
    message = message.split('Use "SET')[0].strip().rstrip(".! ")
    place = parsed.get("position")
    where = ""
    if place is not None and str(place).isdigit() and int(place) < len(text):
        line = text.count("\n", 0, int(place)) + 1
        where = f" (line {line}: …{text[int(place) : int(place) + 30].splitlines()[0]}…)"
    return f"{message[:1].upper()}{message[1:]}{where}."


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every node of a parse tree, without recursion, so that depth is no danger."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)


def with_values(tree: dict[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
    """The tree with its parameters replaced by their values."""
    if not parameters:
        return tree
    copy: dict[str, Any] = json.loads(json.dumps(tree))
    for node in nodes(copy):
        if node.get("class") == "PARAMETER":
            value = parameters.get(str(node.pop("identifier")))
            node.update(
                {"class": "CONSTANT", "type": "VALUE_CONSTANT", "value": {
                    "type": {"id": "VARCHAR", "type_info": None}, "is_null": value is None, "value": value,
                }}
            )  # fmt: skip
    copy["named_param_map"] = []
    return copy


def _check_functions(con: "Asks", tree: dict[str, Any]) -> None:
    asked: set[str] = set()
    for node in nodes(tree):
        if node.get("type") == "BASE_TABLE" and str(node["table_name"]).lower() in CLOSED_VIEWS:
            raise StatementError(
                f"The view {str(node['table_name']).lower()} is closed here: it tells of settings or files, not of the data. "
                "See: councils tables."
            )
        if node.get("type") == "TABLE_FUNCTION":
            asked.add(str(node["function"].get("function_name", "")).lower())
        elif node.get("class") == "FUNCTION":
            name = str(node.get("function_name", "")).lower()
            if name in CLOSED_FUNCTIONS:
                raise StatementError(
                    f"The function {name} is closed here: it reaches beyond the rows of the database."
                )
    unknown = asked - TABLE_FUNCTIONS
    if unknown and unknown - _own_macros():
        macros = set(_one(con, _MACROS).split(","))
        for name in sorted(unknown - macros):
            raise StatementError(_function_sentence(con, name, macros))


def _own_macros() -> set[str]:
    """The macros of the build by their names: asking the database for its functions takes longer than a query."""
    from pipelines.contents import MACROS

    return set(MACROS)


_MACROS = (
    "SELECT coalesce(string_agg(DISTINCT function_name, ','), '') FROM duckdb_functions() "
    "WHERE function_type = 'table_macro' AND NOT internal"
)


def _function_sentence(con: "Asks", name: str, macros: set[str]) -> str:
    known = con.execute(
        f"SELECT 1 FROM duckdb_functions() WHERE function_name = {quoted(name)} LIMIT 1"
    ).fetchone()
    if known:
        return (
            f"The function {name} is closed here: queries read the tables of this database alone, no file, no setting, "
            "no network. See: councils tables."
        )
    from pipelines.query.nearest import did_you_mean

    return f"There is no table function {name}.{did_you_mean(name, macros | TABLE_FUNCTIONS)}"
