"""A workbook (.xlsx) written with the standard library: a sheet of rows and a sheet of notes.

Texts are stored as texts, and marked so that a text beginning with =, +, - or @ stays a text when someone edits the
cell. The same rows give the same bytes.
"""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipelines.errors import CouncilsError
from pipelines.query.formats import FORMULA_STARTS, as_text

MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 1_048_576, 16_384, 32_767
_PLAIN, _BOLD, _DATE, _TIME, _QUOTED, _WRAPPED = range(6)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = date(1899, 12, 30)


def write_workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """Write sheets by name, each a list of rows of which the first is its header.

    Raises:
        CouncilsError: more rows or columns than a workbook holds.
    """
    for name, rows in sheets.items():
        if len(rows) > MAX_ROWS or any(len(r) > MAX_COLUMNS for r in rows[:1]):
            raise CouncilsError(
                f"{path}: the sheet '{name}' would have {len(rows):,} rows; a workbook holds {MAX_ROWS:,}. "
                "Use --format csv or parquet, or --limit."
            )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(sheets):
            package.writestr(_entry(name), text)


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed time: the same rows give the same file.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(sheets: dict[str, list[list[Any]]]) -> list[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name={quoteattr(name[:31])} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    styles = f'<Relationship Id="rId{len(sheets) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    return [
        (
            "[Content_Types].xml",
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
            f"{overrides}</Types>",
        ),
        (
            "_rels/.rels",
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}{styles}</Relationships>',
        ),
        ("xl/styles.xml", _styles()),
        *[
            (f"xl/worksheets/sheet{n}.xml", _sheet(rows, is_notes=n > 1))
            for n, rows in zip(numbers, sheets.values(), strict=True)
        ],
    ]


def _styles() -> str:
    cell = '<xf numFmtId="{}" fontId="{}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"{}>{}</xf>'
    wrap = '<alignment vertical="top" wrapText="1"/>'
    formats = [(0, 0, "", ""), (0, 1, "", ""), (14, 0, "", ""), (22, 0, "", ""), (49, 0, ' quotePrefix="1"', ""),
               (0, 0, ' applyAlignment="1"', wrap)]  # fmt: skip
    xfs = "".join(cell.format(*f) for f in formats)
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/>'
        '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
        '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
        '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
        f'borderId="0"/></cellStyleXfs><cellXfs count="{len(formats)}">{xfs}</cellXfs></styleSheet>'
    )


def _sheet(rows: list[list[Any]], *, is_notes: bool) -> str:
    pane = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
    )
    columns = _widths(rows, is_notes=is_notes)
    lines = [
        f'<row r="{r}">' + "".join(_cell(v, r, c, is_notes=is_notes) for c, v in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1)
    ]
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}">{pane}{columns}<sheetData>{"".join(lines)}</sheetData></worksheet>'
    )


def _widths(rows: list[list[Any]], *, is_notes: bool) -> str:
    if not rows:
        return ""
    count = max(len(r) for r in rows)
    longest = [
        max((len(as_text(r[i])) for r in rows[:200] if i < len(r) and r[i] is not None), default=8)
        for i in range(count)
    ]
    widths = [min(max(w + 2, 8), 90 if is_notes else 50) for w in longest]
    listed = "".join(
        f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(widths, 1)
    )
    return f"<cols>{listed}</cols>"


def _cell(value: Any, row: int, column: int, *, is_notes: bool) -> str:
    if value is None:
        return ""
    place = f'r="{_letters(column)}{row}"'
    if isinstance(value, bool):
        return f'<c {place} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal) and _is_exact(value):
        return (
            f"<c {place}><v>{value!r}</v></c>"
            if not isinstance(value, Decimal)
            else f"<c {place}><v>{value}</v></c>"
        )
    if isinstance(value, datetime):
        days = (value.date() - _EPOCH).days + (value.hour * 3600 + value.minute * 60 + value.second) / 86400
        return f'<c {place} s="{_TIME}"><v>{days}</v></c>'
    if isinstance(value, date) and value >= date(1900, 3, 1):
        return f'<c {place} s="{_DATE}"><v>{(value - _EPOCH).days}</v></c>'
    text = _clean(as_text(value))[:MAX_TEXT]
    style = (
        _BOLD
        if row == 1
        else _QUOTED
        if text.startswith(FORMULA_STARTS)
        else _WRAPPED
        if is_notes
        else _PLAIN
    )
    return f'<c {place} s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _is_exact(value: float | Decimal) -> bool:
    """A workbook's numbers are doubles: a longer whole number is kept as text."""
    return isfinite(value) and (not isinstance(value, int) or abs(value) < 2**53)


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and c not in "\ufffe\uffff"))


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
