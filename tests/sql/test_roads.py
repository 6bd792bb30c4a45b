"""The road of a number: it names the file and place, and the words stand there."""

import random
from argparse import Namespace
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from pipelines import warehouse
from pipelines.errors import CouncilsError
from pipelines.query.found import FoundRow, areas_named, by_key, by_words
from pipelines.query.road import MOST_LINES, road, trace_command

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


def test_computed_rows_are_walked_by_their_parts(con: Any, shared: Path) -> None:
    """Answers have no printed word of their own: the walk goes through the figures and judgements behind them."""
    from pipelines.query.originals import check_row

    for table in ("relation_changes", "relation_funnel", "relation_spells"):
        found = [row for row in random_rows(con, ROWS) if row.table == table]
        checks = [check for row in found for check in check_row(con, row, shared)]
        assert len(checks) > len(found) > 20 and all(check.is_same for check in checks), table


def test_a_wrong_word_is_noticed(con: Any, shared: Path) -> None:
    """The walk can fail: a changed text, row or name of a cell does not pass."""
    from pipelines.query.originals import check_row

    row = by_words(con, "Essex", "looked_after", "2024")[0]
    assert all(c.is_same for c in check_row(con, row, shared))
    for change in ({"published_text": "1"}, {"row": row.values["row"] + 1}, {"area_name_printed": "Kent"}):
        changed = FoundRow(row.table, {**row.values, **change})
        assert not all(c.is_same for c in check_row(con, changed, shared)), change


CHARTS = sorted(path.stem for path in (Path(__file__).parents[2] / "published").glob("*.csv"))


def counted_as_drawn(point: dict[str, str], found: list[FoundRow]) -> bool:
    """Whether the point is a count or a median; then its rows, counted again, give the number that is drawn."""
    numbers = [row.values["value"] for row in found if row.values.get("value") is not None]
    inspections = {row.values.get("inspection_id") for row in found}
    if point.get("series") == "neighbours":
        assert len(numbers) == int(point["authorities_counted"])
        assert median(numbers) == pytest.approx(float(point["value"]), abs=1e-5), point
    elif "not_printed" in point:
        alone = [row for row in found if " / " not in row.values["la_code"]]
        assert sum(row.values["value"] is not None for row in alone) == int(point["numbers"]), point
        assert sum(row.values["value_status"] == "suppressed" for row in alone) == int(point["suppressed"])
    elif "reports_with_theme" in point:
        assert len(inspections) == int(point["reports_with_theme"]), point
        assert all(point["theme"] in row.values["themes"] for row in found)
    elif "other_grade" in point:
        assert len(inspections) == int(point["inspections"]) and len(found) == 2 * len(inspections), point
        grades = {(str(r.values["area"]), str(r.values["grade"])) for r in found}
        assert grades == {(point["area"], point["grade"]), (point["other_area"], point["other_grade"])}
    elif "authorities" in point:
        assert len(found) == int(point["authorities"]), point
        return False
    else:
        return False
    return True


@pytest.mark.parametrize("chart", CHARTS)
def test_points_of_a_chart_lead_to_the_rows_they_draw(con: Any, chart: str, root: Path) -> None:
    """Twenty points of every published chart: rows are found, and they hold what the point shows."""
    from pipelines.query.charted import chart_rows
    from pipelines.query.points import rows_behind

    points = chart_rows(chart)
    for point in random.Random(SEED).sample(points, min(20, len(points))):
        found = rows_behind(con, point)
        if point.get("authorities") == "0" or point.get("reports_with_theme") == "0":
            assert not found
            continue
        if point.get("grade") in ("not_inspected", "without"):
            # Authorities without an inspection, or without a grade in the area: there is no row to lead to.
            assert not found
            continue
        assert found, (chart, point)
        if counted_as_drawn(point, found):
            continue
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


def traced(**asked: Any) -> str:
    """What `councils trace` prints."""
    return trace_command(
        Namespace(
            **{"council": None, "what": None, "when": None, "table": None, "chart": None, "key": [], **asked}
        )
    )


@pytest.fixture
def named_database(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command asks the tests' database."""
    from pipelines import paths

    monkeypatch.setattr(paths, "database", lambda: database)


@pytest.mark.usefixtures("named_database")
def test_every_row_of_every_table_and_view_is_traced_by_its_own_key(con: Any) -> None:
    """As someone would type it: --table and the key of a random row of each, views and answers too; and it is that row."""
    from pipelines.query.vocabulary import about, relations

    chooser = random.Random(SEED)
    traced_tables = 0
    for table in relations(con):
        size = int(con.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
        key = about(con, table).key
        if not size or not key:
            continue
        columns = ", ".join(f'"{k}"::VARCHAR' for k in key)
        where = f"LIMIT 1 OFFSET {chooser.randrange(size)}"
        row = con.execute(f'SELECT {columns} FROM "{table}" {where}').fetchone()
        told = traced(table=table, key=[f"{k}={v}" for k, v in zip(key, row, strict=True) if v is not None])
        first = told.splitlines()[0]
        assert (first.startswith("row ") and f"  {table}: " in first) or "have this key" in first, (
            table,
            told,
        )
        assert "of this repository" not in told or "a table of the project's own" in told
        traced_tables += 1
    assert traced_tables > 50


@pytest.mark.usefixtures("named_database")
def test_computed_rows_lead_to_what_they_are_made_from(con: Any) -> None:
    """Answers, changes, spells and views: the lines name the publisher's file and the row of each part."""
    for table in ("relation_changes", "relation_funnel", "relation_neighbours", "relation_spells", "latest_judgements",
                  "inspection_history", "with_neighbours", "figures_wide", "council_year"):  # fmt: skip
        cursor = con.execute(f'SELECT * FROM "{table}" USING SAMPLE reservoir(5 ROWS) REPEATABLE ({SEED})')
        names = [c[0] for c in cursor.description]
        for values in cursor.fetchall():
            row = FoundRow(table, dict(zip(names, values, strict=True)))
            made = [text for label, text in road(con, row) if label == "made from"]
            has_value = row.values.get("value", row.values.get("rate", 1)) is not None
            assert all(" in " in text for text in made) and (made or not has_value), row
    answer = con.execute(
        "SELECT answer_id, releases FROM relation_answers SEMI JOIN relation_many USING (answer_id)"
    ).fetchone()
    told = traced(table="relation_many", key=[f"answer_id={answer[0]}"])
    assert answer[1] in told and "question" in told


@pytest.mark.usefixtures("named_database")
def test_a_key_of_many_rows_says_how_many(con: Any) -> None:
    count = con.execute("SELECT count(*) FROM judgements WHERE area = 'overall'").fetchone()[0]
    lines = traced(table="judgements", key=["area=overall"]).splitlines()
    assert (
        lines[0]
        == f"{count} rows of judgements have this key; name more of it for a road; the first {MOST_LINES}:"
    )
    assert len(lines) == MOST_LINES + 1
    point = ["panel=1", "grade=outstanding", "other_grade=good"]
    lines = traced(chart="area_grades_together", key=point).splitlines()
    assert lines[0] == f"{len(lines) - 1} rows of judgements stand behind it:"


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
