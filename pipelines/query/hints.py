"""Words beside a result, for stderr: a value that no row has, the condition that emptied it, a figure not to be summed."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.query import cautions
from pipelines.query.complaints import tables_named
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import Statement, nodes, quoted, with_values
from pipelines.query.vocabulary import bounds_of, column_types, grade_scale, holds, words_of

if TYPE_CHECKING:
    from pipelines.query.asks import Asks

COMPARISONS = {
    "COMPARE_EQUAL", "COMPARE_NOTEQUAL", "COMPARE_IN", "COMPARE_NOT_IN", "COMPARE_LESSTHAN", "COMPARE_GREATERTHAN",
    "COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO", "COMPARE_DISTINCT_FROM", "COMPARE_NOT_DISTINCT_FROM",
}  # fmt: skip


def hints(con: "Asks", statement: Statement, parameters: Mapping[str, str], *, is_empty: bool) -> list[str]:
    """The sentences that a reader of this result should have, most important first; often none."""
    if statement.is_plan:
        return []
    tree = with_values(statement.tree, parameters)
    tables = column_types(con, tables_named(statement))
    found = list(_unknown_values(con, tree, tables))
    if is_empty and not found:
        found = list(_emptying(con, tree, tables))
    if is_empty and not found:
        found = ["No row matches."]
    return found + cautions.cautions(con, statement.tree, set(tables))


def _unknown_values(con: "Asks", tree: dict[str, Any], tables: dict[str, dict[str, str]]) -> Iterator[str]:
    """A sentence for each word that is compared with a column whose words do not include it."""
    for column, value in dict.fromkeys(_compared(tree)):
        owners = [
            t for t, columns in tables.items() if columns.get(column, "").startswith(("VARCHAR", "ENUM"))
        ]
        if not owners or any(holds(con, t, column, value) for t in owners):
            continue
        if all(tables[t][column].startswith("ENUM") and column != "measure" for t in owners):
            scale = grade_scale(con)
            if value not in scale:
                yield f"'{value}' is no grade.{did_you_mean(value, scale)} The scale is {' < '.join(scale)}."
            continue
        words = sorted({w for t in owners for w in words_of(con, t, column)})
        if words:
            listed = f" It is one of: {', '.join(words)}." if len(words) <= 16 else ""
            yield f"No row has the {column} '{value}'.{did_you_mean(value, words) or listed}"


def _compared(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(column, text) for each comparison of a plain column with a text."""
    for node in nodes(tree):
        if str(node.get("type")) not in COMPARISONS:
            continue
        sides = node.get("children") or [node.get("left"), node.get("right")]
        columns = [str(s["column_names"][-1]) for s in sides if _is(s, "COLUMN_REF")]
        texts = [
            str(s["value"]["value"])
            for s in map(_uncast, sides)
            if _is(s, "VALUE_CONSTANT")
            and not s["value"]["is_null"]
            and s["value"]["type"]["id"] == "VARCHAR"
        ]
        if len(columns) == 1:
            yield from ((columns[0], text) for text in texts)


def _is(node: Any, kind: str) -> bool:
    return isinstance(node, dict) and node.get("type") == kind


def _uncast(node: Any) -> Any:
    return node["child"] if _is(node, "OPERATOR_CAST") else node


def _emptying(con: "Asks", tree: dict[str, Any], tables: dict[str, dict[str, str]]) -> Iterator[str]:
    """Which condition of the outermost WHERE emptied the result, where one did."""
    node = tree["node"]
    if (
        node.get("type") != "SELECT_NODE"
        or not node.get("where_clause")
        or node["from_table"]["type"] == "EMPTY"
    ):
        return
    conditions = list(_conjuncts(node["where_clause"]))
    alone = [c for c in conditions if not _has_rows(con, node, [c])]
    for condition in alone:
        yield f"No row meets the condition {_text(con, condition)}.{_range(con, condition, tables)}"
    if alone or len(conditions) < 2:
        return
    for place, condition in enumerate(conditions):
        others = conditions[:place] + conditions[place + 1 :]
        if _has_rows(con, node, others):
            yield f"Rows meet all the other conditions, but none of them meets {_text(con, condition)}."


def _conjuncts(condition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if condition.get("type") == "CONJUNCTION_AND":
        for child in condition["children"]:
            yield from _conjuncts(child)
    else:
        yield condition


_ONE = {
    "class": "CONSTANT", "type": "VALUE_CONSTANT", "alias": "", "query_location": 0,
    "value": {"type": {"id": "INTEGER", "type_info": None}, "is_null": False, "value": 1},
}  # fmt: skip


def _has_rows(con: "Asks", node: dict[str, Any], conditions: list[dict[str, Any]]) -> bool:
    where = (
        conditions[0]
        if len(conditions) == 1
        else {
            "class": "CONJUNCTION",
            "type": "CONJUNCTION_AND",
            "alias": "",
            "query_location": 0,
            "children": conditions,
        }
    )
    plain = {
        **node, "select_list": [_ONE], "where_clause": where, "modifiers": [], "group_expressions": [],
        "group_sets": [], "aggregate_handling": "STANDARD_HANDLING", "having": None, "qualify": None,
    }  # fmt: skip
    return con.execute(f"SELECT 1 FROM ({_sql(con, plain)}) LIMIT 1").fetchone() is not None


def _sql(con: "Asks", node: dict[str, Any]) -> str:
    tree = json.dumps({"error": False, "statements": [{"node": node, "named_param_map": []}]})
    found = con.execute(f"SELECT json_deserialize_sql({quoted(tree)})").fetchone()
    assert found is not None
    return str(found[0])


def _text(con: "Asks", condition: dict[str, Any]) -> str:
    node: dict[str, Any] = {
        "type": "SELECT_NODE", "modifiers": [], "cte_map": {"map": []}, "select_list": [condition],
        "from_table": {"type": "EMPTY", "alias": "", "sample": None, "query_location": 0}, "where_clause": None,
        "group_expressions": [], "group_sets": [], "aggregate_handling": "STANDARD_HANDLING", "having": None,
        "sample": None, "qualify": None,
    }  # fmt: skip
    return _sql(con, node).removeprefix("SELECT ").strip().removeprefix("(").removesuffix(")")


def _range(con: "Asks", condition: dict[str, Any], tables: dict[str, dict[str, str]]) -> str:
    """From where to where the column of a condition runs, for numbers and dates."""
    names = [str(n["column_names"][-1]) for n in nodes(condition) if _is(n, "COLUMN_REF")]
    for name in names:
        for table, columns in tables.items():
            if columns.get(name, "").startswith(("INT", "BIGINT", "DATE", "DOUBLE")):
                bounds = bounds_of(con, table, name)
                return f" In {table}, {name} runs from {bounds[0]} to {bounds[1]}." if bounds else ""
    return ""
