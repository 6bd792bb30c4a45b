"""From the words of a question to rows: a council, what is counted or judged there, and when; or a table and its key."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.query.nearest import did_you_mean
from pipelines.query.statement import quoted
from pipelines.query.vocabulary import columns_of, relations

if TYPE_CHECKING:
    import duckdb

MOST = 20
ALL = 2_000_000


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row of a curated table, by the table's name and the row's values by column."""

    table: str
    values: dict[str, Any]


def rows_where(
    con: "duckdb.DuckDBPyConnection", table: str, condition: str, most: int = MOST
) -> list[FoundRow]:
    """The rows of a table that meet a condition of our own making."""
    cursor = con.execute(f'SELECT * FROM "{table}" WHERE {condition} LIMIT {most}')
    names = [str(c[0]) for c in cursor.description or []]
    return [FoundRow(table, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def condition_of(values: dict[str, Any], columns: tuple[str, ...]) -> str:
    """The condition that picks the rows with these values in these columns."""
    parts = []
    for column in columns:
        value = values[column]
        parts.append(
            f'"{column}" IS NULL' if value is None else f'"{column}"::VARCHAR = {quoted(as_sql_text(value))}'
        )
    return " AND ".join(parts) or "true"


def as_sql_text(value: Any) -> str:
    """A value as DuckDB writes it when cast to text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def by_key(con: "duckdb.DuckDBPyConnection", table: str, pairs: list[str]) -> list[FoundRow]:
    """The rows of one table by parts of its key, `COLUMN=VALUE`.

    Raises:
        CouncilsError: no such table or column, a part not written so, or no such row.
    """
    if table not in relations(con):
        hint = did_you_mean(table, relations(con)) or " See: councils tables."
        raise CouncilsError(f"There is no table '{table}'.{hint}")
    known = columns_of(con, [table])
    wanted: dict[str, Any] = {}
    for pair in pairs:
        column, equals, value = pair.partition("=")
        if not equals:
            raise CouncilsError(f"--key {pair}: write it as COLUMN=VALUE.")
        if column not in known:
            raise CouncilsError(f"There is no column '{column}' in {table}.{did_you_mean(column, known)}")
        wanted[column] = value
    found = rows_where(con, table, condition_of(wanted, tuple(wanted)), ALL)
    if not found:
        raise CouncilsError(f"No row of {table} has {', '.join(pairs)}.")
    return found


def by_words(con: "duckdb.DuckDBPyConnection", council: str, what: str, when: str | None) -> list[FoundRow]:
    """The rows a person means by a council, a measure or judged area, and a year or date.

    A figure is the current one of its cell; a judgement without a date is of the newest inspection.

    Raises:
        CouncilsError: a word that names nothing (the nearest are in the sentence), or nothing stands there.
    """
    codes = areas_named(con, council)
    listed = ", ".join(quoted(c) for c in codes)
    measures = [str(r[0]) for r in con.execute("SELECT measure FROM measures").fetchall()]
    areas = [str(r[0]) for r in con.execute("SELECT DISTINCT area FROM judgements").fetchall()]
    if what in measures:
        return _figures(con, council, listed, what, when)
    if what in areas:
        return _judgements(con, council, listed, what, when)
    raise CouncilsError(
        f"'{what}' is no measure and no judged area.{did_you_mean(what, [*measures, *areas])}"
    )


def _figures(
    con: "duckdb.DuckDBPyConnection", council: str, listed: str, what: str, when: str | None
) -> list[FoundRow]:
    of_cell = f"la_code IN ({listed}) AND measure = {quoted(what)}"
    years = [
        int(r[0])
        for r in con.execute(
            f"SELECT DISTINCT time_period FROM area_statistics WHERE {of_cell} ORDER BY 1"
        ).fetchall()
    ]
    if not years:
        raise CouncilsError(f"No figure of {what} is here for {council}.")
    if when is not None and (not when.isdigit() or int(when) not in years):
        raise CouncilsError(f"{council} has {what} for {_years(years)}; there is none for '{when}'.")
    year = int(when) if when else years[-1]
    found = rows_where(con, "area_statistics", f"{of_cell} AND time_period = {year} AND is_current")
    return found or rows_where(con, "area_statistics", f"{of_cell} AND time_period = {year}")


def _years(years: list[int]) -> str:
    if years == list(range(years[0], years[-1] + 1)):
        return f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    return ", ".join(map(str, years))


def _judgements(
    con: "duckdb.DuckDBPyConnection", council: str, listed: str, what: str, when: str | None
) -> list[FoundRow]:
    rows = con.execute(
        "SELECT inspection_id, inspections.published, inspection_start FROM judgements INNER JOIN inspections USING (inspection_id) "
        f"WHERE judgements.la_code IN ({listed}) AND area = {quoted(what)} ORDER BY published"
    ).fetchall()
    if not rows:
        raise CouncilsError(f"No judgement of {what} is here for {council}.")
    chosen = [r for r in rows if when is None or any(str(day).startswith(when) for day in r[1:])]
    if not chosen:
        days = ", ".join(str(r[1]) for r in rows)
        raise CouncilsError(
            f"{council} was judged for {what} in reports of {days}; there is none of '{when}'."
        )
    ids = ", ".join(quoted(str(r[0])) for r in (chosen if when else chosen[-1:]))
    return rows_where(con, "judgements", f"inspection_id IN ({ids}) AND area = {quoted(what)}")


def areas_named(con: "duckdb.DuckDBPyConnection", name: str) -> list[str]:
    """The codes of the areas a name may mean: an authority (two are called Dorset), a region, England.

    Raises:
        CouncilsError: no area is called so; the nearest names are in the sentence.
    """
    query = f"""
        SELECT la_code FROM authorities WHERE la_code = {quoted(name)} OR name_key(la_name) = name_key({quoted(name)})
        UNION
        SELECT la_code FROM authority_names WHERE name_key = name_key({quoted(name)})
        UNION
        SELECT la_code FROM area_statistics WHERE geographic_level <> 'Local authority'
            AND (la_code = {quoted(name)} OR name_key(la_name) = name_key({quoted(name)}))
        ORDER BY 1
    """
    codes = [str(r[0]) for r in con.execute(query).fetchall()]
    if not codes:
        names = con.execute(
            "SELECT la_name FROM authorities UNION SELECT DISTINCT la_name FROM area_statistics "
            "WHERE geographic_level <> 'Local authority' ORDER BY 1"
        ).fetchall()
        raise CouncilsError(f"No area is called '{name}'.{did_you_mean(name, [str(n[0]) for n in names])}")
    return codes
