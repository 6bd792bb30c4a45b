"""One-line cautions about sums and averages that do not mean what they seem to."""

from typing import TYPE_CHECKING, Any

from pipelines.query.statement import nodes

if TYPE_CHECKING:
    from pipelines.query.asks import Asks

FIGURES = "area_statistics"
WIDE = ("figures_wide", "council_year")
# One figure of each cell, of authorities alone.
BESIDE = "with_neighbours"
# A table whose rows are authorities: joined to it, figures of regions and England drop out.
OF_AUTHORITIES = {
    "authorities", "inspections", "judgements", "latest_judgements", "inspection_history", "statistical_neighbours",
    "council_year", "figures_wide", "with_neighbours",
}  # fmt: skip
RATES = ("rate", "percentage")


def cautions(con: "Asks", tree: dict[str, Any], tables: set[str]) -> list[str]:
    """What a reader of these sums and averages should know; none for other queries."""
    calls = [n for n in nodes(tree) if n.get("class") == "FUNCTION" and n.get("function_name") in AGGREGATES]
    if not calls or not tables & {FIGURES, BESIDE, *WIDE}:
        return []
    rates = _rates(con)
    meant = _meant(tree)
    summed = _columns(calls, {"sum"}, meant)
    averaged = _columns(calls, {"avg", "mean"}, meant)
    found = []
    if FIGURES in tables and "value" in summed | averaged:
        found += _about_rows(tree, tables)
    measures = _named_measures(tree)
    about_rates = (measures & rates or not measures) if tables & {FIGURES, BESIDE} else set()
    by_authority = bool((_grouped(tree) | _fixed(tree)) & {"la_code", "la_name"})
    if (("value" in averaged and about_rates) or averaged & rates) and not by_authority:
        found.append(
            "An average of rates gives every authority the same weight, large or small: it is no rate of all of them. "
            "Divide sum(numerator) by sum(denominator), or read England's own row (la_code 'ENG')."
        )
    if ("value" in summed and measures and measures <= rates) or summed & rates:
        found.append("A sum of rates means nothing: sum their numerators and denominators instead.")
    return found


AGGREGATES = {"sum", "avg", "mean"}


def _about_rows(tree: dict[str, Any], tables: set[str]) -> list[str]:
    mentioned = {str(n["column_names"][-1]) for n in nodes(tree) if n.get("type") == "COLUMN_REF"}
    found = []
    by_area = mentioned & {"la_code", "la_name"} and (_grouped(tree) | _compared(tree)) & {
        "la_code",
        "la_name",
    }
    if "geographic_level" not in mentioned and not by_area and not tables & OF_AUTHORITIES:
        found.append(
            "These rows are authorities, regions and England together, so that children are counted several times: "
            "add geographic_level = 'Local authority'."
        )
    if "is_current" not in mentioned and "release" not in mentioned:
        found.append(
            "A figure stands here once for each release that prints it: add is_current for the newest alone."
        )
    return found


def _rates(con: "Asks") -> set[str]:
    kinds = ", ".join(f"'{k}'" for k in RATES)
    return {
        str(r[0]) for r in con.execute(f"SELECT measure FROM measures WHERE kind IN ({kinds})").fetchall()
    }


def _columns(calls: list[dict[str, Any]], names: set[str], meant: dict[str, str]) -> set[str]:
    found = {
        str(n["column_names"][-1])
        for call in calls
        if call["function_name"] in names
        for n in nodes(call["children"])
        if n.get("type") == "COLUMN_REF"
    }
    return {meant.get(name, name) for name in found}


def _meant(tree: dict[str, Any]) -> dict[str, str]:
    """The column that another name stands for where a subquery gives it one (`SELECT value AS v`)."""
    return {
        str(e["alias"]): str(e["column_names"][-1])
        for node in nodes(tree)
        if node.get("type") == "SELECT_NODE"
        for e in node["select_list"]
        if e.get("type") == "COLUMN_REF" and e.get("alias")
    }


def _fixed(tree: dict[str, Any]) -> set[str]:
    """Columns that are held to one value by a condition: an average of these rows is over time, not over authorities."""
    held: dict[str, set[str]] = {}
    for node in nodes(tree):
        if node.get("type") != "COMPARE_EQUAL":
            continue
        sides = [node.get("left"), node.get("right")]
        columns = [s for s in sides if isinstance(s, dict) and s.get("type") == "COLUMN_REF"]
        values = [s for s in sides if isinstance(s, dict) and s.get("class") in ("CONSTANT", "PARAMETER")]
        if columns and values:
            value = values[0].get("value", values[0].get("identifier"))
            held.setdefault(str(columns[0]["column_names"][-1]), set()).add(str(value))
    return {column for column, values in held.items() if len(values) == 1}


def _grouped(tree: dict[str, Any]) -> set[str]:
    """Columns that rows are grouped by; with GROUP BY ALL, the plain columns that are selected."""
    found: set[str] = set()
    for node in nodes(tree):
        if node.get("type") != "SELECT_NODE":
            continue
        listed = [_at_place(e, node["select_list"]) for e in node.get("group_expressions") or []]
        if node.get("aggregate_handling") == "FORCE_AGGREGATES":
            listed += [e for e in node["select_list"] if e.get("type") == "COLUMN_REF"]
        found |= {str(n["column_names"][-1]) for n in nodes(listed) if n.get("type") == "COLUMN_REF"}
    return found


def _at_place(expression: dict[str, Any], select_list: list[dict[str, Any]]) -> dict[str, Any]:
    """GROUP BY 2 groups by the second of what is selected."""
    if expression.get("type") != "VALUE_CONSTANT":
        return expression
    place = expression["value"].get("value")
    is_place = isinstance(place, int) and 0 < place <= len(select_list)
    return select_list[place - 1] if is_place else expression


def _compared(tree: dict[str, Any]) -> set[str]:
    """Columns that a condition compares with something."""
    compared = [
        n
        for n in nodes(tree)
        if str(n.get("type", "")).startswith("COMPARE_") or n.get("function_name") == "~~"
    ]
    return {str(n["column_names"][-1]) for c in compared for n in nodes(c) if n.get("type") == "COLUMN_REF"}


def _named_measures(tree: dict[str, Any]) -> set[str]:
    """The measures a query names in a condition on `measure`."""
    from pipelines.query.hints import _compared as compared_texts

    return {text for column, text in compared_texts(tree) if column == "measure"}
