"""The tables that say what is read: complete, without dead rows, and true of the files where they are here."""

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import corrections, paths
from pipelines.errors import CouncilsError
from pipelines.registry import load_yaml, measures, sources
from pipelines.sources import difference, printed_cells
from pipelines.sources.opening import check_bytes, decode, load_delimited

PACKAGE = paths.package()
STATISTICS = [s for s in sources().values() if s.kind == "statistics"]
ISSUE_MEASURES = [
    "looked_after",
    "looked_after_rate",
    "started",
    "ceased",
    "adoptions",
    "sgo",
    "uasc",
    "placed_outside_la",
    "placements_3plus",
    "placements_3plus_pct",
    "placement_stability_2_years_pct",
    "child_protection_plans",
    "child_protection_plans_rate",
    "child_protection_plans_started",
    "repeat_child_protection_plan_pct",
    "children_in_need",
    "children_in_need_rate",
    "referrals",
    "rereferral_pct",
    "population_0_17",
    "care_leavers_19_21_eet_pct",
    "care_leavers_19_21_suitable_pct",
    "social_worker_turnover",
    "agency_rate",
    "vacancy_rate",
    "caseload",
    "imd_2019_average_score",
    "spend_looked_after",
    "spend_childrens_social_care",
    "section_47_enquiries",
    "initial_conferences",
]


def table(folder: str, source_id: str) -> list[dict[str, str]]:
    path = PACKAGE / "sources" / folder / f"{source_id}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("measure", ISSUE_MEASURES)
def test_every_measure_promised_is_declared_and_has_numbers_of_authorities(
    statistics: duckdb.DuckDBPyConnection, measure: str
) -> None:
    assert measures()[measure]["role"] == "measure"
    found = statistics.execute(
        "SELECT count(value) FROM area_statistics WHERE measure = ? AND geographic_level = 'Local authority' "
        "AND is_current",
        [measure],
    ).fetchone()
    assert found is not None
    assert found[0] >= 150


def test_every_measure_says_all_it_must() -> None:
    kinds = {"count", "amount", "rate", "percentage", "mean", "score", "money"}
    for name, entry in measures().items():
        required = {"measure", "title", "role", "kind", "unit", "polarity", "decimals", "as_at", "definition"}
        assert required <= set(entry), name
        assert entry["kind"] in kinds
        assert entry["polarity"] in {"high", "low", "none"}
        parts = [
            entry.get("numerator"),
            entry.get("denominator"),
            *(p.lstrip("-") for p in entry.get("sum_of", [])),
        ]
        assert all(part in measures() for part in parts if part), name
        assert entry["kind"] != "rate" or entry["polarity"] == "none", (
            f"{name}: no rate of need is good or bad"
        )


def test_every_measure_declared_is_read_or_made(statistics: duckdb.DuckDBPyConnection) -> None:
    made = {r[0] for r in statistics.execute("SELECT DISTINCT measure FROM area_statistics").fetchall()}
    assert set(measures()) <= made


