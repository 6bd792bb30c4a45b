"""Write the published charts: SVG, PNG, Vega-Lite, CSV and alt text, all from the same rows."""

import csv
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.charts import too_few
from pipelines.charts.changes import Change, append_changes, find_changes
from pipelines.charts.parameters import check_date, chosen_parameters, find_council, find_measure
from pipelines.charts.registry import ChartSpec, find_charts
from pipelines.charts.rows import Row, Rows, read_rows
from pipelines.charts.sources_line import source_line
from pipelines.charts.too_few import TooFewValuesError
from pipelines.charts.words import Words, day, listed
from pipelines.errors import CouncilsError
from pipelines.iri_grammar import leave_out
from pipelines.progress import progress

if TYPE_CHECKING:
    import altair as alt
    import duckdb


@dataclass(frozen=True, slots=True)
class Published:
    """One chart as written: its words, how many rows it plots, its files, and the numbers that changed in it.

    `is_drawn` is false where the values were too few: the words then begin with the sentence in the chart's place.
    """

    id: str
    question: str
    words: Words
    rows: int
    files: tuple[Path, ...]
    changes: tuple[Change, ...] = ()
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chart before it is drawn: its entry in the registry, its rows and its words.

    Where `is_drawn` is false its rows have too few values, and a sentence stands in the chart's place.
    """

    spec: ChartSpec
    rows: list[Row]
    words: Words
    is_drawn: bool = True

    def draw(self, width: int) -> "alt.VConcatChart":
        """The framed chart, `width` pixels wide."""
        from pipelines.charts.theme import frame

        if not self.is_drawn:
            return frame(too_few.draw(width), self.words, width)
        return frame(self.spec.load_family().draw(self.rows, width), self.words, width)


def prepare(
    connection: "duckdb.DuckDBPyConnection",
    chart_id: str,
    council: str | None = None,
    as_at: date | None = None,
    measure: str | None = None,
) -> Prepared:
    """Read one chart's rows and compute its words; where they are too few to draw, a sentence in their place.

    `council` is a name or a code, for charts that show or mark one council; `as_at` the date it is drawn for;
    `measure` what a chart of one measure shows.

    Raises:
        CouncilsError: no such chart, council or measure, or a date outside the data.
    """
    [spec] = find_charts([chart_id])
    code = None if council is None else find_council(connection, council)
    if as_at is not None:
        check_date(connection, as_at)
    if measure is not None:
        find_measure(connection, measure)
    rows = read_rows(connection, spec.sql, chosen_parameters(connection, spec, code, as_at, measure))
    if not rows:
        return Prepared(
            spec, rows, too_few.tell(spec.question, _no_rows(spec, council, as_at, measure)), False
        )
    try:
        words = spec.load_family().tell(rows)
    except TooFewValuesError as error:
        words = too_few.tell(spec.question, str(error))
        named = [row for row in rows if row.get("sources")]
        return Prepared(
            spec, rows, words.with_source(source_line(connection, named)) if named else words, False
        )
    return Prepared(spec, rows, words.with_source(source_line(connection, rows)))


def _no_rows(spec: ChartSpec, council: str | None, as_at: date | None, measure: str | None) -> str:
    chosen = [text for text in (council, as_at and day(as_at), measure) if text]
    return f"The database has no rows of '{spec.id}' for {listed(chosen) or 'this chart'}. Choose something else."


def draw_chart(
    connection: "duckdb.DuckDBPyConnection",
    chart_id: str,
    council: str | None = None,
    as_at: date | None = None,
    width: int | None = None,
    measure: str | None = None,
) -> "alt.VConcatChart":
    """One published chart as an Altair chart, for a notebook."""
    from pipelines.charts.theme import WIDE

    return prepare(connection, chart_id, council, as_at, measure).draw(width or WIDE)


def publish(
    connection: "duckdb.DuckDBPyConnection",
    folder: Path,
    chart_ids: Sequence[str] | None = None,
    council: str | None = None,
    as_at: date | None = None,
    report: Callable[[str], None] | None = None,
) -> list[Published]:
    """Write `<id>.svg`, `.png`, `.vl.json`, `.csv`, `.txt` and `.narrow.svg` of each chart into `folder`.

    Same rows, same bytes. `.narrow.svg` is the chart laid out anew for a telephone's width. A number that changes in
    a chart that stands there is told to `report` (the error stream unless given) before it is overwritten, and kept in
    `CHANGES.md`; a chart for a chosen council or date is another chart, so it is not compared.

    Raises:
        CouncilsError: an unknown chart or council, a date outside the data, a folder that can't be written.
    """
    specs = find_charts(chart_ids)
    leave_out()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _publish_one(
                prepare(connection, spec.id, council, as_at),
                folder,
                None if council or as_at else report or _to_error_stream,
            )
            for spec in progress(specs, "charts")
        ]
    except OSError as error:
        raise CouncilsError(
            f"The charts can't be written into {folder}: {error.strerror}. Choose a folder you may write to."
        ) from error


def _to_error_stream(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _told_changes(
    prepared: Prepared, folder: Path, report: Callable[[str], None] | None
) -> tuple[Change, ...]:
    """The numbers that will change in the chart's CSV, each told and written down before it does."""
    path = folder / f"{prepared.spec.id}.csv"
    if report is None or not path.exists():
        return ()
    before = path.read_text(encoding="utf-8")
    changes = find_changes(prepared.spec, before, _csv(prepared))
    for change in changes:
        report(change.sentence)
    append_changes(folder, changes)
    return tuple(changes)


def _publish_one(prepared: Prepared, folder: Path, report: Callable[[str], None] | None) -> Published:
    from pipelines.charts.svg import to_png, to_svg, vega_lite
    from pipelines.charts.theme import NARROW, WIDE

    specification = vega_lite(prepared.draw(WIDE))
    alt = prepared.words.alt
    svg = to_svg(specification, alt)
    contents = {
        ".svg": svg.encode(),
        ".png": to_png(svg),
        ".vl.json": specification.encode(),
        ".csv": _csv(prepared).encode(),
        ".txt": f"{alt}\n".encode(),
        ".narrow.svg": to_svg(vega_lite(prepared.draw(NARROW)), alt).encode(),
    }
    changes = _told_changes(prepared, folder, report)
    files = []
    for suffix, content in contents.items():
        path = folder / f"{prepared.spec.id}{suffix}"
        _replace(path, content)
        files.append(path)
    spec = prepared.spec
    return Published(
        spec.id, spec.question, prepared.words, len(prepared.rows), tuple(files), changes, prepared.is_drawn
    )


def _csv(prepared: Prepared) -> str:
    """The plotted rows; without any, the names of the columns that tell and count them."""
    spec = prepared.spec
    return to_csv(prepared.rows) if prepared.rows else f"{','.join((*spec.key, *spec.figures))}\n"


def to_csv(rows: Rows) -> str:
    """The plotted rows as CSV; an absent value is an empty cell, beside it its status."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return round(value, 6) if isinstance(value, float) else value


def _replace(path: Path, content: bytes) -> None:
    """Write beside, then rename: a reader never meets half a file."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
