"""A quick picture of a result: a line over years or dates, a bar for each name, a dot for each pair of numbers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.query.formats import as_text, unique_names

if TYPE_CHECKING:
    import duckdb

    from pipelines.query.engine import Result

SERIES = 12
BARS = 60
_TIMES = ("time_period", "year", "as_at", "published", "inspection_start")
_NUMBERS = ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT", "DECIMAL", "SMALLINT", "TINYINT", "UBIGINT")


def write_chart(con: "duckdb.DuckDBPyConnection", result: "Result", path: Path) -> None:
    """Draw the rows into an SVG, PNG, HTML or Vega-Lite JSON file.

    Raises:
        CouncilsError: the columns hold nothing that can be drawn.
    """
    import altair as alt

    from pipelines.charts.theme import FONT

    with alt.data_transformers.enable("default", max_rows=None):
        chart = _chart(result, _grades(con)).configure(font=FONT).configure_view(stroke=None)
        if path.suffix == ".html":
            chart.save(str(path), inline=True)
        else:
            chart.save(str(path), **({"scale_factor": 2} if path.suffix == ".png" else {}))


def _grades(con: "duckdb.DuckDBPyConnection") -> list[str]:
    from pipelines.query.vocabulary import grade_scale

    return grade_scale(con)


def _chart(result: "Result", scale: list[str]) -> Any:
    import altair as alt

    names = unique_names(result.columns)
    kinds = dict(zip(names, result.types, strict=True))
    time = next((n for n in _TIMES if n in kinds), None) or next(
        (n for n in names if kinds[n] == "DATE"), None
    )
    numbers = [n for n in names if kinds[n].startswith(_NUMBERS) and n != time]
    words = [n for n in names if kinds[n].startswith(("VARCHAR", "ENUM", "BOOLEAN"))]
    if not result.rows or not numbers:
        raise CouncilsError(
            "There is nothing to draw: a chart needs rows with a column of numbers, beside a year, a date or names."
        )
    records = [
        {
            n: v if isinstance(v, int | float | str) or v is None else as_text(v)
            for n, v in zip(names, row, strict=True)
        }
        for row in result.rows
    ]
    base = alt.Chart(alt.InlineData(values=records)).properties(width=640, height=360)
    tooltip = [alt.Tooltip(field=n, type="quantitative" if n in numbers else "nominal") for n in names[:8]]
    y = alt.Y(field=numbers[0], type="quantitative", title=numbers[0])
    if time:
        return _lines(base, records, time, kinds[time], y, words, tooltip)
    if words:
        name = next((w for w in words if w in ("la_name", "region")), words[0])
        if len(records) > BARS:
            raise CouncilsError(f"{len(records)} bars are too many to read ({BARS}): add a LIMIT, or group.")
        height = alt.Step(18)
        sort: Any = list(reversed(scale)) if kinds[name].startswith("ENUM") else None
        return (
            base.mark_bar()
            .encode(
                x=alt.X(field=numbers[0], type="quantitative", scale=alt.Scale(zero=True)),
                y=alt.Y(field=name, type="nominal", sort=sort),
                tooltip=tooltip,
            )
            .properties(height=height)
        )
    if len(numbers) > 1:
        x = alt.X(field=numbers[0], type="quantitative", scale=alt.Scale(zero=False))
        y = alt.Y(field=numbers[1], type="quantitative", scale=alt.Scale(zero=False))
        return base.mark_point(filled=True).encode(x=x, y=y, tooltip=tooltip)
    return base.mark_bar().encode(x=alt.X(field=numbers[0], type="quantitative", bin=True), y="count()")


def _lines(
    base: Any, records: list[dict[str, Any]], time: str, kind: str, y: Any, words: list[str], tooltip: Any
) -> Any:
    import altair as alt

    series = next((w for w in words if len({r[w] for r in records}) > 1), None)
    if series and len({r[series] for r in records}) > SERIES:
        raise CouncilsError(
            f"{len({r[series] for r in records})} lines ({series}) are too many to tell apart ({SERIES}): "
            "choose some with WHERE, or aggregate."
        )
    x = (
        alt.X(field=time, type="temporal")
        if kind == "DATE"
        else alt.X(
            field=time,
            type="quantitative",
            axis=alt.Axis(format="d", tickMinStep=1),
            scale=alt.Scale(zero=False),
        )
    )
    marks = base.mark_line(point=True)
    if series is None:
        return marks.encode(x=x, y=y, tooltip=tooltip)
    return marks.encode(
        x=x, y=y, tooltip=tooltip, color=alt.Color(field=series, type="nominal"),
        strokeDash=alt.StrokeDash(field=series, type="nominal"),
    )  # fmt: skip