def test_every_publisher_s_file_is_read_or_said_not_to_be(shared: Path) -> None:
    entries: list[dict[str, Any]] = load_yaml(PACKAGE / "sources.yml")
    read = {file["path"] for entry in entries for file in entry.get("files") or []}
    left = {file["path"]: file for entry in entries for file in entry.get("not_extracted") or []}
    with (shared / "statistics" / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as handle:
        manifest = {row["path"] for row in csv.DictReader(handle)}
    assert manifest == (read | set(left)) & manifest
    assert not read & set(left)
    for path, file in left.items():
        assert file["reason"]
        if path.endswith(".csv"):
            with duckdb.connect() as con:
                load_delimited(con, shared / "statistics" / path, "printed")
                found = con.execute("SELECT count(*) FROM printed").fetchone()
            assert found == (file["rows"],)


@pytest.mark.parametrize("source", STATISTICS, ids=lambda s: s.source_id)
def test_no_row_of_a_table_is_of_a_file_no_longer_read(source: Any) -> None:
    read = {file.path for file in source.files}
    for folder in ("columns", "cells", "sheets"):
        assert {row["file"] for row in table(folder, source.source_id)} <= read
        rows = [tuple(row.values()) for row in table(folder, source.source_id)]
        assert len(rows) == len(set(rows))


@pytest.mark.parametrize("source", STATISTICS, ids=lambda s: s.source_id)
def test_every_header_declared_stands_in_its_file(source: Any, shared: Path) -> None:
    for file in source.files:
        if file.reader != "printed_cells":
            continue
        path = shared / "statistics" / file.path
        first = decode(path, check_bytes(path, "CSV"), file.options.get("encoding", "utf-8")).splitlines()[0]
        header = next(csv.reader([first]))
        declared = {row["header"] for row in table("columns", source.source_id) if row["file"] == file.path}
        assert declared == set(header), file.path


@pytest.mark.parametrize("source", STATISTICS, ids=lambda s: s.source_id)
def test_what_is_left_out_of_a_file_is_counted(source: Any, shared: Path) -> None:
    for file in source.files:
        if file.reader != "printed_cells":
            continue
        with duckdb.connect() as con:
            printed_cells.extract(con, shared / "statistics" / file.path, file, "cells")
            left = con.execute(
                "SELECT count(*) FROM printed WHERE row NOT IN (SELECT row FROM cells)"
            ).fetchone()
        assert left == (file.options.get("left_out_rows", 0),), file.path


def test_every_value_declared_is_used_and_every_use_is_known() -> None:
    for source in STATISTICS:
        columns = table("columns", source.source_id)
        assert {row["use"] for row in columns} <= printed_cells.USES
        values = {(row["file"], row["header"]) for row in columns if row["use"] == "value"}
        assert values == {(row["file"], row["column"]) for row in table("cells", source.source_id)}


def test_every_name_of_dfe_s_tool_is_in_plain_characters_and_once() -> None:
    with (PACKAGE / "sources" / "lait_measures.csv").open(encoding="utf-8", newline="") as handle:
        names = {row["short_name"]: row["measure"] for row in csv.DictReader(handle)}
    assert len(names) == len(set(names.values())) == 434
    for measure in names.values():
        assert measure in measures() or (
            measure.startswith("lait_") and measure == measure.lower() and measure.replace("_", "").isalnum()
        )


def test_every_correction_is_evidenced_and_its_header_or_name_still_stands() -> None:
    for correction in corrections.corrections():
        entry = correction.entry
        assert all(entry[field] for field in ("what", "why", "evidence")), entry["id"]
        if entry["field"] == "header":
            declared = {
                row["header"] for row in table("columns", entry["source"]) if row["file"] == entry["file"]
            }
            named = {h for h in declared if h.startswith(entry["expected"])}
            assert entry["expected"] in named, entry["id"]
        if entry["field"] == "file_name":
            assert Path(entry["file"]).name == entry["expected"]


def test_a_correction_fails_when_the_publisher_repaired_the_file(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for correction in corrections.corrections():
        if correction.entry["field"] in {"value_status", "geographic_level", "code", "time_period"}:
            suffix = ".parquet" if correction.file.options.get("parquet") else ".csv"
            target = raw / f"{correction.file.file_id}{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((paths.raw() / f"{correction.file.file_id}{suffix}").read_bytes())
    with duckdb.connect() as con:
        corrections.check_corrections(con, raw)
        repaired = raw / "children_looked_after" / "2015" / "SFR34_CLA2015.csv"
        text = repaired.read_text(encoding="utf-8")
        repaired.write_text(text.replace("CLA_UASC,,2030", "CLA_UASC,,2630"), encoding="utf-8", newline="")
        with pytest.raises(CouncilsError) as raised:
            corrections.check_corrections(con, raw)
    assert str(raised.value) == (
        "corrections.yml, uasc_2015_aggregates: children-looked-after/2015/SFR34_CLA2015.csv, row 2 prints '2630'; "
        "'2030' was expected. If the publisher repaired the file, take the correction out; if rows moved, correct their "
        "numbers."
    )


def test_what_a_new_release_changes_is_told_in_words(tmp_path: Path) -> None:
    publication = next(s for s in STATISTICS if s.source_id == "children_in_need")
    old, new = (next(f for f in publication.files if f.path.endswith(f"b1_children_in_need_2013_to_{y}.csv")) for y in (2024, 2025))  # fmt: skip
    columns = "row, geographic_level, area_code, new_la_code, area_name, time_period, measure, published_text"
    before = """(1, 'National', '', '', '', '2024', 'children_in_need', '100'),
        (2, 'Local authority', '841', '', 'Darlington', '2024', 'children_in_need', '10'),
        (3, 'Local authority', '840', '', 'Durham', '2024', 'children_in_need', 'c'),
        (4, 'Local authority', '909', '', 'Cumbria', '2023', 'children_in_need', '7')"""
    after = """(1, 'National', '', '', '', '2024', 'children_in_need', '103'),
        (2, 'Local authority', '841', '', 'Darlington', '2024', 'children_in_need', 'c'),
        (3, 'Local authority', '840', '', 'Durham', '2024', 'children_in_need', '5'),
        (4, 'Local authority', '942', '', 'Cumberland', '2025', 'children_in_need', '7')"""
    table_before = tmp_path / f"{old.file_id}.parquet"
    table_before.parent.mkdir(parents=True)
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT * FROM (VALUES {before}) AS t({columns})) TO '{table_before}' (FORMAT parquet)"
        )
        con.execute(f"CREATE TABLE extracted AS SELECT * FROM (VALUES {after}) AS t({columns})")
        found = difference.difference(con, tmp_path, publication, new, "extracted")
    assert found is not None
    assert list(found.lines()) == [
        "b1_children_in_need_2013_to_2025.csv (release 2025):",
        "  children_in_need: 1 values revised, by 3 in the middle and 3 at most; 1 numbers where a symbol was; "
        "1 symbols where a number was; period gained: 2025; period lost: 2023; area gained: 942; area lost: 909",
    ]
    kept = difference.keep(tmp_path, found)
    assert "revised,children_in_need,National,ENG,2024,2024,100,103,3.0" in kept.read_text(encoding="utf-8")


def test_years_that_follow_each_other_are_told_as_a_range() -> None:
    assert difference.in_ranges(["1994", "1995", "1996", "2020", "2022-23"]) == "1994 to 1996, 2020, 2022-23"


def test_every_rounding_is_of_a_kind_and_publication_that_are_there() -> None:
    with (PACKAGE / "rounding.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["source_id"] for row in rows} <= {s.source_id for s in STATISTICS}
    assert {row["kind"] for row in rows} <= {entry["kind"] for entry in measures().values()}
    assert json.dumps(rows).count('"rounded_to": "0"') == 0
