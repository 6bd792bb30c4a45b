"""Writing a result: to the terminal, into a pipe, or into a file in the form its name asks for."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.query import formats
from pipelines.query.nearest import did_you_mean

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from pipelines.query.engine import Result
    from pipelines.query.statement import Statement

FORMATS = ("table", "csv", "json", "markdown", "parquet", "xlsx", "chart")
SUFFIXES = {
    ".txt": "table", ".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet", ".xlsx": "xlsx",
    ".svg": "chart", ".png": "chart", ".html": "chart",
}  # fmt: skip
TEXTS = ("table", "csv", "json", "markdown")


def choose_format(asked: str | None, output: Path | None) -> str:
    """The form asked for; else the one of the file's name; else a table on a terminal and csv into a pipe.

    Raises:
        CouncilsError: the file's name says nothing, or the form needs a file and none is named.
    """
    if asked is None and output is not None:
        if output.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise CouncilsError(f"{output}: its name does not say the format ({known}). Add --format.")
        _check_output(SUFFIXES[output.suffix.lower()], output)
        return SUFFIXES[output.suffix.lower()]
    if asked is None:
        return "table" if sys.stdout.isatty() else "csv"
    if asked not in FORMATS:
        raise CouncilsError(
            f"There is no format '{asked}'.{did_you_mean(asked, FORMATS)} Known: {', '.join(FORMATS)}."
        )
    if asked == "chart" and (
        output is None or output.suffix.lower() not in (".svg", ".png", ".html", ".json")
    ):
        raise CouncilsError("A chart needs a file: --output NAME.svg (or .png, .html, .json).")
    if asked == "xlsx" and output is None:
        raise CouncilsError("A workbook needs a file: --output NAME.xlsx.")
    if asked == "parquet" and output is None and sys.stdout.isatty():
        raise CouncilsError(
            "Parquet is no text for a terminal: --output NAME.parquet, or send it into a pipe."
        )
    if output is not None:
        _check_output(asked, output)
    return asked


def _check_output(form: str, output: Path) -> None:
    """A file whose name says another thing than it would hold is a trap for its reader, or not meant to be replaced.

    So neither the database (`--output councils.duckdb --format csv`) nor a device takes harm.
    """
    if output.exists() and not output.is_file():
        raise CouncilsError(f"{output}: this is no file; name a file for the rows.")
    said = SUFFIXES.get(output.suffix.lower())
    if said is None and output.exists():
        raise CouncilsError(
            f"{output}: this is there already, and by its name nothing that is written here. Name another file."
        )
    fits = said in (None, form) or (said == "table" and form in TEXTS) or (said == "json" and form == "chart")
    if not fits:
        raise CouncilsError(
            f"{output}: its name says {said} and --format says {form}. Leave --format out, or name the file for it."
        )


def write(
    con: "duckdb.DuckDBPyConnection",
    statement: "Statement",
    result: "Result",
    form: str,
    output: Path | None,
    *,
    spreadsheet: bool = False,
    parameters: Mapping[str, str] | None = None,
) -> None:
    """Write the rows; a file takes its place only when it is whole.

    Raises:
        CouncilsError: the file cannot be written.
    """
    if output is None:
        to_stdout(result, form, spreadsheet=spreadsheet)
        return
    new = output.with_name(f".{output.stem}.new{output.suffix}")
    try:
        if form in TEXTS:
            # A spreadsheet takes a CSV file for the machine's own encoding unless it begins with a mark.
            encoding = "utf-8-sig" if spreadsheet else "utf-8"
            new.write_text(as_text(result, form, spreadsheet=spreadsheet), encoding=encoding, newline="")
        elif form == "parquet":
            _write_parquet(result, str(new))
        elif form == "xlsx":
            from pipelines.query.notes import notes
            from pipelines.query.spreadsheet import write_workbook

            rows = [list(result.columns), *map(list, result.rows)]
            write_workbook(new, {"rows": rows, "notes": notes(con, statement, result, parameters or {})})
        else:
            from pipelines.query.chart import write_chart

            write_chart(con, result, new)
        new.replace(output)
    except OSError as error:
        raise CouncilsError(f"{output}: the file cannot be written ({error.strerror or error}).") from error
    finally:
        new.unlink(missing_ok=True)


def as_text(result: "Result", form: str, *, spreadsheet: bool = False, width: int | None = None) -> str:
    """The rows in one of the text forms."""
    if form == "csv":
        return formats.as_csv(result, spreadsheet=spreadsheet)
    if form == "json":
        return formats.as_json(result) + "\n"
    if form == "markdown":
        return formats.as_markdown(result) + "\n"
    return formats.as_table(result, width) + "\n"


def to_stdout(result: "Result", form: str, *, spreadsheet: bool = False) -> None:
    """Write the rows to stdout; parquet as bytes."""
    if form == "parquet":
        _write_parquet(result, sys.stdout.buffer)
        return
    width = None
    if form == "table" and sys.stdout.isatty():
        # A terminal that does not know its width (in a script, in some editors) says 0.
        width = os.get_terminal_size(sys.stdout.fileno()).columns or 80
    text = as_text(result, form, spreadsheet=spreadsheet, width=width)
    # The rows go out in UTF-8 whatever the terminal's locale says, since they hold names of places and symbols.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _write_parquet(result: "Result", target: object) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = formats.unique_names(result.columns)
    columns = list(zip(*result.rows, strict=True)) or [() for _ in names]
    arrays = [_arrow(list(c), k) for c, k in zip(columns, result.types, strict=True)]
    pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), target, compression="zstd")


def _arrow(values: list[object], kind: str) -> "pa.Array":
    """A column; what Parquet has no type for (a number of 39 digits, a uuid) is kept as its text."""
    import pyarrow as pa

    try:
        return pa.array(values, type=_arrow_type(kind))
    except (OverflowError, pa.ArrowException):
        return pa.array([None if v is None else formats.as_text(v) for v in values], type=pa.string())


def _arrow_type(kind: str) -> object:
    """The Arrow type of a DuckDB type where the values alone would leave it open (a column of nothing but NULL)."""
    import pyarrow as pa

    known = {
        "VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(), "DATE": pa.date32(),
    }  # fmt: skip
    return pa.string() if kind.startswith("ENUM") else known.get(kind)
