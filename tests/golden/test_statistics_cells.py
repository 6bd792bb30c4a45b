"""Two hundred cells read from the publishers' files by hand come out of the database as they were read.

`statistics_cells.csv` was made without this project's readers: by Python's csv module and calamine alone, from every
file, with a seeded choice that keeps symbols and the authorities that reorganisations make awkward.
"""

import csv
from pathlib import Path

import duckdb
import pytest

CELLS = Path(__file__).with_name("statistics_cells.csv")
with CELLS.open(encoding="utf-8", newline="") as handle:
    GOLDEN = list(csv.DictReader(handle))


def test_there_are_two_hundred_of_every_kind() -> None:
    assert len(GOLDEN) == 200
    assert len({cell["file"] for cell in GOLDEN}) >= 75
    assert {cell["value_status"] for cell in GOLDEN} == {
        "number",
        "suppressed",
        "not_applicable",
        "not_available",
        "not_stated",
        "low_reliability",
        "rounds_to_zero",
        "publisher_error",
    }


@pytest.mark.parametrize(
    "cell", GOLDEN, ids=[f"{c['file'].rsplit('/', 1)[-1]} row {c['row']} {c['measure']}" for c in GOLDEN]
)
def test_a_cell_read_by_hand(statistics: duckdb.DuckDBPyConnection, cell: dict[str, str]) -> None:
    found = statistics.execute(
        """SELECT figures.published_text, figures.la_code, figures.time_period, figures.value, figures.value_status
        FROM area_statistics AS figures
        INNER JOIN source_files USING (file_id)
        WHERE source_files.path = $file AND figures.row = $row AND figures.measure = $measure
            AND figures."column" = $column AND figures.time_period = $time_period
            AND (figures.sheet IS NULL OR figures.sheet = $label)""",
        {k: cell[k] for k in ("file", "measure", "column", "label")}
        | {"row": int(cell["row"]), "time_period": int(cell["time_period"])},
    ).fetchall()
    value = float(cell["value"]) if cell["value"] else None
    assert found == [(cell["text"], cell["la_code"], int(cell["time_period"]), value, cell["value_status"])]
