"""What a notebook begins with: the database opened read-only, SQL cells, and the published charts by name.

A notebook's first cell is `from pipelines.open import chart, connection`. In Jupyter that line also

- makes `%%sql` cells (`pipelines/query/magic.py`): `%%sql held` shows the rows and keeps them as the frame `held`;
  `$council` in the SQL is the notebook's variable `council`;
- shows frames as plain tables, absent values as a dash, never as zero;
- shows a `CouncilsError` as its sentence alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.iri_grammar import leave_out
from pipelines.own_database import attach_own

if TYPE_CHECKING:
    import altair as alt
    import duckdb
    import pandas as pd

    from pipelines.charts.rows import Row
    from pipelines.charts.theme import AnyChart
    from pipelines.charts.words import Words

ROWS_SHOWN = 40


def open_database(database: Path | None = None) -> "duckdb.DuckDBPyConnection":
    """A read-only connection to the curated database.

    Raises:
        CouncilsError: there is none, or it cannot be read.
    """
    import duckdb

    path = database or paths.database()
    if not path.exists():
        raise CouncilsError(f"{path}: there is no database yet. Run `councils build`, then this again.")
    try:
        # No configuration of our own: a reader may open the same file the plain way in the same process, and DuckDB
        # refuses two configurations of one file.
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.IOException as error:
        raise CouncilsError(
            f"{path}: the database cannot be opened ({str(error).splitlines()[0]}). "
            "Close what is writing it, or run `councils build --force`."
        ) from error
    con.execute("SET autoinstall_known_extensions = false")
    # In a notebook DuckDB shows a query of some seconds as a widget: another one each time, and empty without a kernel.
    con.execute("SET enable_progress_bar = false")
    return con


@cache
def connection() -> "duckdb.DuckDBPyConnection":
    """The notebook's one connection, read-only; the analyst's own reports stand beside the shipped facts as `own`."""
    con = open_database()
    attach_own(con)
    return con


def sql(query: str, **parameters: Any) -> "pd.DataFrame":
    """The rows of a query as a frame; `$name` in the query is the keyword argument `name`."""
    return connection().execute(query, parameters).df()


@dataclass(frozen=True, slots=True, repr=False)
class Drawn:
    """One chart in a notebook: the drawing, its words (title, notes, source, alt text), and the rows it plots."""

    chart: "alt.VConcatChart"
    words: "Words"
    rows: "list[Row]"

    def __repr__(self) -> str:
        return self.words.alt

    @property
    def frame(self) -> "pd.DataFrame":
        """The plotted rows, for the table beside the chart."""
        import pandas as pd

        return pd.DataFrame(self.rows)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """SVG for pages, PNG where a viewer does not trust SVG, and the alt text for everyone else."""
        import base64

        from pipelines.charts.svg import to_png, to_svg, vega_lite

        svg = to_svg(vega_lite(self.chart), self.words.alt)
        png = base64.b64encode(to_png(svg, scale=1)).decode("ascii")
        return {"image/svg+xml": svg, "image/png": png, "text/plain": self.words.alt}


def chart(
    chart_id: str,
    *,
    council: str | None = None,
    as_at: str | date | None = None,
    measure: str | None = None,
    width: int = 880,
) -> Drawn:
    """Draw a published chart, about another council (name or code), date or measure if asked.

    Where the council or measure has too few values for the chart, a sentence stands in its place.

    Raises:
        CouncilsError: no such chart, council, date or measure; the nearest ones are named.
    """
    from pipelines.charts.publish import prepare

    day = _day(as_at) if isinstance(as_at, str) else as_at
    prepared = prepare(connection(), chart_id, council, day, measure)
    return Drawn(prepared.draw(width), prepared.words, prepared.rows)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CouncilsError(
            f"'{text}' is not a date. Write it as year-month-day, like 2025-03-31."
        ) from error


def picture(
    plot: "AnyChart", *, title: str, subtitle: str, alt: str, sources: Sequence[str] = (), width: int = 880
) -> Drawn:
    """A chart of the notebook's own in the house's frame: a finding, what is plotted, the words for who cannot see it.

    `sources` are the publications (`sources.source_id`) that the plotted rows come from.
    """
    from pipelines.charts.theme import frame
    from pipelines.charts.words import Words

    words = Words(title, subtitle, alt, source=_cited(sources))
    return Drawn(frame(plot, words, width), words, [])


def _cited(sources: Sequence[str]) -> str:
    """The source line of some publications, in the order given.

    Raises:
        CouncilsError: a publication that the database does not know.
    """
    if not sources:
        return ""
    rows = connection().execute("SELECT source_id, publisher, title, licence FROM sources").fetchall()
    known = {row[0]: row[1:] for row in rows}
    lost = [source for source in sources if source not in known]
    if lost:
        raise CouncilsError(f"There is no source '{lost[0]}'. See the table sources.")
    cited = [f"{known[source][0]}, {known[source][1]}" for source in sources]
    licences = dict.fromkeys(known[source][2] for source in sources)
    return f"{'Sources' if len(cited) > 1 else 'Source'}: {'; '.join(cited)}. {', '.join(licences)}."


@dataclass(frozen=True, slots=True, repr=False)
class Strip:
    """One council's history strip in a notebook: the drawing and its alternative text."""

    svg: str
    alt: str

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        import base64

        from pipelines.charts.svg import to_png

        png = base64.b64encode(to_png(self.svg, scale=1)).decode("ascii")
        return {"image/svg+xml": self.svg, "image/png": png, "text/plain": self.alt}


