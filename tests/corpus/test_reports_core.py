"""The reader's grades, dates and authorities on the published reports, against Ofsted's own lists.

The reports and lists are not in the repository; these tests skip where they are missing. Reports that are set aside
for the final measurement (`"set": "set_aside"` in their label) are left out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.reports.authority import AuthorityIndex, read_authorities
from pipelines.reports.read import read_report
from pipelines.reports.record import Record
from pipelines.reports.stream import read_many

TWINS = {
    "000_99b5fe1992377bc0.txt": "east-sussex_2014-03-21.pdf",
    "001_8402ddd663b5a7a5.txt": "essex_2014-03-21.pdf",
    "002_9eb7eee2664ce0bc.txt": "west-sussex_2019-05-08.pdf",
    "003_e271a304314cc5af.txt": "southend-on-sea_2016-07-07.pdf",
    "004_b192b04e17b22324.txt": "south-gloucestershire_2017-02-13.pdf",
}
SIF_AREAS = (
    "overall",
    "help_and_protection",
    "looked_after_and_permanence",
    "adoption",
    "care_leavers",
    "leadership",
)
ILACS_AREAS = ("overall", "leadership", "help_and_protection", "care", "care_leavers")
# Ofsted's list writes today's words for the older scale, and a dash where nothing was judged.
LIST_WORDS: dict[str, set[str | None]] = {
    "outstanding": {"outstanding"},
    "good": {"good"},
    "requires improvement to be good": {"requires_improvement", "adequate"},
    "inadequate": {"inadequate"},
    "-": {"not_judged"},
    "": {None},
}
# Where list and report differ and the report's own page settles it: file, field, and what each says.
EXPLAINED = {
    (
        "slough_2016-02-17.pdf",
        "framework",
    ),  # listed as a re-inspection; title and board review are a first one's
    ("west-berkshire_2015-05-18.pdf", "published"),  # the report prints 13 May, the list has 18 May
}


# A floor under the number of comparisons, so that a list that is no longer matched is noticed.
LEAST_COMPARED = {"2023": 1_400, "2024": 1_400, "2025": 1_100}


@dataclass(frozen=True)
class Listed:
    """One inspection of one of Ofsted's lists."""

    source: str
    la_code: str
    framework: str
    begun: str | None
    published: str | None
    grades: dict[str, str]


@pytest.fixture(scope="session")
def authority_index(shared: Path) -> AuthorityIndex:
    return read_authorities(shared / "statistics" / "la_code_history.csv")


@pytest.fixture(scope="session")
def records(shared: Path, root: Path) -> dict[str, Record]:
    aside = {label["file"] for label in labels(root) if label["set"] == "set_aside"}
    paths = sorted(path for path in (shared / "reports").glob("*.pdf") if path.name not in aside)
    table = shared / "statistics" / "la_code_history.csv"
    return {record.file: record for record in read_many(paths, authorities=table)}


def test_every_file_has_a_record_and_only_the_web_pages_are_unread(records: dict[str, Record]) -> None:
    unread = {name for name, record in records.items() if record.kind != "inspection_report"}
    assert unread == {f"{name}.pdf" for name in WEB_PAGES}
    assert all(records[name].kind == "unreadable" for name in unread)
    assert all("web page" in records[name].problems[0].what for name in unread)


WEB_PAGES = ("birmingham_2012-10-19", "blackpool_2012-07-13", "bromley_2012-08-17", "rotherham_2012-08-10")


def test_every_report_has_its_dates_authority_and_grades(records: dict[str, Record]) -> None:
    for record in read(records):
        assert record.inspection_start and record.inspection_end, record.file
        assert record.inspection_start <= record.inspection_end, record.file
        assert record.la_code and record.new_la_code, record.file
        listed = record.file.rsplit("_", 1)[1].removesuffix(".pdf")
        assert record.inspection_end < listed, record.file
        assert not [problem for problem in record.problems if problem.what.startswith("No grade")], (
            record.file
        )
        assert len(record.judgements) in (1, 4, 5, 6, 7), record.file
        assert all(one.page and one.quote for one in record.judgements), record.file


def test_inspections_since_27_april_2026_have_no_overall_grade(records: dict[str, Record]) -> None:
    late = [record for record in read(records) if (record.inspection_start or "") >= "2026-04-27"]
    assert len(late) >= 7
    for record in late:
        assert {one.area for one in record.judgements} == set(ILACS_AREAS[1:]), record.file


@pytest.mark.parametrize("source", ["2023", "2024", "2025"])
def test_grades_dates_and_frameworks_agree_with_ofsteds_list(
    shared: Path, records: dict[str, Record], authority_index: AuthorityIndex, source: str
) -> None:
    checked, differences = 0, []
    for listed in LISTS[source](shared, authority_index):
        for record in read(records):
            if not same(record, listed):
                continue
            found = {one.area: one.grade for one in record.judgements}
            found.setdefault("care", found.get("care_and_care_leavers", ""))
            for area, printed in listed.grades.items():
                checked += 1
                if (found.get(area) or None) not in LIST_WORDS[printed.strip().lower()]:
                    differences.append((record.file, area, found.get(area), printed))
            for field, value in (("framework", listed.framework), ("published", listed.published)):
                ours = getattr(record, field)
                if ours and value and ours != value and (record.file, field) not in EXPLAINED:
                    differences.append((record.file, field, ours, value))
    print(f"{source}: {checked} grades compared, {len(differences)} differ")
    assert differences == []
    assert checked > LEAST_COMPARED[source]


