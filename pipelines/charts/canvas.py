"""The few kinds of mark that charts are made of, on a plot whose scales are fixed in pixels.

A family computes records (dictionaries with `x`, `y` in the units of the axes, `text`, `colour` …); the
canvas turns them into layers. Scales are set here once, so that every label's place can be computed
beforehand and the file comes out as wide as asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.charts.theme import FONT, inline

if TYPE_CHECKING:
    import altair as alt

Record = dict[str, Any]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A plot `width` by `height` pixels; `x_range` and `y_range` say on which pixels the domains' ends
    lie.
    """

    width: float
    height: float
    x_domain: Span
    x_range: Span
    y_domain: Span
    y_range: Span
    x_axis: "alt.Axis | None" = None
    y_axis: "alt.Axis | None" = None

    def x_pixel(self, value: float) -> float:
        """The pixel of a value on the x axis."""
        return _map(value, self.x_domain, self.x_range)

    def y_pixel(self, value: float) -> float:
        """The pixel of a value on the y axis, from the top."""
        return _map(value, self.y_domain, self.y_range)

    def x_at(self, pixel: float) -> float:
        """The value at a pixel of the x axis."""
        return _map(pixel, self.x_range, self.x_domain)

    def y_at(self, pixel: float) -> float:
        """The value at a pixel of the y axis."""
        return _map(pixel, self.y_range, self.y_domain)

    @property
    def x_scale(self) -> float:
        """Pixels to a unit of the x axis."""
        return (self.x_range[1] - self.x_range[0]) / (self.x_domain[1] - self.x_domain[0])

    @property
    def y_scale(self) -> float:
        """Pixels to a unit of the y axis, downwards."""
        return (self.y_range[1] - self.y_range[0]) / (self.y_domain[1] - self.y_domain[0])

    def frames(self, records: Iterable[Record], thick: float = 1) -> list["alt.Chart"]:
        """Rectangles without a filling, their lines in `edge`."""
        return self.rects(records, filled=False, strokeWidth=thick)

    def rects(self, records: Iterable[Record], **mark: Any) -> list["alt.Chart"]:
        """Rectangles from `x`, `y` to `x2`, `y2` in `colour`, with an edge where a record has `edge`."""
        return [
            self._base(group).mark_rect(**look, **mark) for look, group in _groups(records, ("edge", "dash"))
        ]

    def rules(self, records: Iterable[Record]) -> list["alt.Chart"]:
        """Straight lines from `x`, `y` to `x2`, `y2`; `thick` and `dash` as given."""
        return [
            self._base(group).mark_rule(**look) for look, group in _groups(records, ("thick", "dash", "cap"))
        ]

    def dots(self, records: Iterable[Record], **mark: Any) -> list["alt.Chart"]:
        """Points at `x`, `y`; `area` in square pixels, `shape` and `edge` as given."""
        settings = {"filled": True, "opacity": 1, **mark}
        return [
            self._base(group).mark_point(**{**settings, **look})
            for look, group in _groups(records, ("shape", "area", "edge", "thick"))
        ]

    def lines(self, records: Iterable[Record], thick: float = 2) -> list["alt.Chart"]:
        """One line through the records of each `line`, in their order; `thick` and `dash` as given."""
        layers = []
        for look, group in _groups(records, ("line", "thick", "dash")):
            look.pop("line", None)
            colour = group[0]["colour"]
            layers.append(
                self._base(group, colour=False).mark_line(
                    **{"strokeWidth": thick, "color": colour, "strokeJoin": "round", **look}
                )
            )
        return layers

    def bands(self, records: Iterable[Record]) -> list["alt.Chart"]:
        """A filled area between `y` and `y2` along `x`, for each `line`."""
        return [
            self._base(group, colour=False).mark_area(color=group[0]["colour"], opacity=1)
            for _, group in _groups(records, ("line",))
        ]

    def texts(self, records: Iterable[Record]) -> list["alt.Chart"]:
        """`text` at `x`, `y` moved by `dx`, `dy` pixels; `align`, `bold`, `size` as given."""
        layers = []
        for look, group in _groups(records, ("align", "bold", "size", "dx", "dy", "baseline", "angle")):
            bold = look.pop("bold", False)
            settings = {"align": "center", "baseline": "middle", "font": FONT, **look}
            if bold:
                settings["fontWeight"] = "bold"
            layers.append(self._base(group, text=True).mark_text(**settings))
        return layers

    def layered(self, *parts: list["alt.Chart"]) -> "alt.LayerChart":
        """The parts on top of each other, the first one undermost."""
        import altair as alt

        layers = [layer for part in parts for layer in part]
        return alt.LayerChart(layer=layers, width=self.width, height=self.height)

    def _base(self, records: list[Record], colour: bool = True, text: bool = False) -> "alt.Chart":
        import altair as alt

        first = records[0]
        encoding: Record = {
            "x": alt.X("x:Q", scale=_scale(self.x_domain, self.x_range), axis=self.x_axis),
            "y": alt.Y("y:Q", scale=_scale(self.y_domain, self.y_range), axis=self.y_axis),
        }
        if "x2" in first:
            encoding["x2"] = "x2:Q"
        if "y2" in first:
            encoding["y2"] = "y2:Q"
        if colour and "colour" in first:
            encoding["color"] = alt.Color("colour:N", scale=None, legend=None)
        if text:
            encoding["text"] = "text:N"
        if "about" in first:
            encoding["tooltip"] = alt.Tooltip("about:N", title=" ")
        return alt.Chart(inline(records)).encode(**encoding)


_LOOKS = {
    "edge": "stroke",
    "thick": "strokeWidth",
    "dash": "strokeDash",
    "cap": "strokeCap",
    "area": "size",
    "size": "fontSize",
}


def _groups(records: Iterable[Record], by: tuple[str, ...]) -> list[tuple[Record, list[Record]]]:
    """Records that share a look, each without it: Vega-Lite sets such looks per layer, not per row."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        key = tuple(_frozen(record.get(name)) for name in by)
        kept = {k: _rounded(v) for k, v in record.items() if k not in by or k == "line"}
        groups.setdefault(key, []).append(kept)
    return [
        (
            {_LOOKS.get(name, name): _thawed(v) for name, v in zip(by, key, strict=True) if v is not None},
            group,
        )
        for key, group in groups.items()
    ]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _rounded(value: Any) -> Any:
    """Four decimals are finer than a pixel, and keep the last bits of a float out of the files."""
    return round(value, 4) if isinstance(value, float) else value


def _scale(domain: Span, pixel_range: Span) -> "alt.Scale":
    import altair as alt

    return alt.Scale(domain=list(domain), range=list(pixel_range), nice=False, zero=False)


def _map(value: float, domain: Span, span: Span) -> float:
    return span[0] + (value - domain[0]) / (domain[1] - domain[0]) * (span[1] - span[0])
