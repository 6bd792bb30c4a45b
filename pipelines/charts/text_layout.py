"""How wide printed text is, and where to break it: the bundled sans-serif has Helvetica's widths.

Vega-Lite does not wrap text, so lines are computed here. The widths are thousandths of the font size;
browsers that fall back to a wider sans-serif are allowed for by the slack in `wrap`.
"""

_NARROW = {
    222: "ijl",
    278: " !,./:;I[\\]ft·’‘",
    333: "()-r“”",
    260: "|",
    355: '"',
    389: "*",
    500: "ckszvxyJ",
    584: "+<=>~×≥≤",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_REGULAR = {char: width for width, chars in _NARROW.items() for char in chars}
_DIGIT_WIDTH = 556
#: Bold letters are wider by at most this much.
_BOLD = 1.08


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line in pixels at font size `size`."""
    units = sum(_REGULAR.get(char, _DIGIT_WIDTH) for char in text)
    return units * size / 1000 * (_BOLD if bold else 1)


def wrap(text: str, width: float, size: float, bold: bool = False, slack: float = 0.96) -> list[str]:
    """Break `text` at spaces into lines no wider than `slack` of `width` (a longer single word stays
    whole).
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold) <= width * slack:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def wrap_all(paragraphs: tuple[str, ...], width: float, size: float) -> list[str]:
    """Each paragraph wrapped on its own, one after the other."""
    return [line for paragraph in paragraphs for line in wrap(paragraph, width, size)]
