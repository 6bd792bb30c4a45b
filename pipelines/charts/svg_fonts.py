"""A drawn chart's words made safe for any reader's fonts.

The renderer writes `sans-serif` and places words by its own font. A browser whose sans-serif is wider would run titles
off the page and labels into each other. So each line of words becomes a text of its own with the length it was placed
by; a reader's font that is wider is drawn narrower.
"""

import re

from pipelines.charts.text_layout import text_width

#: The renderer's own font first, then two of the same widths, then whatever the reader has.
READERS_FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
_RENDERERS_FONT = "sans-serif"

_TEXT = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.DOTALL)
_LINE = re.compile(r"<tspan\b([^>]*)>(.*?)</tspan>", re.DOTALL)
_FAMILY = re.compile(r'font-family="([^"]*)"')
_LENGTH = re.compile(r' textLength="[^"]*" lengthAdjust="spacingAndGlyphs"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'", "&amp;": "&"}


def for_readers(svg: str) -> str:
    """The renderer's SVG with a list of fonts, one text to a line, and each text's length in pixels."""
    return _TEXT.sub(_pinned, svg)


def for_the_renderer(svg: str) -> str:
    """The same drawing as the renderer would write it: its own font's name, lengths left to it."""
    named = _FAMILY.sub(
        lambda found: (
            f'font-family="{_RENDERERS_FONT}"' if found.group(1) == READERS_FONTS else found.group(0)
        ),
        svg,
    )
    return _LENGTH.sub("", named)


def _pinned(match: re.Match[str]) -> str:
    attributes, content = match.groups()
    attributes = _FAMILY.sub(f'font-family="{READERS_FONTS}"', attributes)
    lines = _LINE.findall(content)
    if not lines:
        return _text(attributes, content)
    texts, down = [], 0.0
    for place, words in lines:
        step = re.search(r'\bdy="([-\d.]+)"', place)
        down += float(step.group(1)) if step else 0.0
        texts.append(_text(f'{attributes} y="{down:g}"' if down else attributes, words))
    return "".join(texts)


def _text(attributes: str, words: str) -> str:
    plain = _plain(words)
    if len(plain) < 2:
        return f"<text{attributes}>{words}</text>"
    size = re.search(r'font-size="([\d.]+)', attributes)
    length = text_width(plain, float(size.group(1)) if size else 11, bold='font-weight="bold"' in attributes)
    return f'<text{attributes} textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs">{words}</text>'


def _plain(words: str) -> str:
    for entity, letter in _ENTITIES.items():
        words = words.replace(entity, letter)
    return words
