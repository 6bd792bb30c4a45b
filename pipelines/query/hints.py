"""Words beside a result, for stderr: a value that no row has, the condition that emptied it, a figure not to be summed."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipelines.query import cautions
from pipelines.query.complaints import tables_named
from pipelines.query.emptied import emptying
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import Statement, nodes, with_values
from pipelines.query.vocabulary import column_types, grade_scale, holds, words_of

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
        found = list(emptying(con, tree["node"], tables))
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
            # A code is not mistyped into its neighbour: nearness is for names.
            near = "" if value.isdigit() else did_you_mean(value, words)
            yield f"No row has the {column} '{value}'.{near or listed}"


def _compared(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(column, text) for each comparison of a plain column with a text."""
    for node in nodes(tree):
        if str(node.get("type")) not in COMPARISONS:
            continue
        sides = node.get("children") or [node.get("left"), node.get("right")]
        columns = [str(s["column_names"][-1]) for s in map(_as_text, sides) if _is(s, "COLUMN_REF")]
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


def _as_text(node: Any) -> Any:
    """A column that is cast to text holds the same words."""
    return node["child"] if _is(node, "OPERATOR_CAST") and node["cast_type"]["id"] == "VARCHAR" else node


def _uncast(node: Any) -> Any:
    return node["child"] if _is(node, "OPERATOR_CAST") else node
