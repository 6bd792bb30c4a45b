"""A query of this database in another engine's SQL: sqlglot translates, and what it cannot know is put right before.

What it cannot know: our own macros, the order of grades (text in Parquet, where 'inadequate' comes after 'good'), a type
that lists measures, and two functions of DuckDB that others have in another meaning (`datediff` of months, `arg_max`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb
    from sqlglot.expressions import Expr

_ORDERS = ("GT", "GTE", "LT", "LTE", "Between")


@dataclass(frozen=True, slots=True)
class Known:
    """What the translation must know of the database."""

    grades: tuple[str, ...]
    grade_columns: frozenset[str]
    measures: tuple[str, ...]
    # Scalar macros: name → its parameters and its text.
    macros: Mapping[str, tuple[tuple[str, ...], str]]


@dataclass(slots=True)
class Translated:
    """A query in the other dialect, the relations it reads, and the calls of table macros it makes by their new name."""

    sql: str
    relations: list[str]
    calls: dict[str, str] = field(default_factory=dict)


def known_of(con: "duckdb.DuckDBPyConnection") -> Known:
    """What is to be known of this database."""
    from pipelines.query.vocabulary import grade_scale

    columns = con.execute(
        "SELECT DISTINCT column_name FROM duckdb_columns() WHERE data_type LIKE 'ENUM(''not_judged''%'"
    ).fetchall()
    measures = con.execute("SELECT unnest(enum_range(NULL::measure_name))::VARCHAR").fetchall()
    macros = con.execute(
        "SELECT function_name, parameters, macro_definition FROM duckdb_functions() "
        "WHERE function_type = 'macro' AND NOT internal AND macro_definition IS NOT NULL"
    ).fetchall()
    return Known(
        tuple(grade_scale(con)),
        # Macros give grades too: what moves() calls them is in no catalogue.
        frozenset(str(r[0]) for r in columns) | {"grade_from", "grade_to"},
        tuple(str(r[0]) for r in measures),
        {str(name): (tuple(parameters), str(text)) for name, parameters, text in macros},
    )


def translate(text: str, known: Known, to: str, called: Callable[[str], str]) -> Translated:
    """The query in the dialect `to`; each call of a table macro becomes the relation that `called` names for its text.

    Raises:
        CouncilsError: the query calls a table macro row by row, or does with grades what no text can.
    """
    import sqlglot
    from sqlglot import expressions as exp

    tree = sqlglot.parse_one(text, read="duckdb")
    if isinstance(tree, exp.Create):
        # A view: its order is for readers of it whole, not for queries of it.
        tree = tree.expression
        tree.set("order", None)
    calls = {}
    for table in list(tree.find_all(exp.Table)):
        if isinstance(table.this, exp.Func):
            call = _constant_call(table.this)
            calls[called(call)] = call
            table.set("this", exp.to_identifier(called(call)))
    for change in (_macros, _measures, _months, _newest, _grades):
        tree = change(tree, known)
    made = {str(cte.alias) for cte in tree.find_all(exp.CTE)}
    read = dict.fromkeys(t.name for t in tree.find_all(exp.Table) if t.name not in made)
    return Translated(tree.sql(dialect=to, comments=False), list(read), calls)


def _constant_call(function: "Expr") -> str:
    """The text of a macro's call, if the same for every row.

    Raises:
        CouncilsError: it takes a column of another table.
    """
    from sqlglot import expressions as exp

    named = {
        id(c)
        for pair in function.find_all(exp.PropertyEQ)
        for c in [pair.this, *pair.this.find_all(exp.Column)]
    }
    if any(id(column) not in named for column in function.find_all(exp.Column)):
        name = function.name or function.key
        raise CouncilsError(
            f"{name}(…) is called with columns of another table, row by row, which only DuckDB can do."
        )
    return function.sql(dialect="duckdb")


def _macros(tree: "Expr", known: Known) -> "Expr":
    """Scalar macros by what they stand for."""
    import sqlglot
    from sqlglot import expressions as exp

    for call in list(tree.find_all(exp.Anonymous)):
        if call.name.lower() not in known.macros:
            continue
        parameters, text = known.macros[call.name.lower()]
        given = dict(zip(parameters, call.expressions, strict=True))
        body = exp.paren(sqlglot.parse_one(text, read="duckdb"))
        for column in list(body.find_all(exp.Column)):
            if column.name in given:
                column.replace(given[column.name].copy())
        call.replace(body)
    return tree


def _measures(tree: "Expr", known: Known) -> "Expr":
    """`measure IN (the values of the type)` by the values themselves."""
    from sqlglot import expressions as exp

    names = [exp.Literal.string(m) for m in known.measures]
    for condition in list(tree.find_all(exp.In)):
        query = condition.args.get("query")
        if query is not None and "enum_range" in query.sql().lower():
            condition.replace(exp.In(this=condition.this.copy(), expressions=names))
    # The engine's own text of a view has `= ANY (…)` for it.
    for every in list(tree.find_all(exp.Any)):
        if "enum_range" in every.sql().lower() and isinstance(every.parent, exp.EQ):
            every.parent.replace(exp.In(this=every.parent.this.copy(), expressions=names))
    return tree


def _newest(tree: "Expr", known: Known) -> "Expr":
    """DuckDB's `arg_max` passes over rows without a value; others give their nothing back."""
    from sqlglot import expressions as exp

    for node in list(tree.find_all(exp.ArgMax, exp.ArgMin)):
        if not isinstance(node.parent, exp.Filter):
            there = exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null()))
            node.replace(exp.Filter(this=node.copy(), expression=exp.Where(this=there)))
    return tree


def _months(tree: "Expr", known: Known) -> "Expr":
    """DuckDB's months between two days are ends of months passed, not whole months."""
    from sqlglot import expressions as exp

    for node in list(tree.find_all(exp.DateDiff)):
        if node.text("unit").upper() == "MONTH":
            later, earlier = (
                exp.paren(exp.Year(this=day.copy()) * 12 + exp.Month(this=day.copy()))
                for day in (node.this, node.expression)
            )
            node.replace(exp.paren(later - earlier))
    return tree


def _grades(tree: "Expr", known: Known) -> "Expr":
    """Where grades are ordered, their places on the scale instead of their words."""
    from sqlglot import expressions as exp

    def is_grade(node: Any) -> bool:
        cast = isinstance(node, exp.Cast) and node.to.sql().lower().strip('"') == "grade"
        return cast or (isinstance(node, exp.Column) and node.name in known.grade_columns)

    def place(node: "Expr") -> "Expr":
        return exp.ArrayPosition(
            this=exp.array(*(exp.Literal.string(g) for g in known.grades)), expression=node.copy()
        )

    for node in list(tree.walk()):
        if isinstance(node, exp.Max | exp.Min) and is_grade(node.this):
            raise CouncilsError(
                "The highest or lowest grade of a group is asked for, which only DuckDB can order."
            )
        sides: list[str] = []
        if isinstance(node, exp.Ordered) and is_grade(node.this):
            sides = ["this"]
        elif type(node).__name__ in _ORDERS:
            asked = [k for k in ("this", "expression", "low", "high") if node.args.get(k) is not None]
            sides = asked if any(is_grade(node.args[k]) for k in asked) else []
        for side in sides:
            node.set(side, place(node.args[side]))
    for cast in list(tree.find_all(exp.Cast)):
        if is_grade(cast):
            cast.replace(cast.this.copy())
    return tree