@pytest.mark.parametrize("seed", sorted(TWINS))
def test_a_conversion_gives_the_record_of_its_twin(
    shared: Path, authority_index: AuthorityIndex, seed: str
) -> None:
    text = read_report(shared / "seeds" / seed, authorities=authority_index)
    twin = read_report(shared / "reports" / TWINS[seed], authorities=authority_index)
    fields = "framework ilacs_type authority la_code inspection_start inspection_end published lead_inspector"
    for field in fields.split():
        assert getattr(text, field) == getattr(twin, field), field
    assert {(one.area, one.grade) for one in text.judgements} == {
        (one.area, one.grade) for one in twin.judgements
    }
    assert text.kind == ("inspection_report" if seed[:3] in ("001", "004") else "council_pack")


@pytest.mark.parametrize(
    ("file", "area", "grade"),
    [
        ("st-helens_2023-09-04.pdf", "help_and_protection", "requires_improvement"),
        ("st-helens_2023-09-04.pdf", "care_leavers", "outstanding"),
        ("oxfordshire_2018-05-22.pdf", "care_and_care_leavers", "good"),
        ("nottingham_2022-09-05.pdf", "care_leavers", None),
    ],
)
def test_grades_that_other_readers_are_known_to_miss(
    records: dict[str, Record], file: str, area: str, grade: str | None
) -> None:
    found = {one.area: one.grade for one in records[file].judgements}
    assert found.get(area) == grade


def test_labelled_reports_are_read_as_labelled(root: Path, records: dict[str, Record]) -> None:
    """The labels that may be used while the reader is changed; a report's file must be the one that was labelled."""
    compared = 0
    for label in labels(root):
        if label["set"] == "set_aside":
            continue
        record = records[label["file"]]
        assert record.sha256 == label["sha256"], record.file
        for field in LABELLED:
            assert getattr(record, field) == label[field], (record.file, field)
        ours = {(one.area, one.grade, one.page) for one in record.judgements}
        theirs = {(one["area"], one["grade"], one["page"]) for one in label["judgements"]}
        assert ours == theirs, record.file
        compared += len(theirs)
    assert compared > 100


LABELLED = ("kind", "framework", "ilacs_type", "authority", "inspection_start", "inspection_end", "published")


def labels(root: Path) -> list[dict[str, Any]]:
    paths = sorted((root / "tests" / "golden" / "reports").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def read(records: dict[str, Record]) -> list[Record]:
    return [record for record in records.values() if record.kind == "inspection_report"]


def same(record: Record, listed: Listed) -> bool:
    """One authority and one day: of the inspection's beginning, of its publication, or of the folder's list."""
    if record.la_code != listed.la_code or record.framework is None:
        return False
    if (record.framework == "ilacs") != (listed.framework == "ilacs"):
        return False
    if listed.begun:
        return record.inspection_start == listed.begun
    on_file = re.search(r"\d{4}-\d\d-\d\d", record.file)
    return listed.published in (record.published, on_file.group() if on_file else None)


def sheet(path: Path, name: str) -> list[list[Any]]:
    import python_calamine

    rows: list[list[Any]] = (
        python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    )
    return rows


def day(value: Any) -> str | None:
    return value.date().isoformat() if isinstance(value, datetime) else None


def code(index: AuthorityIndex, name: str) -> str:
    found = index.find(name)
    return found[0].la_code if found else ""


def list_2025(shared: Path, index: AuthorityIndex) -> Iterator[Listed]:
    path = next((shared / "statistics" / "ofsted-la-inspection-outcomes" / "2025").glob("*.ods"))
    for row in sheet(path, "ILACS_inspection_history"):
        if len(row) > 12 and day(row[5]):
            yield Listed(
                "2025",
                code(index, row[2]),
                "ilacs",
                day(row[5]),
                None,
                dict(zip(ILACS_AREAS, row[8:13], strict=True)),
            )


def list_2024(shared: Path, index: AuthorityIndex) -> Iterator[Listed]:
    path = next((shared / "statistics" / "ofsted-la-inspection-outcomes" / "2024").glob("*.ods"))
    for row in sheet(path, "ILACS_inspections_2018-2024"):
        for first in (3, 10):
            if len(row) > 16 and day(row[first]):
                grades = dict(zip(ILACS_AREAS, row[first + 2 : first + 7], strict=True))
                yield Listed("2024", code(index, row[1]), "ilacs", None, day(row[first]), grades)
    for row in sheet(path, "Inspections_31_March_2024"):
        if len(row) > 8 and day(row[3]):
            yield Listed(
                "2024",
                code(index, row[1]),
                "ilacs",
                day(row[3]),
                None,
                dict(zip(ILACS_AREAS, row[4:9], strict=True)),
            )


def list_2023(shared: Path, index: AuthorityIndex) -> Iterator[Listed]:
    path = next((shared / "statistics" / "ofsted-childrens-social-care-in-england" / "2023").glob("*.ods"))
    for row in sheet(path, "LA_inspections_2009-2023"):
        if len(row) < 45:
            continue
        la_code = code(index, str(row[1]))
        if day(row[15]):
            yield Listed("2023", la_code, "looked_after_2013", None, day(row[15]), {"overall": row[16]})
        if day(row[17]):
            grades = dict(zip((*SIF_AREAS, "lscb"), row[18:25], strict=True))
            yield Listed("2023", la_code, "sif", None, day(row[17]), grades)
        if day(row[25]):
            yield Listed(
                "2023",
                la_code,
                "sif_reinspection",
                None,
                day(row[25]),
                dict(zip(SIF_AREAS, row[26:32], strict=True)),
            )
    for row in sheet(path, "LA_level_at_31_Mar_2023"):
        if len(row) > 8 and day(row[3]):
            yield Listed(
                "2023",
                code(index, row[1]),
                "ilacs",
                day(row[3]),
                None,
                dict(zip(ILACS_AREAS, row[4:9], strict=True)),
            )


LISTS = {"2023": list_2023, "2024": list_2024, "2025": list_2025}