def history(council: str) -> Strip:
    """The overall grades of one council under the frameworks since 2013 along the years, each until the next report.

    Raises:
        CouncilsError: no such council; the nearest names are offered.
    """
    from pipelines.site.histories import read_histories
    from pipelines.site.strip import history_svg, in_words

    told = read_histories(connection(), [council_code(council)])[0]
    return Strip(
        history_svg(told.la_name, told.held, told.first_year, told.last), in_words(told.la_name, told.held)
    )


def council_code(wanted: str) -> str:
    """The 3-digit code of a council given by name or code.

    Raises:
        CouncilsError: no such council; the nearest names are offered.
    """
    from pipelines.charts.parameters import find_council

    return find_council(connection(), wanted)


def known_measure(wanted: str) -> str:
    """The measure's name, if the database has it.

    Raises:
        CouncilsError: no such measure; the nearest one is named.
    """
    from pipelines.charts.parameters import find_measure

    return find_measure(connection(), wanted)


def _in_jupyter() -> Any:
    """The shell of the running notebook, or nothing outside of one."""
    import sys

    # IPython is not imported for this: where it is not loaded already there is no notebook.
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def _prepare(shell: Any) -> None:
    import pandas as pd

    from pipelines.query.magic import load_ipython_extension

    def as_table(frame: "pd.DataFrame") -> str:
        if frame.empty:
            return "<p>No rows.</p>"
        plain = isinstance(frame.index, pd.RangeIndex)
        return frame.to_html(index=not plain, na_rep="–", border=0, max_rows=ROWS_SHOWN, float_format=_float)

    def as_sentence(
        shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: Any = None
    ) -> list[str]:
        sentence = [str(error)]
        shell._showtraceback(kind, error, sentence)
        return sentence

    load_ipython_extension(shell)
    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, as_table)
    shell.set_custom_exc((CouncilsError,), as_sentence)


def _float(value: float) -> str:
    """A number in a table: a correlation or share below one keeps three digits that count, a large one a decimal."""
    if abs(value) < 1:
        return f"{value + 0.0:.3g}"
    if abs(value) < 10:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:,.1f}".removesuffix(".0")


_shell = _in_jupyter()
if _shell is not None:
    leave_out()
    _prepare(_shell)
