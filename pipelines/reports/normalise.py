"""Cleaning of raw text: signs of the text layer, marks of a conversion, page numbers and running headers.

Tables first, code second: a new sign or mark is a new entry in a table. Every step is linear in the text.
"""

from __future__ import annotations

import html
import re
from collections import Counter

# Signs that stand for another one wherever they occur. U+FFFE is the text layer's hyphen at a line end.
_SIGNS = (
    ("\r\n", "\n"),
    ("\r", "\n"),
    ("\ufffe", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2002", " "),
    ("\u2003", " "),
    ("\u2007", " "),
    ("\u2011", "-"),
    ("\u2010", "-"),
    ("\u00ad", ""),
    ("\u200b", ""),
    ("\u200c", ""),
    ("\u200d", ""),
    ("\ufeff", ""),
    ("\ufb00", "ff"),
    ("\ufb01", "fi"),
    ("\ufb02", "fl"),
    ("\ufb03", "ffi"),
    ("\ufb04", "ffl"),
    ("\u2500", "–"),
    ("\u2015", "–"),
    ("\u2212", "–"),
    ("\u0336", "–"),
    ("\u0335–", "–"),
    ("\u0335", "–"),
    ("\x00", ""),
)
_FIRST_LEVEL = "\uf06e\uf0a7\uf0b7\u25fc\u25a0\u25aa\u2022\u25cf\u00b7\uf076\uf0d8\uf0fc"
_SECOND_LEVEL = "\uf02d\uf0be\u2013"
_FIRST_BULLET = re.compile(rf"^[ \t]*[{_FIRST_LEVEL}][ \t]*", re.MULTILINE)
_SECOND_BULLET = re.compile(
    rf"^[ \t]*(?:[{_SECOND_LEVEL}][ \t]*(?=[^\s\d])|[-{_SECOND_LEVEL}][ \t]+(?=\S))", re.MULTILINE
)
_MID_BULLET = re.compile(r"[\uf06e\uf0a7\uf0b7\u25fc\u25a0][ \t]*")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_PAGE_NUMBER = re.compile(r"(?:page )?(\d{1,4})(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|div|a|p|ul|ol|li|table|tr|td|th|thead|tbody|h[1-6])\b[^>\n]{0,200}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br ?/?>|</p>|</li>", re.IGNORECASE)
_BROKEN_SUP = re.compile(r"<sup>&</sup>lt;sup>", re.IGNORECASE)
_FOOTNOTE_SUP = re.compile(r"<sup>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_ANY_SUP = re.compile(r"</?su[pb]>", re.IGNORECASE)
_LATEX = re.compile(r"\$([^$\n]{1,120})\$")
_LATEX_POWER = re.compile(r"\^\{?\s*(?:\\\w+\s*\{)?\d+\}*")
_LATEX_COMMAND = re.compile(r"\\[A-Za-z]+\s*|[{}]")
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_SUPERSCRIPT_RUN = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_RULE = re.compile(r"[|\s:+=-]{3,}|[-_*=]{3,}")
_HEADING = re.compile(r"#{1,6}\s+")
_BOLD = re.compile(r"\*\*|__|(?<!\*)\*(?=\S)|(?<=\S)\*(?!\*)")
_NUMBERED_ITEM = re.compile(r"^[-*]\s+(?=\d{1,3}(?:\.\d{1,2})?\.?\s)")
_PACK_PAGE = re.compile(r"page \d{1,4}", re.IGNORECASE)


def clean_signs(text: str) -> str:
    """Replace the signs that stand for another one; leaves the lines where they are."""
    for sign, plain in _SIGNS:
        if sign in text:
            text = text.replace(sign, plain)
    return text


def clean_page(text: str) -> list[str]:
    """The lines of one page of a PDF's text layer, without empty ones."""
    text = clean_signs(text)
    if "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    text = _FIRST_BULLET.sub("• ", text)
    text = _SECOND_BULLET.sub("– ", text)
    text = _MID_BULLET.sub("\n• ", text)
    return [line for line in map(str.strip, text.split("\n")) if line]


def clean_text_lines(sheet: str) -> list[tuple[str, bool]]:
    """The lines of a text or Markdown conversion, each with whether it was marked as a heading."""
    sheet = clean_signs(sheet)
    sheet = _BROKEN_SUP.sub("<sup>", sheet)
    found: list[tuple[str, bool]] = []
    for raw in sheet.split("\n"):
        line = raw.strip(" ")
        if not line.strip() or _RULE.fullmatch(line) or _PACK_PAGE.fullmatch(line.strip()):
            continue
        if line.startswith("|"):
            line = "\t".join(cell.strip() for cell in line.strip("| ").split("|"))
        heading = bool(_HEADING.match(line))
        line = _strip_marks(_HEADING.sub("", line, count=1) if heading else line)
        if "\t" in line:
            cells = [_cell(cell) for cell in line.split("\t")]
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                found.append(("\t".join(cells), heading))
            continue
        found.extend((piece, heading) for piece in map(_bullets, line.split("\v")) if piece)
    return found


def running_lines(pages: list[list[str]]) -> set[tuple[int, int]]:
    """Where running headers and footers stand: (page, index) of lines that repeat at the edge of the pages.

    A line counts as running when, numbers aside, it stands at the edge of at least four pages and of
    a third of them.
    The first page is left whole: its title may be the text that the header repeats.
    """
    edges: list[tuple[int, int, str]] = []
    for number, page in enumerate(pages[1:], start=2):
        last = len(page) - 1
        for at, text in enumerate(page):
            if 3 <= at <= last - 3 or len(text) > 140 or text[0] in "•–":
                continue
            edges.append((number, at, _DIGITS.sub("#", text)))
    seen = Counter(key for _, _, key in edges)
    least = max(4, len(pages) // 3)
    return {(number, at) for number, at, key in edges if seen[key] >= least}


def is_page_number(text: str, page: int) -> bool:
    """Whether a line at a page's edge is only its number (printed numbers lag or lead by some pages)."""
    if len(text) > 14:
        return False
    found = _PAGE_NUMBER.fullmatch(text)
    return found is not None and abs(int(found.group(1)) - page) <= 5


def _strip_marks(line: str) -> str:
    """Take HTML, Markdown and LaTeX marks out of one line; paragraph ends become vertical tabs."""
    if "<" in line:
        line = _BREAK.sub("\v", line)
        line = _TAG.sub("", line)
        line = _footnotes(line, _FOOTNOTE_SUP)
        line = _ANY_SUP.sub("", line)
    if "&" in line:
        line = html.unescape(line)
    if "$" in line:
        line = _LATEX.sub(_plain_latex, line)
    if "*" in line or "__" in line:
        line = _NUMBERED_ITEM.sub("", line)
        line = _BOLD.sub("", line)
    return _footnotes(line, _SUPERSCRIPT_RUN)


def _footnotes(line: str, marks: re.Pattern[str]) -> str:
    """Footnote marks: a plain number where they begin a line (the note itself), dropped inside one."""
    start = marks.match(line.lstrip())
    if start:
        number = (start.group(1) if marks.groups else start.group(0)).translate(_SUPERSCRIPT)
        line = f"{number} {line.lstrip()[start.end() :].lstrip()}"
    return marks.sub("", line)


def _plain_latex(found: re.Match[str]) -> str:
    inside = found.group(1)
    if "\\" not in inside and "^" not in inside:
        return found.group(0)
    return _LATEX_COMMAND.sub("", _LATEX_POWER.sub("", inside))


def _bullets(piece: str) -> str:
    """One line with its list mark in the two forms every reader of the lines expects."""
    piece = _SPACES.sub(" ", piece).strip()
    piece = _NUMBERED_ITEM.sub("", piece)
    piece = _FIRST_BULLET.sub("• ", piece)
    return _SECOND_BULLET.sub("– ", piece).strip()


def _cell(cell: str) -> str:
    parts = (_bullets(part) for part in _MID_BULLET.sub("\v• ", cell).split("\v"))
    return "\v".join(part for part in parts if part)
