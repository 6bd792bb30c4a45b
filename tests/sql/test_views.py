"""Views that are written for speed give what a slow reading of the tables gives."""

from typing import Any


def test_the_panel_has_every_year_of_the_figures(con: Any) -> None:
    """Its years are written out by the build; none is missing and none is there without a figure."""
    years = "SELECT DISTINCT time_period FROM {} ORDER BY ALL"
    assert (
        con.execute(years.format("council_year")).fetchall()
        == con.execute(years.format("figures_wide")).fetchall()
    )


def test_the_panel_and_the_wide_figures_agree(con: Any) -> None:
    """Every measure of every council and year, where the council existed on 31 March."""
    measures = [str(r[0]) for r in con.execute("SELECT unnest(enum_range(NULL::measure_name))").fetchall()]
    chosen = ", ".join(["la_code", "time_period", *(f'"{m}"' for m in measures)])
    panel = f"SELECT {chosen} FROM council_year"
    wide = f"SELECT {chosen} FROM figures_wide SEMI JOIN council_year USING (la_code, time_period)"
    assert con.execute(f"{wide} EXCEPT ALL {panel}").fetchall() == []
    # What the panel has and the other has not are councils without a figure that year.
    empty = " AND ".join(f'"{m}" IS NULL' for m in measures)
    more = con.execute(
        f"SELECT count(*), count(*) FILTER ({empty}) FROM ({panel} EXCEPT ALL {wide})"
    ).fetchone()
    assert more is not None and more[0] == more[1]


def test_the_neighbours_median_is_that_of_its_neighbours(con: Any) -> None:
    """One council, figure by figure: its neighbours by the macro, their numbers in Python."""
    from statistics import median

    council = "383"
    neighbours = {r[0] for r in con.execute(f"SELECT la_code FROM neighbours_of('{council}')").fetchall()}
    numbers: dict[tuple[str, int], list[float]] = {}
    for la_code, measure, year, value in con.execute(
        "SELECT la_code, measure, time_period, value FROM area_statistics "
        "WHERE geographic_level = 'Local authority' AND source_kind = 'statistics' AND is_current"
    ).fetchall():
        if la_code in neighbours:
            cell = numbers.setdefault((measure, year), [])
            if value is not None:
                cell.append(value)
    shown = con.execute(
        "SELECT measure, time_period, neighbours_median, neighbours_min, neighbours_max, neighbours_counted "
        f"FROM with_neighbours WHERE la_code = '{council}'"
    ).fetchall()
    assert len(shown) > 1000
    for measure, year, middle, least, most, counted in shown:
        values = numbers.get((measure, year))
        assert counted == (None if values is None else len(values))
        if values:
            assert abs(middle - median(values)) < 1e-9 * max(1, abs(middle))
            assert (least, most) == (min(values), max(values))
        else:
            assert (middle, least, most) == (None, None, None)
