"""Grades are ordered, words are not: `grade > 'good'` would compare letters, so it is refused with the cure.

DuckDB compares an ordered ENUM with a text as texts: 'inadequate' > 'good' is true by the alphabet. Equality is safe;
an order against a text is not, and its wrong answer looks like a right one.
"""

from typing import Any

from pipelines.query.statement import StatementError, nodes

_ORDERS = {
    "COMPARE_LESSTHAN", "COMPARE_GREATERTHAN", "COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO",
    "COMPARE_BETWEEN",
}  # fmt: skip
_PICKS = {"greatest", "least"}


def check_order(tree: dict[str, Any]) -> None:
    """Pass a query whose grades are compared as grades.

    Raises:
        StatementError: a grade is ordered against a text.
    """
    for node in nodes(tree):
        if str(node.get("type")) in _ORDERS:
            sides = [node.get(k) for k in ("left", "right", "input", "lower", "upper")]
        elif node.get("class") == "FUNCTION" and node.get("function_name") in _PICKS:
            sides = list(node["children"])
        else:
            continue
        words = [w for w in map(_text, sides) if w is not None]
        if not words:
            continue
        from pipelines.contents import GRADE_SCALE

        column = next((c for c in map(_column, sides) if c), "grade")
        for word in words:
            if word.casefold().replace(" ", "_") in GRADE_SCALE or column.endswith("grade"):
                good = word if word in GRADE_SCALE else "good"
                raise StatementError(
                    f"An order against the text '{word}' goes by the alphabet, not by the scale: write '{good}'::grade "
                    f"(the scale is {' < '.join(GRADE_SCALE)})."
                )


def _text(side: Any) -> str | None:
    if not isinstance(side, dict) or side.get("class") != "CONSTANT" or side["value"]["is_null"]:
        return None
    return str(side["value"]["value"]) if side["value"]["type"]["id"] == "VARCHAR" else None


def _column(side: Any) -> str | None:
    if isinstance(side, dict) and side.get("type") == "COLUMN_REF":
        return str(side["column_names"][-1])
    return None
