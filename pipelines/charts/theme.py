"""One look for every chart: colours by role, sizes by width, and the frame of title, plot, notes and source.

The colours are the Government Analysis Function's accessible palette in its order, whose neighbours differ by
3:1 in lightness. So grades that stand next to each other differ in greyscale too; a letter or word tells them
apart without any colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.charts.text_layout import wrap, wrap_all
from pipelines.charts.words import Words

if TYPE_CHECKING:
    import altair as alt

    AnyChart: TypeAlias = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart

#: The only font that the renderer carries with it. Any other may be missing, and text then vanishes silently.
FONT = "sans-serif"

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
DARK_GREY, LIGHT_PURPLE = "#3D3D3D", "#A285D1"
WHITE, BLACK = "#FFFFFF", "#0B0C0C"

ROLES = {
    "text": BLACK,
    "quiet_text": "#505A5F",
    "rule": "#B1B4B6",
    "band": "#E9EBEC",
    "council": DARK_BLUE,
    "neighbours": TURQUOISE,
    "england": DARK_PINK,
    "highlight": BLACK,
    "dot": DARK_BLUE,
    "absent": WHITE,
    "absent_edge": "#505A5F",
}

GRADE_COLOURS = {
    "outstanding": DARK_BLUE,
    "good": TURQUOISE,
    "requires_improvement": DARK_PINK,
    "adequate": DARK_GREY,
    "inadequate": ORANGE,
    "not_judged": WHITE,
}

PADDING = 12
#: Below this width a chart is laid out for a telephone: shorter words, fewer labels, one column.
NARROW_BELOW = 760
WIDE, NARROW = 880, 400


@dataclass(frozen=True, slots=True)
class Sizes:
    """Font sizes in pixels; nothing is printed smaller than `least`."""

    title: int
    subtitle: int
    label: int
    footer: int
    least: int = 9


def sizes(width: int) -> Sizes:
    """The font sizes of a chart `width` pixels wide."""
    return Sizes(15, 12, 11, 10) if width < NARROW_BELOW else Sizes(18, 13, 12, 10)


def is_narrow(width: int) -> bool:
    """Whether the layout for small screens applies."""
    return width < NARROW_BELOW


def inner_width(width: int) -> int:
    """The plot's width in a chart `width` pixels wide."""
    return width - 2 * PADDING


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#rrggbb`."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour`."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))


def mix(colour: str, share: float) -> str:
    """`share` of `colour` on white: the steps of a one-colour scale."""
    parts = (round(255 - share * (255 - int(colour[i : i + 2], 16))) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in parts)


def inline(records: Iterable[dict[str, Any]]) -> "alt.InlineData":
    """Data inside the chart's own file, in the given order."""
    import altair as alt

    # A tuple: Altair copies lists, whole data with each layer and setting, and keeps what is no list as it is.
    return alt.InlineData(values=tuple(records))


def frame(plot: "AnyChart", words: Words, width: int) -> "alt.VConcatChart":
    """`plot` with the finding above it, notes and source under it, and the house's settings."""
    import altair as alt

    size, inner = sizes(width), inner_width(width)
    title = alt.TitleParams(
        text=wrap(words.title, inner, size.title, bold=True),
        subtitle=wrap(words.subtitle, inner, size.subtitle),
        fontSize=size.title,
        subtitleFontSize=size.subtitle,
        lineHeight=size.title + 4,
        subtitleLineHeight=size.subtitle + 4,
        subtitlePadding=8,
        anchor="start",
        frame="bounds",
        offset=10,
    )
    footer = alt.TitleParams(
        text=wrap_all(words.footer, inner, size.footer),
        orient="bottom",
        anchor="start",
        frame="bounds",
        fontSize=size.footer,
        fontWeight="normal",
        color=ROLES["quiet_text"],
        lineHeight=size.footer + 4,
        offset=10,
    )
    framed = alt.vconcat(plot.properties(title=title)).properties(
        title=footer, background=WHITE, padding=PADDING, description=words.alt
    )
    return _configured(framed, size)


def _configured(chart: "alt.VConcatChart", size: Sizes) -> "alt.VConcatChart":
    text, quiet, rule = ROLES["text"], ROLES["quiet_text"], ROLES["rule"]
    configured: alt.VConcatChart = (
        chart.configure(font=FONT, aria=False)
        .configure_view(stroke=None)
        .configure_title(font=FONT, color=text, subtitleFont=FONT, subtitleColor=quiet)
        .configure_text(font=FONT, color=text, fontSize=size.label)
        .configure_axis(
            labelFont=FONT,
            titleFont=FONT,
            labelColor=text,
            titleColor=text,
            labelFontSize=size.label,
            titleFontSize=size.label,
            titleFontWeight="normal",
            domainColor=rule,
            tickColor=rule,
            gridColor=ROLES["band"],
        )
    )
    return configured
