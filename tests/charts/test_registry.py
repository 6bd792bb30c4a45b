"""The list of charts: complete, in agreement with its SQL, and cheap to read."""

import re
import subprocess
import sys

import pytest

from pipelines.charts.registry import CHARTS, ChartSpec, find_charts
from pipelines.charts.rows import SQL_FOLDER
from pipelines.errors import CouncilsError
from pipelines.warehouse import tables

SPECS = pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.id)


def test_listing_charts_imports_no_heavy_library() -> None:
    heavy = "altair, pandas, vl_convert, duckdb, numpy"
    code = (
        "import sys, pipelines.charts.registry as r; r.CHARTS; "
        f"print([name for name in '{heavy}'.split(', ') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ids_are_unique_file_names() -> None:
    ids = [spec.id for spec in CHARTS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in ids)


@SPECS
def test_the_parameters_declared_are_those_of_the_sql(spec: ChartSpec) -> None:
    text = (SQL_FOLDER / spec.sql).read_text(encoding="utf-8")
    statement = "\n".join(line.split("--")[0] for line in text.splitlines())
    assert set(re.findall(r"\$([a-z_]+)", statement)) == set(spec.parameters)


@SPECS
def test_the_tables_declared_are_those_the_sql_reads(spec: ChartSpec) -> None:
    """Directly, or through a macro or a view: a table left out would leave a chart stale after a change."""
    assert set(spec.tables) == _tables_read((SQL_FOLDER / spec.sql).read_text(encoding="utf-8"), set())


def _tables_read(text: str, seen: set[str]) -> set[str]:
    """The curated tables that an SQL text names, and those of the macros and views it uses."""
    statement = "\n".join(line.split("--")[0] for line in text.splitlines() if "COMMENT ON" not in line)
    own = set(re.findall(r"^(?:WITH )?([a-z_]+) AS (?:MATERIALIZED )?\(", statement, re.MULTILINE))
    named = set(re.findall(r"(?:FROM|JOIN)\s+([a-z_]+)", statement)) - own
    found = named & set(tables())
    used = set(re.findall(r"\b([a-z_]+)\(", statement)) | (named - found)
    for folder in ("macros", "views"):
        for name in sorted(used - seen):
            path = SQL_FOLDER.parent / folder / f"{name}.sql"
            if path.exists():
                seen.add(name)
                found |= _tables_read(path.read_text(encoding="utf-8"), seen)
    return found


@SPECS
def test_the_family_tells_and_draws(spec: ChartSpec) -> None:
    family = spec.load_family()
    assert callable(family.tell)
    assert callable(family.draw)
    assert spec.question.endswith("?")


def test_an_unknown_chart_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        CouncilsError, match=r"There is no chart 'grade_profil'. Did you mean 'grade_profile'?"
    ):
        find_charts(["grade_profil"])


def test_charts_come_in_the_order_asked_for_and_once() -> None:
    found = find_charts(["latest_grades", "grade_profile", "latest_grades"])
    assert [spec.id for spec in found] == ["latest_grades", "grade_profile"]
