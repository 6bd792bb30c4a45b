"""The area section of real SIF reports; skipped where the publishers' files are not here."""

from collections import Counter
from pathlib import Path

import pytest

from pipelines.reports.area_measures import PLACEMENTS, SHARE_OF
from pipelines.reports.area_section import read_area_section
from pipelines.reports.document import read_document
from pipelines.reports.grammar import find_numbers
from pipelines.reports.record import Statistic

TWINS = [
    ("000_99b5fe1992377bc0.txt", "east-sussex_2014-03-21.pdf"),
    ("001_8402ddd663b5a7a5.txt", "essex_2014-03-21.pdf"),
    ("003_e271a304314cc5af.txt", "southend-on-sea_2016-07-07.pdf"),
    ("004_b192b04e17b22324.txt", "south-gloucestershire_2017-02-13.pdf"),
]
# Every SIF report prints these; a report without one of them is read wrongly.
ALWAYS = {
    "population_0_17",
    "population_0_17_share",
    "minority_ethnic",
    "child_protection_plans",
    "looked_after",
    "eal_primary",
}
# Forms that differ from the usual one, with figures read by eye: (measure, scope, value, date).
FORMS: dict[str, list[tuple[str, str, float | None, str | None]]] = {
    "barking-and-dagenham_2014-07-07": [
        ("population_0_17", "local", 56200, None),
        ("private_fostering", "previous", 12, "2014-03-31"),
        ("private_fostering", "previous", 7, "2013-03-31"),
        ("looked_after_rate", "previous", 76, "2013-03-31"),
        ("lac_special_school", "local", 1, "2014-04-29"),
    ],
    "coventry_2014-03-21": [
        ("population_0_17_share", "local", 22, "2011"),
        ("looked_after_out_of_area", "local", 332, "2013-12-31"),
        ("lac_special_school_out_share", "local", 100, "2013-12-31"),
        ("lac_foster_out_share", "local", 51.6, "2013-12-31"),
        ("lac_parents", "local", 26, "2013-12-31"),
        ("adoptions", "local", 40, "2013-03-31"),
    ],
    "derbyshire_2014-02-11": [
        ("fsm_secondary", "england", 15.1, None),
        ("uasc", "local", None, "2013-03-31"),
        ("lac_foster", "local", 482, "2013-03-31"),
        ("ceased_hmo", "local", 13, "2013-03-31"),
    ],
    "havering_2016-12-09": [
        ("lac_residential_home_out", "local", 3, "2016-09-30"),
        ("lac_special_school_out", "local", 11, "2016-09-30"),
        ("lac_parents_out", "local", 1, "2016-09-30"),
    ],
    "london-corporation_2016-09-20": [
        ("looked_after_rate", "previous", 84, "2015-03-31"),
        ("child_protection_plans", "previous", None, "2015-03-31"),
        ("looked_after_out_of_area_share", "local", 100, "2016-07-01"),
    ],
    "newcastle-upon-tyne_2017-07-07": [
        ("lac_foster", "local", 410, "2017-04-24"),
        ("lac_residential_home_out", "local", 34, "2017-04-24"),
        ("ceased", "local", 281, None),
    ],
    "north-tyneside_2017-06-13": [
        ("lac_special_school", "local", 0, "2017-02-27"),
        ("lac_foster_out", "local", 69, "2017-02-27"),
        ("ceased_returned_share", "local", 2, None),
    ],
}

WHOLE_OF = {f"{placement}_out": placement for placement in PLACEMENTS} | {
    "looked_after_out_of_area": "looked_after",
    "ceased_returned": "ceased",
}


def statistics(path: Path) -> list[Statistic]:
    return read_area_section(read_document(path))[0]


@pytest.mark.parametrize(("text", "pdf"), TWINS)
def test_a_conversion_and_its_pdf_hold_the_same(shared: Path, text: str, pdf: str) -> None:
    read = [
        read_area_section(read_document(shared / folder)) for folder in (f"seeds/{text}", f"reports/{pdf}")
    ]
    figures = [
        Counter((r.measure, r.scope, r.value, r.unit, r.as_at, r.qualifier) for r in rows)
        for rows, _, _ in read
    ]
    inspections = [Counter((row.subject, row.date, row.grade) for row in rows) for _, rows, _ in read]
    assert figures[0] == figures[1]
    assert sum(figures[0].values()) >= 40
    assert inspections[0] == inspections[1]
    assert sum(inspections[0].values()) >= 2


@pytest.mark.parametrize("name", FORMS)
def test_unusual_forms(shared: Path, name: str) -> None:
    found = {(r.measure, r.scope, r.value, r.as_at) for r in statistics(shared / "reports" / f"{name}.pdf")}
    assert set(FORMS[name]) <= found


@pytest.mark.parametrize("name", [*FORMS, *(Path(pdf).stem for _, pdf in TWINS)])
def test_every_row_stands_on_its_quote(shared: Path, name: str) -> None:
    rows = statistics(shared / "reports" / f"{name}.pdf")
    assert {row.measure for row in rows} >= ALWAYS
    for row in rows:
        assert row.page is not None
        assert row.value in {number.value for number in find_numbers(row.quote)}, row


@pytest.mark.parametrize("name", [*FORMS, *(Path(pdf).stem for _, pdf in TWINS)])
def test_a_printed_share_fits_its_printed_count(shared: Path, name: str) -> None:
    """Counts and shares of one placement agree to rounding, or one of them was taken for another number."""
    first: dict[str, float] = {}
    for row in statistics(shared / "reports" / f"{name}.pdf"):
        if row.scope == "local" and row.value is not None:
            first.setdefault(row.measure, row.value)
    checked = 0
    for count, whole in WHOLE_OF.items():
        share = SHARE_OF[count]
        if first.get(whole) and count in first and share in first:
            assert 100 * first[count] / first[whole] == pytest.approx(first[share], abs=1.2), (count, share)
            checked += 1
    assert checked
