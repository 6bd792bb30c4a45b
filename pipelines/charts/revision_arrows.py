"""Figures that were revised: an arrow from the number printed first to the one printed last."""

from typing import TYPE_CHECKING

from pipelines.charts.axes import across, round_steps, upright, word
from pipelines.charts.pixels import pixel_canvas
from pipelines.charts.rows import Row, Rows, only
from pipelines.charts.text_layout import text_width
from pipelines.charts.theme import ROLES, inner_width, is_narrow, sizes
from pipelines.charts.words import Words, listed, minus, number, percent, signed

if TYPE_CHECKING:
    import altair as alt

_SHOWN, _LINE, _TOP, _FOOT = 20, 22, 8, 44
_FIGURES = 92


def tell(rows: Rows) -> Words:
    """Words for one row per revised figure, the largest revision first."""
    compared, largest = only(rows, "figures_compared"), rows[0]
    measure = only(rows, "measure_title")
    title = (
        f"{measure}: {len(rows):,} of {compared:,} council figures printed more than once were later revised "
        f"({percent(len(rows), compared)}); the largest revision is {_signed(largest)} ({largest['la_name']}, "
        f"{largest['time_period']})"
    )
    subtitle = (
        f"{measure}, {only(rows, 'measured_at')}, {only(rows, 'first_year')} to {only(rows, 'last_year')}: the "
        f"{len(_shown(rows))} largest revisions, as the change from the first number printed (zero) to the latest. "
        "At the right both numbers."
    )
    first = listed(_sentence(row) for row in _shown(rows)[:5])
    alt_text = f"Arrows for the {len(_shown(rows))} largest revisions, among them {first}. {title}."
    up = sum(row["difference"] > 0 for row in rows)
    notes = (
        f"Of all revisions {up:,} are upwards and {len(rows) - up:,} downwards. First and latest among the releases "
        "in this database; differences within rounding are not counted as revisions.",
    )
    return Words(title, subtitle, alt_text, notes)


def draw(rows: Rows, width: int) -> "alt.LayerChart":
    """One line for each of the largest revisions: name and year, arrow, both numbers."""
    shown, inner, narrow = _shown(rows), inner_width(width), is_narrow(width)
    size = sizes(width).label - 1
    names = [_name(row) for row in shown]
    line = _LINE + (size + 3 if narrow else 0)
    left = 10 if narrow else max(text_width(name, size) for name in names) + 14
    right = inner - _FIGURES - 10
    low, high = (
        min(0.0, *(row["difference"] for row in shown)),
        max(0.0, *(row["difference"] for row in shown)),
    )
    bottom = _TOP + line * len(shown)
    canvas = pixel_canvas(width, bottom + _FOOT)

    def x(value: float) -> float:
        return across(low, high, left, right, value)

    ticks = round_steps(low, high, 5 if narrow else 8)
    texts = [word(x(tick), bottom + 12, minus(f"{tick:+,g}") if tick else "0", size) for tick in ticks]
    texts.append(word(left, bottom + 31, "Change from the first number printed", size, "left"))
    shafts, hollow, heads = [], [], []
    for i, (row, name) in enumerate(zip(shown, names, strict=True)):
        y = _TOP + i * line + line / 2 + (size / 2 if narrow else 0)
        texts.append(word(left - 8 if narrow else 1, y - size - 3 if narrow else y, name, size, "left"))
        figures = f"{_figure(row, row['first_value'])} to {_figure(row, row['latest_value'])}"
        texts.append(word(inner - 1, y, figures, size, "right"))
        colour = ROLES["council"]
        end = x(row["difference"])
        shafts.append({"x": x(0), "x2": end, "y": y, "y2": y, "colour": colour, "thick": 2})
        hollow.append({"x": x(0), "y": y, "colour": colour, "area": 26.0})
        shape = "M-1,-1L1,0L-1,1Z" if row["difference"] > 0 else "M1,-1L-1,0L1,1Z"
        heads.append(
            {"x": end, "y": y, "colour": colour, "area": 60.0, "shape": shape, "about": _sentence(row)}
        )
    return canvas.layered(
        canvas.rules(upright([x(tick) for tick in ticks], _TOP, bottom)),
        canvas.rules(shafts),
        canvas.dots(hollow),
        canvas.dots(heads),
        canvas.texts(texts),
    )


def _shown(rows: Rows) -> list[Row]:
    return list(rows[:_SHOWN])


def _figure(row: Row, value: float) -> str:
    return number(value, row["decimals"])


def _signed(row: Row) -> str:
    return signed(row["difference"], row["decimals"])


def _name(row: Row) -> str:
    return f"{row['la_name']} {row['time_period']}"


def _sentence(row: Row) -> str:
    return (
        f"{_name(row)} from {_figure(row, row['first_value'])} (release {row['first_release']}) to "
        f"{_figure(row, row['latest_value'])} ({row['latest_release']})"
    )
