"""Menus in a notebook: choose a council, measure or date, and the chart under them is drawn again.

`choose(chart, "latest_grades", as_at="2025-03-31")` stands where `chart("latest_grades", as_at="2025-03-31")` would:
the same chart, and over it a menu for each choice named. In an executed notebook, which is read without a kernel, only
the chart stands there: a menu that nobody answers helps no reader, and its state is another one at each run.
"""

import os
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from pipelines.errors import CouncilsError
from pipelines.open import connection, council_code

if TYPE_CHECKING:
    import ipywidgets  # type: ignore[import-untyped,unused-ignore]

#: Set while notebooks are executed to be read: menus are left out.
STATIC = "COUNCILS_STATIC"


class Choice:
    """What `draw` gives for the values chosen, and menus to choose others.

    `result` is what stands there now; `menus` are the menus by the name of their choice; `picture` shows the result.
    """

    def __init__(self, draw: Callable[..., Any], given: tuple[Any, ...], chosen: Mapping[str, Any]) -> None:
        self._draw, self._given = draw, given
        self.values = dict(chosen)
        self.menus: dict[str, ipywidgets.Dropdown] = {}
        self.picture: ipywidgets.HTML | None = None
        self.result = draw(*given, **self.values)

    def with_menus(self) -> "ipywidgets.VBox":
        """The menus over the picture; a menu's new value draws the picture again."""
        import ipywidgets

        self.picture = ipywidgets.HTML(as_html(self.result))
        for name, value in self.values.items():
            options = _OPTIONS[name](value)
            menu = ipywidgets.Dropdown(
                options=options,
                value=_own(name, value),
                description=_LABELS[name],
                layout={"width": "32em", "max_width": "100%"},
            )
            menu.observe(self._changed(name), names="value")
            self.menus[name] = menu
        return ipywidgets.VBox([*self.menus.values(), self.picture])

    def _changed(self, name: str) -> Callable[[Any], None]:
        def redraw(change: Any) -> None:
            self.values[name] = change["new"]
            try:
                self.result = self._draw(*self._given, **self.values)
                shown = as_html(self.result)
            except CouncilsError as error:
                shown = f"<p>{escape(str(error))}</p>"
            assert self.picture is not None
            self.picture.value = shown

        return redraw

    def _ipython_display_(self) -> None:
        from IPython.display import display

        shown = self.result if os.environ.get(STATIC) else self.with_menus()
        display(shown)  # type: ignore[no-untyped-call,unused-ignore]


def choose(draw: Callable[..., Any], *given: Any, **chosen: Any) -> Choice:
    """`draw(*given, **chosen)` with a menu for each of `chosen`: `council`, `measure` or `as_at`.

    Raises:
        CouncilsError: a choice of another name, or a value that the database does not know.
    """
    for name in chosen:
        if name not in _OPTIONS:
            raise CouncilsError(f"There is no menu for '{name}'. There are menus for {', '.join(_OPTIONS)}.")
    return Choice(draw, given, chosen)


def as_html(result: Any) -> str:
    """A drawing as a picture with its words for those who cannot see it; a frame as its table."""
    if hasattr(result, "_repr_mimebundle_"):
        import base64

        shown = result._repr_mimebundle_()
        drawn = base64.b64encode(shown["image/svg+xml"].encode()).decode("ascii")
        words = escape(shown["text/plain"], quote=True)
        return f'<img style="max-width:100%" alt="{words}" src="data:image/svg+xml;base64,{drawn}">'
    if hasattr(result, "to_html"):
        return str(result.to_html(index=False, na_rep="–", border=0))
    return f"<p>{escape(str(result))}</p>"


def _own(name: str, value: Any) -> Any:
    return council_code(value) if name == "council" else str(value)


def _councils(value: Any) -> list[tuple[str, str]]:
    """Every council by name, those that ended with the year they ended in."""
    rows = (
        connection()
        .execute("SELECT la_code, la_name, valid_to FROM authorities ORDER BY la_name, valid_to NULLS FIRST")
        .fetchall()
    )
    return [(f"{name} (to {ended.year})" if ended else name, code) for code, name, ended in rows]


def _measures(value: Any) -> list[tuple[str, str]]:
    """The measures that can be set beside another council's: no counts, no sums of money; and the one chosen."""
    rows = (
        connection()
        .execute(
            "SELECT title, measure FROM measures WHERE measure = ? "
            "OR (role = 'measure' AND kind NOT IN ('count', 'money')) ORDER BY title",
            [value],
        )
        .fetchall()
    )
    return [(title, measure) for title, measure in rows]


def _days(value: Any) -> list[tuple[str, str]]:
    """Each 31 March and 30 September between the first report and the last one, and the day chosen."""
    from pipelines.charts.parameters import report_days
    from pipelines.charts.words import day

    first, last = report_days(connection())
    halves = [date(year, *end) for year in range(first.year, last.year + 1) for end in ((3, 31), (9, 30))]
    chosen = date.fromisoformat(str(value))
    days = sorted({*(d for d in halves if first <= d <= last), chosen}, reverse=True)
    return [(day(d), d.isoformat()) for d in days]


_OPTIONS: Mapping[str, Callable[[Any], list[tuple[str, str]]]] = {
    "council": _councils,
    "measure": _measures,
    "as_at": _days,
}
_LABELS = {"council": "Council", "measure": "Measure", "as_at": "As at"}
