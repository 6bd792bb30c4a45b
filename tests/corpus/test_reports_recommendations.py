"""Recommendations and findings of the published reports and of the five text conversions."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pytest

from pipelines.reports.document import Document, read_document
from pipelines.reports.findings import read_findings
from pipelines.reports.packs import split_pack
from pipelines.reports.recommendations import read_items, read_recommendations
from pipelines.reports.record import Recommendation
from pipelines.reports.themes import themes_of

# Text, the same report as PDF, items for the authority and for the safeguarding board (counted by eye).
TWINS = [
    ("000_99b5fe1992377bc0.txt", "east-sussex_2014-03-21.pdf", 9, 2),
    ("001_8402ddd663b5a7a5.txt", "essex_2014-03-21.pdf", 10, 5),
    ("002_9eb7eee2664ce0bc.txt", "west-sussex_2019-05-08.pdf", 12, 0),
    ("003_e271a304314cc5af.txt", "southend-on-sea_2016-07-07.pdf", 12, 4),
    ("004_b192b04e17b22324.txt", "south-gloucestershire_2017-02-13.pdf", 22, 9),
]
# Reports that print no list, each looked at: outstanding throughout, the second says so in a paragraph.
WITHOUT_LIST = {"thurrock_2024-10-29", "north-lincolnshire_2022-11-25"}
SAMPLE_STEP = 5  # every fifth report; all of them take a quarter of a minute
_PARAGRAPH = re.compile(r"(\d{1,3})\.(?!\d)\s*\S")


@cache
def report(path: Path) -> Document:
    """The report of a file, taken out of its pack."""
    document = read_document(path)
    split = split_pack(document)
    return split[0] if split else document


def first_words(text: str, count: int = 8) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())[:count]


def sample(shared: Path, golden: Path) -> list[Path]:
    """Reports to learn from: never one that is set aside for measuring."""
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in golden.glob("*.json")]
    aside = {label["file"] for label in labels if label["set"] == "set_aside"}
    paths = [path for path in sorted((shared / "reports").glob("*.pdf")) if path.name not in aside]
    return paths[::SAMPLE_STEP]


@pytest.mark.parametrize(("text", "pdf", "authority", "board"), TWINS)
def test_every_item_of_the_text_is_found_and_is_that_of_its_pdf(
    shared: Path, text: str, pdf: str, authority: int, board: int
) -> None:
    here, problems = read_recommendations(report(shared / "seeds" / text))
    twin, twin_problems = read_recommendations(report(shared / "reports" / pdf))
    bodies = [item.body for item in here]
    assert (bodies.count("local_authority"), bodies.count("lscb")) == (authority, board)
    assert [(r.body, r.number, first_words(r.text)) for r in here] == [
        (r.body, r.number, first_words(r.text)) for r in twin
    ]
    assert problems == twin_problems == []


def test_the_five_texts_hold_85_items() -> None:
    assert sum(authority + board for _, _, authority, board in TWINS) == 85


def fingerprint(item: Recommendation) -> tuple[str, str | None, str]:
    """Body, number and the digest of the first four words, as the labelled reports keep them."""
    words = ["".join(sign for sign in word.lower() if sign.isalnum()) for word in item.text.split()[:4]]
    return item.body, item.number, hashlib.sha256(" ".join(words).encode()).hexdigest()


def test_labelled_reports_agree(root: Path, shared: Path) -> None:
    labels = [
        json.loads(p.read_text(encoding="utf-8"))
        for p in sorted((root / "tests/golden/reports").glob("*.json"))
    ]
    compared = 0
    for label in labels:
        if label["set"] != "dev":
            continue
        document = report(shared / "reports" / label["file"])
        assert document.sha256 == label["sha256"]
        read = [fingerprint(item) for item in read_recommendations(document, label["framework"])[0]]
        asked = [(r["body"], r["number"], r["first_words_sha256"]) for r in label["recommendations"]]
        assert read == asked, label["file"]
        compared += len(asked)
    assert compared > 200


def test_no_gap_no_double_no_empty_list_and_the_findings_go_on_where_a_list_ends(
    shared: Path, root: Path
) -> None:
    """Numbering runs through a SIF report, so the paragraph after a list's last number must exist."""
    faults: list[str] = []
    for path in sample(shared, root / "tests/golden/reports"):
        document = report(path)
        if not document.readable:
            continue
        items, problems = read_items(document)
        if path.stem not in WITHOUT_LIST:
            faults += [f"{path.stem}: {problem.what}" for problem in problems]
        printed = {int(found[1]) for line in document.lines if (found := _PARAGRAPH.match(line.text))}
        for body in ("local_authority", "lscb"):
            numbers = [int(item.number) for item in items if item.body == body and item.number]
            if numbers and numbers[-1] + 1 not in printed:
                faults.append(f"{path.stem}: no paragraph {numbers[-1] + 1} after the list for {body}")
            if numbers and numbers[0] > 1 and numbers[0] - 1 not in printed:
                faults.append(f"{path.stem}: no paragraph {numbers[0] - 1} before the list for {body}")
        faults += [f"{path.stem}: an empty item" for item in items if len(item.text) < 15]
    assert faults == []


def test_nearly_every_item_has_a_theme(shared: Path, root: Path) -> None:
    items = [
        item for path in sample(shared, root / "tests/golden/reports") for item in read_items(report(path))[0]
    ]
    without = [item for item in items if not themes_of(item.text)]
    assert len(without) <= 0.03 * len(items)


def test_a_known_figure_of_the_findings(shared: Path) -> None:
    """East Sussex 2014, paragraph 67 (the figure the record's contract takes as its example)."""
    document = report(shared / "reports" / "east-sussex_2014-03-21.pdf")
    asked, _ = read_recommendations(document, "sif")
    found = [f for f in read_findings(document, "sif", asked) if f.paragraph == "67"]
    assert [(f.value, f.unit, f.comparator, f.page) for f in found] == [
        (94, "percent", None, 18),
        (40, "percent", None, 18),
    ]


def test_no_figure_comes_from_a_recommendation(shared: Path) -> None:
    for text, _, _, _ in TWINS:
        document = report(shared / "seeds" / text)
        asked, _ = read_recommendations(document)
        numbers = {item.number for item in asked if item.number}
        assert numbers.isdisjoint({f.paragraph for f in read_findings(document, "sif", asked)})
