"""Why a result is empty, where that can be told: the condition, the join, the subquery or the argument that emptied it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import nodes, quoted
from pipelines.query.vocabulary import bounds_of, words_of

if TYPE_CHECKING:
    from pipelines.query.asks import Asks

Node = dict[str, Any]
Types = dict[str, dict[str, str]]
# The engine's names of LIKE and its kin, as they are typed.
_LIKES = {" ~~ ": " LIKE ", " !~~ ": " NOT LIKE ", " ~~* ": " ILIKE ", " !~~* ": " NOT ILIKE "}
# Arguments of the database's macros, and the column whose words they take.
_ARGUMENTS = {
    "council": ("authorities", "la_name"), "council_code": ("authorities", "la_code"),
    "wanted_measure": ("measures", "measure"), "area": ("judgements", "area"), "areas": ("judgements", "area"),
    "frameworks": ("inspections", "framework"),
}  # fmt: skip


def emptying(con: "Asks", node: Node, tables: Types) -> Iterator[str]:
    """What emptied a query: first where its rows come from, then its WHERE, then HAVING and QUALIFY."""
    if node.get("type") != "SELECT_NODE" or node["from_table"]["type"] == "EMPTY":
        return
    if not _has_rows(con, node, []):
        yield from _empty_source(con, node, tables)
        return
    if node.get("where_clause"):
        conditions = list(_conjuncts(node["where_clause"]))
        if not _has_rows(con, node, conditions):
            yield from _empty_where(con, node, conditions, tables)
            return
    for word, key in (("HAVING", "having"), ("QUALIFY", "qualify")):
        if node.get(key):
            yield f"No {'group' if key == 'having' else 'row'} meets {word} {_text(con, node[key])}."
            return


def _empty_source(con: "Asks", node: Node, tables: Types) -> Iterator[str]:
    """The table, subquery, macro or join itself gives no row, before any condition."""
    source = node["from_table"]
    ctes = {str(e["key"]).lower(): e["value"]["query"]["node"] for e in node["cte_map"]["map"]}
    made = ctes.get(str(source.get("table_name", "")).lower()) if source["type"] == "BASE_TABLE" else None
    if source["type"] == "SUBQUERY":
        yield from emptying(con, _with_ctes(source["subquery"]["node"], node), tables)
    elif made is not None and made.get("type") == "SELECT_NODE":
        # What it is made of stands before it in the same WITH.
        before = node["cte_map"]["map"][: list(ctes.values()).index(made)]
        yield from emptying(con, {**made, "cte_map": {"map": before + made["cte_map"]["map"]}}, tables)
    elif source["type"] == "TABLE_FUNCTION":
        yield from _unknown_arguments(con, source["function"])
    elif source["type"] == "JOIN":
        unknown = [s for n in nodes(source) if n.get("type") == "TABLE_FUNCTION" for s in _unknown_arguments(con, n["function"])]  # fmt: skip
        yield from unknown or ["The joined tables have no row together, before any condition of WHERE."]


def _with_ctes(inner: Node, outer: Node) -> Node:
    return {**inner, "cte_map": {"map": outer["cte_map"]["map"] + inner["cte_map"]["map"]}}


def _unknown_arguments(con: "Asks", call: Node) -> Iterator[str]:
    """A council, measure, area or framework given to a macro that there is none of."""
    name = str(call["function_name"])
    row = con.execute(
        f"SELECT parameters FROM duckdb_functions() WHERE function_name = {quoted(name)} AND NOT internal LIMIT 1"
    ).fetchone()
    for argument, value in _given(call, [str(p) for p in row[0]] if row else []):
        if argument not in _ARGUMENTS:
            continue
        table, column = _ARGUMENTS[argument]
        words = words_of(con, table, column)
        if argument in ("council", "council_code"):
            code = con.execute(
                f"SELECT la_code, la_code = {quoted(value)} FROM authorities WHERE la_code = {quoted(value)} "
                f"OR name_key(la_name) = name_key({quoted(value)}) ORDER BY valid_to IS NULL DESC LIMIT 1"
            ).fetchone()
            if code is None:
                yield f"{name}: no council is called '{value}'.{did_you_mean(value, words_of(con, 'authorities', 'la_name'))}"
            elif argument == "council_code" and not code[1]:
                yield f"{name} takes a council's code: '{code[0]}' for '{value}'."
        elif value not in words:
            yield f"{name}: there is no {column} '{value}'.{did_you_mean(value, words)}"


def _given(call: Node, names: list[str]) -> Iterator[tuple[str, str]]:
    """(argument, text) of the texts a macro is called with, by place or by name."""
    for place, child in enumerate(call["children"]):
        name = str(child.get("alias") or (names[place] if place < len(names) else ""))
        for node in nodes(child):
            is_text = node.get("type") == "VALUE_CONSTANT" and node["value"]["type"]["id"] == "VARCHAR"
            if is_text and not node["value"]["is_null"]:
                yield name, str(node["value"]["value"])


def _empty_where(con: "Asks", node: Node, conditions: list[Node], tables: Types) -> Iterator[str]:
    alone = [c for c in conditions if not _has_rows(con, node, [c])]
    for condition in alone:
        yield f"No row meets the condition {_text(con, condition)}.{_range(con, condition, tables)}"
    if alone or len(conditions) < 2:
        return
    places = range(len(conditions))
    needed = [i for i in places if _has_rows(con, node, [c for j, c in enumerate(conditions) if j != i])]
    if len(needed) == 1:
        yield (
            f"Rows meet all the other conditions, but none of them meets {_text(con, conditions[needed[0]])}."
            + _range_beside(con, node, conditions, needed, tables)
        )
    elif needed:
        texts = [_text(con, conditions[i]) for i in needed]
        listed = f"{', '.join(texts[:-1])} and {texts[-1]}"
        yield (
            f"No row meets {listed} together; without any one of these there would be rows."
            + _range_beside(con, node, conditions, needed, tables)
        )


def _range_beside(con: "Asks", node: Node, conditions: list[Node], needed: list[int], tables: Types) -> str:
    """From where to where a number or date runs in the rows that meet all other conditions."""
    for place in needed:
        columns = [n for n in nodes(conditions[place]) if n.get("type") == "COLUMN_REF"]
        kinds = {c[name] for c in tables.values() for name in [str(n["column_names"][-1]) for n in columns] if name in c}  # fmt: skip
        if len(columns) != 1 or not any(k.startswith(("INT", "BIGINT", "DATE", "DOUBLE")) for k in kinds):
            continue
        others = [c for j, c in enumerate(conditions) if j != place]
        rows = _sql(con, _plain(node, others, [{**columns[0], "alias": "held"}]))
        found = con.execute(f"SELECT min(held)::VARCHAR, max(held)::VARCHAR FROM ({rows})").fetchone()
        if found and found[0] is not None:
            return f" With the other conditions {columns[0]['column_names'][-1]} runs from {found[0]} to {found[1]}."
    return ""


def _conjuncts(condition: Node) -> Iterator[Node]:
    if condition.get("type") == "CONJUNCTION_AND":
        for child in condition["children"]:
            yield from _conjuncts(child)
    else:
        yield condition


_ONE = {
    "class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "query_location": 0,
    "value": {"type": {"id": "INTEGER", "type_info": None}, "is_null": False, "value": 1},
}  # fmt: skip


def _plain(node: Node, conditions: list[Node], selected: list[Node]) -> Node:
    """The same rows under these conditions alone, ungrouped."""
    where: Node | None = (
        {"class": "CONJUNCTION", "type": "CONJUNCTION_AND", "alias": "", "query_location": 0, "children": conditions}
        if len(conditions) > 1
        else next(iter(conditions), None)
    )  # fmt: skip
    return {
        **node, "select_list": selected, "where_clause": where, "modifiers": [], "group_expressions": [],
        "group_sets": [], "aggregate_handling": "STANDARD_HANDLING", "having": None, "qualify": None,
    }  # fmt: skip


def _has_rows(con: "Asks", node: Node, conditions: list[Node]) -> bool:
    rows = _sql(con, _plain(node, conditions, [_ONE]))
    return con.execute(f"SELECT 1 FROM ({rows}) LIMIT 1").fetchone() is not None


def _sql(con: "Asks", node: Node) -> str:
    tree = json.dumps({"error": False, "statements": [{"node": node, "named_param_map": []}]})
    found = con.execute(f"SELECT json_deserialize_sql({quoted(tree)})").fetchone()
    assert found is not None
    return str(found[0])


def _text(con: "Asks", condition: Node) -> str:
    """A condition as SQL, as it was typed where the engine has words of its own."""
    node: Node = {
        "type": "SELECT_NODE", "modifiers": [], "cte_map": {"map": []}, "select_list": [condition],
        "from_table": {"type": "EMPTY", "alias": "", "sample": None, "query_location": 0}, "where_clause": None,
        "group_expressions": [], "group_sets": [], "aggregate_handling": "STANDARD_HANDLING", "having": None,
        "sample": None, "qualify": None,
    }  # fmt: skip
    text = _sql(con, node).removeprefix("SELECT ").strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = text.replace("count_star()", "count(*)")
    if condition.get("class") == "FUNCTION":
        for engine, typed in _LIKES.items():
            text = text.replace(engine, typed, 1)
    return text


def _range(con: "Asks", condition: Node, tables: Types) -> str:
    """What the one column of a condition holds: from where to where for numbers and dates, words near to a pattern."""
    names = {str(n["column_names"][-1]) for n in nodes(condition) if n.get("type") == "COLUMN_REF"}
    if len(names) != 1:
        return ""
    name = names.pop()
    for table, columns in tables.items():
        kind = columns.get(name, "")
        if kind.startswith(("INT", "BIGINT", "DATE", "DOUBLE")):
            bounds = bounds_of(con, table, name)
            return f" In {table}, {name} runs from {bounds[0]} to {bounds[1]}." if bounds else ""
        if kind.startswith(("VARCHAR", "ENUM")) and f" {condition.get('function_name')} " in (
            " ~~ ",
            " ~~* ",
        ):
            pattern = str(condition["children"][1].get("value", {}).get("value", ""))
            return did_you_mean(
                pattern.replace("%", " ").replace("_", " ").strip(), words_of(con, table, name)
            )
    return ""
