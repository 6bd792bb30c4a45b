"""Where the texts of a drawn chart stand, from transforms and font sizes: to check that none touch or spill."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from pipelines.charts.text_layout import text_width

_SVG = "{http://www.w3.org/2000/svg}"
_TRANSLATE = re.compile(r"translate\(([-\d.e]+)[ ,]([-\d.e]+)\)")


@dataclass(frozen=True, slots=True)
class TextBox:
    """One text with its box in pixels from the top left, its font size and colour."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    fill: str

    def overlaps(self, other: "TextBox", allowed: float = 1.0) -> bool:
        """Whether the two cover each other by more than `allowed` pixels both ways."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > allowed and down > allowed


def svg_width(svg: str) -> float:
    """The width the SVG asks for."""
    return float(ElementTree.fromstring(svg).attrib["width"])


def text_boxes(svg: str) -> list[TextBox]:
    """Every text that is drawn, in the order of the file."""
    found: list[TextBox] = []
    _collect(ElementTree.fromstring(svg), 0.0, 0.0, found)
    return found


def covered_dots(svg: str, allowed: float = 1.5) -> list[str]:
    """The texts that lie on a dot by more than `allowed` pixels both ways, each as often as it covers one."""
    dots: list[tuple[float, float, float]] = []
    _collect_dots(ElementTree.fromstring(svg), 0.0, 0.0, False, dots)
    found = []
    for box in text_boxes(svg):
        for x, y, radius in dots:
            across = min(box.right, x + radius) - max(box.left, x - radius)
            down = min(box.bottom, y + radius) - max(box.top, y - radius)
            if across > allowed and down > allowed:
                found.append(box.text)
    return found


def _collect_dots(
    element: ElementTree.Element,
    left: float,
    top: float,
    inside: bool,
    found: list[tuple[float, float, float]],
) -> None:
    move = _TRANSLATE.search(element.get("transform", ""))
    if move:
        left, top = left + float(move[1]), top + float(move[2])
    if inside and element.tag == f"{_SVG}path":
        sizes = [abs(float(number)) for number in re.findall(r"-?[\d.]+", element.get("d", ""))]
        found.append((left, top, max(sizes, default=0.0)))
    inside = inside or "mark-symbol" in element.get("class", "")
    for child in element:
        _collect_dots(child, left, top, inside, found)


def _collect(element: ElementTree.Element, left: float, top: float, found: list[TextBox]) -> None:
    move = _TRANSLATE.search(element.get("transform", ""))
    if move:
        left, top = left + float(move[1]), top + float(move[2])
    if element.tag == f"{_SVG}text" and element.get("opacity") != "0":
        top += float(element.get("y", "0"))
        if element.text:
            found.append(_box(element, element.text, left, top))
        for line in element:
            top += float(line.get("dy", "0"))
            found.append(_box(element, line.text or "", left, top))
        return
    for child in element:
        _collect(child, left, top, found)


def _box(element: ElementTree.Element, text: str, left: float, top: float) -> TextBox:
    size = float(element.get("font-size", "11px").removesuffix("px"))
    width = text_width(text, size, bold=element.get("font-weight") == "bold")
    start = left - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
    return TextBox(
        text, start, top - 0.72 * size, start + width, top + 0.2 * size, size, element.get("fill", "black")
    )
