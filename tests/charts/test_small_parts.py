"""The parts charts are made with: estimates, positions, text widths, words, the tile grid."""

import csv
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipelines.charts.estimates import average_ranks, median_interval, spearman
from pipelines.charts.events import decimal_year, read_events
from pipelines.charts.positions import spread, swarm
from pipelines.charts.svg_fonts import READERS_FONTS, for_readers, for_the_renderer
from pipelines.charts.text_layout import text_width, wrap
from pipelines.charts.tile_layout import read_tiles
from pipelines.charts.words import (
    by_reason,
    counted,
    day,
    listed,
    percent,
    short_number,
    signed,
    status_words,
)

NUMBERS = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=60)


def test_the_median_interval_of_ten_is_the_second_to_the_ninth_value() -> None:
    """Textbook: ranks 2 and 9 of 10 cover 97.9%; ranks 3 and 8 only 89.1%."""
    found = median_interval([float(i) for i in range(1, 11)])
    assert (found.estimate, found.lower, found.upper, found.n) == (5.5, 2.0, 9.0, 10)


def test_five_values_have_no_interval_and_six_have() -> None:
    assert median_interval([1.0, 2, 3, 4, 5]).lower is None
    assert (median_interval([1.0, 2, 3, 4, 5, 6]).lower, median_interval([1.0, 2, 3, 4, 5, 6]).upper) == (
        1.0,
        6.0,
    )


@given(st.integers(6, 300))
def test_the_median_interval_covers_at_least_95_percent_and_no_narrower_one_does(n: int) -> None:
    found = median_interval([float(i) for i in range(1, n + 1)])
    assert found.lower is not None
    low = int(found.lower)
    assert 1 - 2 * stats.binom.cdf(low - 1, n, 0.5) >= 0.95
    assert 1 - 2 * stats.binom.cdf(low, n, 0.5) < 0.95


@given(NUMBERS)
def test_ranks_are_those_of_scipy(values: list[float]) -> None:
    assert average_ranks(values) == list(stats.rankdata(values))


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200)), min_size=4, max_size=80))
def test_spearman_is_that_of_scipy_where_it_is_defined(pairs: list[tuple[int, int]]) -> None:
    one, other = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    found = spearman(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found is None
        return
    assert found is not None
    assert found.estimate == pytest.approx(stats.spearmanr(one, other).statistic)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower <= found.estimate + 1e-12 <= found.upper + 2e-12


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
def test_spread_labels_keep_their_gap_and_order_inside_the_bounds(wanted: list[float]) -> None:
    placed = spread(wanted, 20, 0, 300)
    ordered = sorted(placed)
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(ordered))
    assert min(placed) >= 0
    assert max(placed) <= 300
    in_order = sorted(range(len(wanted)), key=wanted.__getitem__)
    assert [placed[i] for i in in_order] == ordered


@given(st.lists(st.floats(0, 400), max_size=60))
def test_swarmed_dots_stay_in_their_band_and_do_not_cover_each_other_where_they_fit(
    values: list[float],
) -> None:
    offsets = swarm(values, 7, 60)
    assert len(offsets) == len(values)
    if len(values) <= 12:
        dots = list(zip(values, offsets, strict=True))
        assert all(
            (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= 48 for i, a in enumerate(dots) for b in dots[i + 1 :]
        )


@pytest.mark.parametrize(
    "text",
    [
        "Kensington and Chelsea",
        "92.5 (66 to 100)",
        "Bournemouth, Christchurch & Poole",
        "W’%£–",
        "−0.8 (−4.7 to +0.7)",
    ],
)
def test_text_widths_are_those_of_the_bundled_font(text: str) -> None:
    """The renderer's own measure of the same words; kerning may make them a hundredth narrower."""
    for weight, slack in (("normal", 1.01), ("bold", 1.01)):
        specification = {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "data": {"values": [{}]},
            "padding": 0,
            "width": 1,
            "height": 1,
            "view": {"stroke": None},
            "mark": {"type": "text", "text": text, "fontSize": 100, "fontWeight": weight, "align": "left"},
            "encoding": {"x": {"value": 0}},
        }
        svg = vl_convert.vegalite_to_svg(specification)
        drawn = float(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
        computed = text_width(text, 100, bold=weight == "bold")
        assert drawn - 3 <= computed <= drawn * slack + 3


@given(st.text(alphabet="abc WM", max_size=80))
def test_wrapped_lines_keep_every_word_and_fit(text: str) -> None:
    lines = wrap(text, 120, 12)
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line, 12) <= 120 or " " not in line for line in lines)


