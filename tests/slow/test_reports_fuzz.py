"""Damaged reports for ten minutes: the reader never raises, and never gives another grade in silence.

COUNCILS_FUZZ_SECONDS and COUNCILS_FUZZ_SEED set the length and the beginning; both are printed with the counts.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.reports.authority import authority_index, authority_table
from pipelines.reports.document import Document, Line, read_document
from pipelines.reports.read import record_of
from pipelines.reports.record import Record
from pipelines.reports.stream import read_many

SECONDS = float(os.environ.get("COUNCILS_FUZZ_SECONDS", "600"))
SEED = int(os.environ.get("COUNCILS_FUZZ_SEED", "20260818"))
TEXT_SHARE = 0.5  # of the time for damage to the text; the rest for damage to files
SHOWN = 40

Damage = Callable[[random.Random, list[Line]], list[Line]]
Case = tuple[str, str, Record, Record]


def _characters(chance: random.Random, lines: list[Line], change: Callable[[str], str]) -> list[Line]:
    """Some characters of some lines changed, the first pages more often: that is where the grades stand."""
    damaged = list(lines)
    reach = chance.choice([60, 200, len(lines)])
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(min(reach, len(lines)))
        text = damaged[at].text
        if text:
            place = chance.randrange(len(text))
            damaged[at] = replace(damaged[at], text=text[:place] + change(text[place]) + text[place + 1 :])
    return damaged


def drop_characters(chance: random.Random, lines: list[Line]) -> list[Line]:
    return _characters(chance, lines, lambda _: "")


def double_characters(chance: random.Random, lines: list[Line]) -> list[Line]:
    return _characters(chance, lines, lambda c: c + c)


def change_characters(chance: random.Random, lines: list[Line]) -> list[Line]:
    return _characters(chance, lines, lambda _: chance.choice("aeinot 0179.,•–\t"))


def drop_lines(chance: random.Random, lines: list[Line]) -> list[Line]:
    gone = {chance.randrange(min(len(lines), 80)) for _ in range(chance.randint(1, 4))}
    return [line for at, line in enumerate(lines) if at not in gone]


def double_lines(chance: random.Random, lines: list[Line]) -> list[Line]:
    at = chance.randrange(min(len(lines), 80))
    return [*lines[: at + 1], *lines[at:]]


def swap_lines(chance: random.Random, lines: list[Line]) -> list[Line]:
    at = chance.randrange(max(1, min(len(lines), 80) - 1))
    return [*lines[:at], *reversed(lines[at : at + 2]), *lines[at + 2 :]]


def drop_pages(chance: random.Random, lines: list[Line]) -> list[Line]:
    pages = sorted({line.page for line in lines if line.page is not None})
    gone = set(chance.sample(pages, k=min(len(pages), chance.randint(1, 3))))
    return [line for line in lines if line.page not in gone]


def shuffle_pages(chance: random.Random, lines: list[Line]) -> list[Line]:
    pages = sorted({line.page for line in lines if line.page is not None})
    chance.shuffle(pages)
    place = {page: at for at, page in enumerate(pages, start=1)}
    moved = [replace(line, page=place[line.page]) for line in lines if line.page is not None]
    return sorted(moved, key=lambda line: line.page or 0)


DAMAGES: tuple[Damage, ...] = (
    drop_characters,
    double_characters,
    change_characters,
    drop_lines,
    double_lines,
    swap_lines,
    drop_pages,
    shuffle_pages,
)


def flip_bytes(chance: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 100])):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_short(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def leave_out_bytes(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice([1, 16, 4096]) :]


FILE_DAMAGES = (flip_bytes, cut_short, leave_out_bytes)


def outcome(before: Record, after: Record) -> str:
    """same; fewer grades, with a problem noted or not; other grades, with a problem noted or in silence."""
    was = {j.area: j.grade for j in before.judgements}
    now = {j.area: j.grade for j in after.judgements}
    if was == now:
        return "same"
    known = {problem.what for problem in before.problems}
    is_noted = any(problem.what not in known for problem in after.problems)
    if all(was.get(area) == grade for area, grade in now.items()):
        return "fewer, noted" if is_noted else "fewer"
    return "noted" if is_noted else "silent"


@pytest.fixture(scope="module")
def reports(shared: Path, root: Path) -> list[Path]:
    """Reports and packs to damage: none of those set aside, since what goes wrong is printed."""
    labels = [
        json.loads(p.read_text(encoding="utf-8")) for p in (root / "tests/golden/reports").glob("*.json")
    ]
    aside = {label["file"] for label in labels if label["set"] == "set_aside"}
    found = [*sorted((shared / "reports").glob("*.pdf")), *sorted((shared / "seeds").glob("*.txt"))]
    return [path for path in found if path.name not in aside]


def damaged_texts(reports: list[Path], seconds: float) -> Iterator[Case]:
    """Records of damaged text, with the undamaged one."""
    chance = random.Random(SEED)
    index = authority_index(authority_table())
    whole: dict[Path, tuple[Document, Record]] = {}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        path = chance.choice(reports)
        if path not in whole:
            document = read_document(path)
            whole[path] = (document, record_of(document, index))
        document, before = whole[path]
        if not document.lines:
            continue
        damage = chance.choice(DAMAGES)
        lines = damage(chance, document.lines)
        after = record_of(replace(document, lines=lines, problems=list(document.problems)), index)
        yield damage.__name__, path.name, before, after


def damaged_files(reports: list[Path], folder: Path, seconds: float) -> Iterator[Case]:
    """Records of damaged files, read as `councils read` reads them."""
    chance = random.Random(SEED + 1)
    end = time.monotonic() + seconds

    def broken() -> Iterator[Path]:
        number = 0
        while time.monotonic() < end:
            path = chance.choice(reports)
            damage = chance.choice(FILE_DAMAGES)
            target = folder / f"{number % 8}" / path.name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(damage(chance, path.read_bytes()))
            made.append((damage.__name__, path))
            number += 1
            yield target
            yield path

    made: list[tuple[str, Path]] = []
    records = read_many(broken())
    for number, (after, before) in enumerate(zip(records, records, strict=False)):
        name, path = made[number]
        yield name, path.name, before, after


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text", "files"])
def test_damage_never_changes_a_grade_in_silence(reports: list[Path], tmp_path: Path, kind: str) -> None:
    if kind == "text":
        cases = damaged_texts(reports, SECONDS * TEXT_SHARE)
    else:
        cases = damaged_files(reports, tmp_path, SECONDS * (1 - TEXT_SHARE))
    counts: Counter[tuple[str, str]] = Counter()
    silent: list[str] = []
    for damage, name, before, after in cases:
        result = outcome(before, after)
        counts[damage, result] += 1
        if result == "silent":
            was = {(j.area, j.grade) for j in before.judgements}
            silent.append(f"{damage} {name}: {sorted({(j.area, j.grade) for j in after.judgements} ^ was)}")
    print(f"\n{kind}, seed {SEED}, {SECONDS:.0f} s: {counts.total()} damaged copies")
    for result in ("same", "fewer, noted", "fewer", "noted", "silent"):
        told = {damage: n for (damage, r), n in sorted(counts.items()) if r == result}
        print(f"{result:<13} {sum(told.values()):>6}  {told}")
    print("\n".join(silent[:SHOWN]))
    assert counts.total() > 0
    assert not silent, f"{len(silent)} of {counts.total()} damaged copies gave other grades without a problem"
