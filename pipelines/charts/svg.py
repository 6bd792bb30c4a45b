"""A chart's specification as files: SVG whose ids do not depend on what was drawn before, and PNG with its
text.
"""

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from pipelines.charts.svg_fonts import for_readers, for_the_renderer
from pipelines.errors import CouncilsError

if TYPE_CHECKING:
    import altair as alt

_IDS = re.compile(r"\b(clip|gradient_)(\d+)\b")
_STYLES = re.compile(r"<text\b[^>]*>")
#: Charts higher than this many pixels have a picture of their own size.
_TALL = 1000
_TEXTS = re.compile(r"<text\b.*?</text>", re.DOTALL)


def vega_lite(chart: "alt.VConcatChart") -> str:
    """The chart's Vega-Lite JSON, keys in order, one line to a mark's setting."""
    specification: dict[str, Any] = chart.to_dict()
    return json.dumps(specification, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def to_svg(specification: str, alt: str) -> str:
    """Draw it, as one picture with its alt text for those who hear it, its words safe for any reader's fonts.

    The renderer numbers ids through the whole process; here they start from one in each file.
    """
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=_version(specification))
    opening, rest = svg.split(">", 1)
    words = escape(alt)
    return f'{opening} role="img"><title>{words}</title>{for_readers(renumber_ids(rest))}\n'


def renumber_ids(svg: str) -> str:
    """Give each kind of generated id numbers from one, in the order in which they first appear."""
    seen: dict[str, dict[str, int]] = {}

    def rename(match: re.Match[str]) -> str:
        kind, old = match.groups()
        numbers = seen.setdefault(kind, {})
        return f"{kind}{numbers.setdefault(old, len(numbers) + 1)}"

    return _IDS.sub(rename, svg)


def png_scale(svg: str) -> float:
    """Pixels of the picture to one of the chart: one and a half, but one where a tall chart would make a large file."""
    height = re.search(r'\bheight="([\d.]+)"', svg)
    return 1 if height and float(height.group(1)) > _TALL else 1.5


def to_png(svg: str, scale: float | None = None) -> bytes:
    """The SVG as pixels, after a check that the renderer can draw its letters; `scale` as `png_scale` unless given.

    Raises:
        CouncilsError: a font is missing; the renderer would leave the text out without a word.
    """
    import vl_convert

    plain = for_the_renderer(svg)
    check_text_is_drawn(plain)
    png: bytes = vl_convert.svg_to_png(plain, scale=scale or png_scale(svg))
    return png


def check_text_is_drawn(svg: str) -> None:
    """Draw one word in each style of text the SVG uses, and refuse a style that leaves the picture empty.

    Raises:
        CouncilsError: the SVG has no text at all, or a style whose font is not there.
    """
    import vl_convert

    styles = {_style(tag) for tag in _STYLES.findall(svg)}
    if not styles:
        raise CouncilsError(
            "A chart came out without any text: no title, no labels. Its family did not draw them."
        )
    blank = vl_convert.svg_to_png(_sample("", ""))
    for style in sorted(styles):
        if vl_convert.svg_to_png(_sample(style, "Hamburg")) == blank:
            raise CouncilsError(
                f"The font of a chart's text ({style}) is not there, so its words would be missing from the "
                "PNG. "
                f"Use the theme's font."
            )


def without_text(svg: str) -> str:
    """The same drawing with every text taken out."""
    return _TEXTS.sub("", svg)


def _style(tag: str) -> str:
    kept = re.findall(r'\b(font-(?:family|weight|style)="[^"]*")', tag)
    return " ".join(sorted(kept))


def _sample(style: str, word: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
        '<rect width="60" height="20" fill="white"/>'
        f'<text x="2" y="15" font-size="12" {style}>{word}</text></svg>'
    )


def _version(specification: str) -> str:
    """The Vega-Lite version that wrote the specification, as the renderer names it (`6.1`)."""
    match = re.search(r"vega-lite/v(\d+\.\d+)", specification)
    if match is None:
        raise CouncilsError("A chart's specification names no version of Vega-Lite, so it can't be drawn.")
    return match.group(1)