def test_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert counted(1, "council") == "1 council"
    assert counted(1200, "council") == "1,200 councils"
    assert percent(1, 8) == "13%"
    assert [signed(value, 1) for value in (5.84, -0.8, 0.0, -0.04)] == ["+5.8", "−0.8", "0", "0"]
    assert by_reason([("A", "x"), ("B", "y"), ("C", "x")]) == "A and C (x); B (y)"
    assert short_number(60.0) == "60"
    assert short_number(92.5) == "92.5"
    assert day(date(2025, 3, 31)) == "31 March 2025"
    assert status_words("suppressed") == "suppressed by the publisher"
    assert status_words("some_new_status") == "some new status"


def test_days_become_fractions_of_their_own_year() -> None:
    assert decimal_year(date(2020, 1, 1)) == 2020
    assert decimal_year(date(2020, 12, 31)) < 2021
    assert decimal_year(date(2021, 7, 2)) == pytest.approx(2021.5, abs=0.002)
    assert [event.event for event in read_events()] == ["inspection_pause"]


def test_the_grid_has_one_tile_for_each_current_authority(root: Path) -> None:
    with (root / "data/raw/geography/la_code_history.csv").open(encoding="utf-8-sig", newline="") as handle:
        current = {row["dfe_code"] for row in csv.DictReader(handle) if not row["valid_to"].strip(".")}
    tiles = read_tiles()
    assert set(tiles) == current
    assert len(tiles) == 153
    assert len({(tile.row, tile.col) for tile in tiles.values()}) == len(tiles), "no two on one place"


def test_tile_names_fit_a_published_tile_on_two_lines() -> None:
    side = 856 / 16
    for tile in read_tiles().values():
        lines = wrap(tile.short_name, side - 4, 9, slack=1)
        assert len(lines) <= 2, tile
        assert max(text_width(line, 9) for line in lines) <= side - 5, tile


def test_london_stands_as_london_does() -> None:
    """Every borough west of the City is left of it, east right, and the river parts north from south."""
    tiles = read_tiles()
    city = tiles["201"]
    assert all(tiles[code].col < city.col for code in ("312", "313", "205", "213"))
    assert all(tiles[code].col > city.col for code in ("211", "316", "311"))
    assert all(tiles[code].row > city.row for code in ("208", "210", "209", "203", "306"))
    assert tiles["308"].row < min(tiles[code].row for code in ("302", "309", "320"))


def test_words_keep_their_length_whatever_font_a_reader_has() -> None:
    drawn = (
        '<text transform="translate(1,2)" font-family="sans-serif" font-size="10px" font-weight="bold">'
        '<tspan>Rates &amp; more</tspan><tspan x="0" dy="14">below</tspan></text>'
        '<text font-family="sans-serif" font-size="10px">G</text>'
    )
    pinned = for_readers(drawn)
    lengths = [float(found) for found in re.findall(r'textLength="([\d.]+)"', pinned)]
    assert lengths == [
        pytest.approx(text_width("Rates & more", 10, bold=True), abs=0.01),
        pytest.approx(text_width("below", 10, bold=True), abs=0.01),
    ], "a letter alone needs none"
    assert pinned.count("<text ") == 3
    assert 'y="14"' in pinned
    assert set(re.findall(r'font-family="([^"]*)"', pinned)) == {READERS_FONTS}
    assert re.findall(r'font-family="([^"]*)"', for_the_renderer(pinned)) == ["sans-serif"] * 3
    assert "textLength" not in for_the_renderer(pinned)
