"""The road of a number: it names the file and place, and the words stand there."""

import random
from pathlib import Path
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.errors import CouncilsError
from pipelines.query.found import FoundRow, areas_named, by_key, by_words
from pipelines.query.road import road

ROWS = 1000
SEED = 9


def tables_of(con: Any) -> list[str]:
    """The curated tables that this database holds."""
    present = {
        r[0] for r in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    }
    return [t for t in warehouse.tables() if t in present]


def random_rows(con: Any, count: int) -> list[FoundRow]:
    """So many rows, some of every table, the same in every run."""
    chooser = random.Random(SEED)
    sizes = {t: int(con.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]) for t in tables_of(con)}
    share = {t: min(n, 25) for t, n in sizes.items()}
    share["area_statistics"] = max(0, count - sum(n for t, n in share.items() if t != "area_statistics"))
    found = []
    for table, wanted in share.items():
        for place in sorted(chooser.sample(range(sizes[table]), min(wanted, sizes[table]))):
            cursor = con.execute(f'SELECT * FROM "{table}" LIMIT 1 OFFSET {place}')
            names = [c[0] for c in cursor.description]
            found.append(FoundRow(table, dict(zip(names, cursor.fetchone(), strict=True))))
    return found


def test_every_table_has_a_road(con: Any) -> None:
    for row in random_rows(con, 400):
        steps = road(con, row)
        labels = [label for label, _ in steps]
        assert labels[0] == "row" and ("sha256" in labels or "from" in labels), (row.table, steps)
        assert all(text for _, text in steps), steps


def test_walked_to_the_publishers_files(con: Any, shared: Path) -> None:
    from pipelines.query.originals import check_row

    rows = random_rows(con, ROWS)
    assert len(rows) >= ROWS
    checks = [(row, check) for row in rows for check in check_row(con, row, shared)]
    wrong = [(row.table, check) for row, check in checks if not check.is_same]
    assert not wrong, wrong[:5]
    assert len(checks) > ROWS


def test_a_wrong_word_is_noticed(con: Any, shared: Path) -> None:
    """The walk can fail: a changed text, row or name of a cell does not pass."""
    from pipelines.query.originals import check_row

    row = by_words(con, "Essex", "looked_after", "2024")[0]
    assert all(c.is_same for c in check_row(con, row, shared))
    for change in ({"published_text": "1"}, {"row": row.values["row"] + 1}, {"area_name_printed": "Kent"}):
        changed = FoundRow(row.table, {**row.values, **change})
        assert not all(c.is_same for c in check_row(con, changed, shared)), change


# Charts of which a point counts rows of several tables, or a sum over authorities: it has no rows of its own.
COUNTS = {"area_grades_together", "coverage", "recommendation_themes"}
CHARTS = sorted(path.stem for path in (Path(__file__).parents[2] / "published").glob("*.csv"))


@pytest.mark.parametrize("chart", CHARTS)
def test_points_of_a_chart_lead_to_the_rows_they_draw(con: Any, chart: str, root: Path) -> None:
    """Twenty points of every published chart: rows are found, and they hold what the point shows."""
    from pipelines.query.charted import chart_rows
    from pipelines.query.points import rows_behind

    points = chart_rows(chart)
    for point in random.Random(SEED).sample(points, min(20, len(points))):
        found = rows_behind(con, point)
        if chart in COUNTS or point.get("series") == "neighbours" or point.get("authorities") == "0":
            assert not found
            continue
        if point.get("grade") in ("not_inspected", "without"):
            # Authorities without an inspection, or without a grade in the area: there is no row to lead to.
            assert not found
            continue
        assert found, (chart, point)
        if "authorities" in point:
            assert len(found) == int(point["authorities"]), point
        figures = [row.values["value"] for row in found if row.table == "area_statistics"]
        if point.get("value") and " / " not in point.get("measure", "/ ") and point.get("measure"):
            assert figures == [pytest.approx(float(point["value"]), abs=1e-5)], point
        grades = {str(row.values["grade"]) for row in found if row.table == "judgements"}
        assert grades <= {point.get(c) for c in ("grade", "grade_from", "grade_to")}, point
        for row in found[:3]:
            assert road(con, row)[0][0] == "row"


def test_trace_names_charts_and_rules(con: Any) -> None:
    """A judgement of leadership is in the chart of leadership, and not in those of the overall grade."""
    from pipelines.query.charted import chart_rows
    from pipelines.query.points import rows_behind

    point = next(p for p in chart_rows("leadership_grades") if p["la_name"] == "Essex")
    [row] = rows_behind(con, point)
    steps = road(con, row)
    drawn = [text.split()[0] for label, text in steps if label == "chart"]
    assert row.values["area"] == "leadership" and drawn == ["leadership_grades"]
    rules = [text for label, text in steps if label in ("rules passed", "")]
    assert int(rules[0]) >= len(rules) - 1 > 3


def test_words_find_rows(con: Any) -> None:
    (figure,) = by_words(con, "essex", "looked_after", "2024")
    assert figure.values["la_code"] == "881" and figure.values["is_current"]
    (judged,) = by_words(con, "881", "overall", "2023")
    assert judged.table == "judgements" and judged.values["inspection_id"].endswith("2023-08-11")
    assert areas_named(con, "England") == ["ENG"] and len(areas_named(con, "Dorset")) == 2
    labels = dict(road(con, figure))
    assert labels["file"].startswith("children-looked-after/") and len(labels["sha256"]) == 64


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("Esex", "looked_after", None), r"No area is called 'Esex'. Did you mean 'Essex'\?"),
        (
            ("Essex", "looked_aftr", None),
            r"'looked_aftr' is no measure and no judged area. Did you mean 'looked_after'",
        ),
        (("Essex", "looked_after", "1805"), r"Essex has looked_after for .*; there is none for '1805'"),
        (
            ("Essex", "overall", "1805"),
            r"Essex was judged for overall in reports of .*; there is none of '1805'",
        ),
    ],
)
def test_words_that_find_nothing_say_what_there_is(
    con: Any, words: tuple[str, str, str | None], sentence: str
) -> None:
    with pytest.raises(CouncilsError, match=sentence):
        by_words(con, *words)


def test_key_that_finds_nothing(con: Any) -> None:
    with pytest.raises(CouncilsError, match=r"There is no column 'code' in authorities"):
        by_key(con, "authorities", ["code=881"])
    with pytest.raises(CouncilsError, match="No row of authorities has la_code=000"):
        by_key(con, "authorities", ["la_code=000"])
