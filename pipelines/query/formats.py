"""A result as text: table, csv, json, markdown. Missing is shown as missing, never as nothing or as zero."""

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.query.engine import Result

NULL = "NULL"
# What a spreadsheet takes for a formula when it opens a CSV file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_table(result: "Result", width: int | None = None) -> str:
    """Aligned columns under their names; `width`: cut long texts so that the table fits a terminal."""
    cells = [[_shown(v) for v in row] for row in result.rows]
    if len(result.columns) == 2 and result.columns == ("explain_key", "explain_value"):
        return "\n".join(str(row[1]) for row in result.rows)
    names = [printable(name) for name in result.columns]
    widths = [max([len(name), *(len(r[i]) for r in cells)]) for i, name in enumerate(names)]
    if width is not None:
        widths = _fitted(widths, width)
    right = [_is_number(kind) for kind in result.types]
    lines = [_line(names, widths, [False] * len(widths)), "  ".join("─" * w for w in widths)]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def _fitted(widths: list[int], width: int) -> list[int]:
    """Widths that fit: the widest columns share the room, so that no column is cut to a stub beside a broad one."""
    fitted = list(widths)
    room = width - 2 * (len(fitted) - 1)
    while sum(fitted) > room and max(fitted, default=0) > 8:
        widest = max(fitted)
        wide = [i for i, w in enumerate(fitted) if w == widest]
        next_widest = max([w for w in fitted if w < widest], default=8)
        # Down to the next widest, or as far as is needed.
        too_much = -(-(sum(fitted) - room) // len(wide))
        for i in wide:
            fitted[i] = max(8, next_widest, widest - too_much)
    return fitted


def _line(row: Any, widths: list[int], right: list[bool]) -> str:
    cells = [c if len(c) <= w else c[: w - 1] + "…" for c, w in zip(row, widths, strict=True)]
    return "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))


def _is_number(kind: str) -> bool:
    return kind.startswith(
        ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT", "DECIMAL", "NUMBER", "U", "SMALL", "TINY")
    ) and not (kind.startswith("UUID") or kind.startswith("UNION"))


def _shown(value: Any) -> str:
    """A cell of a table: control characters are named, so that no cell can drive the terminal."""
    if value is None:
        return NULL
    if isinstance(value, float) and not value.is_integer() and abs(value) < 1e15:
        # For reading: 14.149999999999999, a median of printed figures, is 14.15. The other forms are exact.
        return f"{value:.15g}"
    return printable(as_text(value))


def printable(text: str) -> str:
    """The text with control characters named, so that it cannot drive the terminal it is printed on."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _named(c) for c in text)


def _named(character: str) -> str:
    return {"\n": "⏎", "\t": "⇥", "\r": "⏎"}.get(character, "�")


def as_text(value: Any) -> str:
    """A value as text: numbers as they are (no exponent for whole ones), dates as 2025-03-31."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list | dict | tuple):
        return json.dumps(_json_value(value), ensure_ascii=False)
    return value.hex() if isinstance(value, bytes) else str(value)


def as_csv(result: "Result", *, spreadsheet: bool = False) -> str:
    """RFC 4180 with a header; a missing value is nothing, an empty text is \"\".

    `spreadsheet`: a text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows: list[list[str | None]] = [list(result.columns)]
    rows += [[None if v is None else as_text(v) for v in row] for row in result.rows]
    if spreadsheet:
        # Numbers keep their minus: only what is text in the database can be taken for a formula.
        texts = [not _is_number(kind) for kind in result.types]
        rows = [[_defused(c) if c else c for c in rows[0]]] + [
            [_defused(c) if t and c else c for c, t in zip(row, texts, strict=True)] for row in rows[1:]
        ]
    return "".join(",".join(map(_csv_cell, row)) + "\n" for row in rows)


def _csv_cell(text: str | None) -> str:
    if text is None:
        return ""
    if text == "" or any(c in text for c in ',"\n\r') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_json(result: "Result") -> str:
    """A list of objects, a line each; names that repeat are numbered, since an object has each once."""
    names = unique_names(result.columns)
    lines = [
        json.dumps({n: _json_value(v) for n, v in zip(names, row, strict=True)}, ensure_ascii=False)
        for row in result.rows
    ]
    return "[" + ("\n " if lines else "") + ",\n ".join(lines) + ("\n" if lines else "") + "]"


def unique_names(names: tuple[str, ...]) -> list[str]:
    """Column names, a second of the same name with _2 behind it."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return unique


def _json_value(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [_json_value(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _json_value(v) for k, v in value.items()}
    from decimal import Decimal

    return _json_value(float(value)) if isinstance(value, Decimal) else as_text(value)


def as_markdown(result: "Result") -> str:
    """A GitHub table; numbers to the right."""
    right = [_is_number(kind) for kind in result.types]
    lines = [
        "| " + " | ".join(_escaped(printable(c)) for c in result.columns) + " |",
        "|" + "|".join("---:" if r else "---" for r in right) + "|",
    ]
    lines += ["| " + " | ".join(_escaped(_shown(v)) for v in row) + " |" for row in result.rows]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
