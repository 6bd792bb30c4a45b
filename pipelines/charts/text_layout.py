"""How wide printed text is, and where to break it: the bundled sans-serif has Helvetica's widths.

Vega-Lite does not wrap text, so lines are computed here. The widths are thousandths of the font size;
browsers that fall back to a wider sans-serif are allowed for by the slack in `wrap`.
"""

_REGULAR = {
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft’‘",
    333: "()-r·“”",
    355: '"',
    389: "*",
    500: "ckszvxyJ",
    584: "+<=>~×≥≤−",
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
_BOLD = {
    278: " ,./I\\ijl’‘",
    280: "|",
    333: "!()-:;[]ft·",
    389: "*r",
    474: '"',
    500: "z“”",
    584: "+<=>~×≥≤−",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
#: Digits and the letters named in neither table.
_OTHER = 556
_WIDTHS = {
    bold: {char: width for width, chars in table.items() for char in chars}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line in pixels at font size `size`."""
    widths = _WIDTHS[bold]
    return sum(widths.get(char, _OTHER) for char in text) * size / 1000


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
