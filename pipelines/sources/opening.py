"""Opening a publisher's file: the checks every file goes through before a word of it is read."""

import csv
import hashlib
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import duckdb
    from python_calamine import CalamineWorkbook

_HTML_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b'<?xml version="1.0" encoding="utf-8"?><!doctype html',
)
_ZIP_START = b"PK\x03\x04"


def sha256_of(path: Path) -> str:
    """The file's sha256, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def check_bytes(path: Path, kind: str) -> bytes:
    """The file's bytes, when they can be of the kind expected (`CSV`, `ODS`, `XLSX`).

    Raises:
        CouncilsError: the file is missing, empty, a web page, or (ODS, XLSX) cut short.
    """
    if not path.exists():
        raise CouncilsError(
            f"{path.name}: the file is missing from {path.parent}. Put it there and run again."
        )
    content = path.read_bytes()
    if not content.strip():
        raise CouncilsError(f"{path.name}: the file is empty. Download it again from its publisher.")
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_HTML_STARTS):
        raise CouncilsError(
            f"{path.name}: this is a web page, not the {kind} file it is named as "
            "(a download that met an error page). Download it again from its publisher."
        )
    if kind in {"ODS", "XLSX"}:
        _check_zip(path, content, kind)
    return content


def _check_zip(path: Path, content: bytes, kind: str) -> None:
    if not content.startswith(_ZIP_START):
        raise CouncilsError(
            f"{path.name}: this is not an {kind} file (it does not start as one). Download it again."
        )
    # A zip archive ends with its table of contents; without it the download was cut short.
    if b"PK\x05\x06" not in content[-66000:]:
        raise CouncilsError(
            f"{path.name}: the {kind} file is cut short ({len(content):,} bytes, its end is missing). Download it again."
        )


def open_workbook(path: Path) -> "CalamineWorkbook":
    """An ODS or XLSX file, opened.

    Raises:
        CouncilsError: the file cannot be opened.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    kind = path.suffix[1:].upper()
    content = check_bytes(path, kind)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise CouncilsError(
            f"{path.name}: the {kind} file cannot be opened ({error}). Download it again."
        ) from error


def read_sheets(
    path: Path, workbook: "CalamineWorkbook", sheets: Sequence[str]
) -> Iterator[tuple[str, list[list[Any]]]]:
    """The cells of the sheets named, row by row from each sheet's first row.

    Raises:
        CouncilsError: the workbook has no such sheet.
    """
    for sheet in sheets:
        if sheet not in workbook.sheet_names:
            near = get_close_matches(sheet, workbook.sheet_names, n=1, cutoff=0.3)
            hint = f" The nearest is '{near[0]}'." if near else ""
            raise CouncilsError(
                f"{path.name}: there is no sheet '{sheet}'.{hint} Say the new name in sources.yml."
            )
        yield sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def read_sheet(path: Path, sheet: str) -> list[list[Any]]:
    """The cells of one sheet of an ODS or XLSX file, row by row from the sheet's first row.

    Raises:
        CouncilsError: the file cannot be opened, or has no such sheet.
    """
    return next(read_sheets(path, open_workbook(path), [sheet]))[1]


def printed_text(cell: Any) -> str:
    """A workbook's cell as text: a whole number without its decimal point, any other at its shortest."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def decode(path: Path, content: bytes, encoding: str) -> str:
    """The file's text without a byte-order mark.

    Raises:
        CouncilsError: the bytes are not text in the encoding that sources.yml declares.
    """
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CouncilsError(
            f"{path.name}, line {line}: byte {content[error.start]:#04x} is not {encoding} text. "
            "Declare the file's encoding in sources.yml (publishers' older files are cp1252)."
        ) from error


def header_of(path: Path, text: str) -> list[str]:
    """The first line's cells, as printed.

    Raises:
        CouncilsError: there is no row under the header.
    """
    lines = csv.reader(io.StringIO(text))
    header = next(lines)
    if next(lines, None) is None:
        raise CouncilsError(f"{path.name}: there is a header and no row under it. Download it again.")
    return header


def load_delimited(
    con: "duckdb.DuckDBPyConnection", path: Path, view: str, encoding: str = "utf-8"
) -> list[str]:
    """Make a CSV file a table of text: columns `c0`, `c1`, … and `row` (line in the file), every cell as printed.

    Returns the header as printed. Columns go by place, so a header printed twice stays two columns.

    Raises:
        CouncilsError: see `check_bytes`, `decode`; or a row is shorter or longer than the header.
    """
    import duckdb

    content = check_bytes(path, "CSV")
    text = decode(path, content, encoding)
    header = header_of(path, text)
    columns = {f"c{i}": "VARCHAR" for i in range(len(header))}
    cells = ", ".join(f"coalesce({c}, '') AS {c}" for c in columns)
    with tempfile.TemporaryDirectory() as folder:
        readable = path
        if encoding != "utf-8":  # DuckDB reads UTF-8 only
            readable = Path(folder) / "utf-8.csv"
            readable.write_text(text, encoding="utf-8", newline="")
        try:
            con.read_csv(
                str(readable), header=False, skiprows=1, columns=columns, sep=",", quotechar='"', escapechar='"',
                auto_detect=False, parallel=False, null_padding=False,
            ).create_view("lines", replace=True)  # fmt: skip
            con.execute(
                f'CREATE OR REPLACE TEMP TABLE "{view}" AS SELECT row_number() OVER () + 1 AS row, {cells} FROM lines'
            )
        except duckdb.Error as error:
            raise CouncilsError(
                f"{path.name}: {_why_not_read(str(error), len(header))} Download it again."
            ) from error
    return header


def _why_not_read(message: str, width: int) -> str:
    found = re.search(r"Line: (\d+)", message)
    place = f"line {int(found[1])}: " if found else ""
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if counts:
        return f"{place}the row has {counts[2]} cells where the header has {width} (the file is cut short or damaged)."
    return f"{place}the file is damaged ({message.splitlines()[0]})."


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word nearest to one not known, as the end of a sentence; empty if none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.4)
    return f" The nearest known one is '{near[0]}'." if near else ""
