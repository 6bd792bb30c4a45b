"""What a new print of a chart changes in the one that stands there: each number that was, that is, and why.

Compared are the two CSV files, row by row. Rows that are new change no number that anyone could have quoted; rows
that are gone do.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.charts.registry import ChartSpec
from pipelines.charts.words import listed

FILE = "CHANGES.md"
_HEAD = """# Numbers that changed in published charts

Written by `councils publish` before it overwrites a chart; the newest changes stand last. Why: the release that a
number now stands on, or that the same release is read or computed otherwise.

| chart | row | figure | was | is | why |
|---|---|---|---|---|---|
"""
#: More changes of one chart than this are counted, not listed.
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Change:
    """One number of a published chart: in which row and column, what it was, is, and why."""

    chart: str
    row: str
    figure: str
    was: str
    now: str
    why: str

    @property
    def line(self) -> str:
        """The change as a line of the table in `CHANGES.md`."""
        cells = (self.chart, self.row, self.figure, self.was, self.now, self.why)
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"

    @property
    def sentence(self) -> str:
        """The change in words."""
        return f"{self.chart}, {self.row}: {self.figure} was {self.was}, is {self.now} ({self.why})"


def find_changes(spec: ChartSpec, before: str, now: str) -> list[Change]:
    """Every number of the CSV `before` that the CSV `now` gives otherwise, in the order of `before`."""
    old, new = _by_key(spec, before), _by_key(spec, now)
    found = []
    for key, row in old.items():
        later = new.get(key)
        words = " ".join(part for part in key if part)
        if later is None:
            found.append(Change(spec.id, words, "row", "present", "gone", "no longer among the chart's rows"))
            continue
        found += [
            Change(spec.id, words, figure, row[figure] or "empty", later[figure] or "empty", _why(row, later))
            for figure in spec.figures
            if figure in row and figure in later and row[figure] != later[figure]
        ]
    return found


def append_changes(folder: Path, changes: Sequence[Change]) -> None:
    """Add the changes to `CHANGES.md` in `folder`, which is begun where there is none."""
    if not changes:
        return
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    part = path.with_name(f".{FILE}.part")
    part.write_text(text + "".join(f"{line}\n" for line in _lines(changes)), encoding="utf-8")
    part.replace(path)


def read_changes(folder: Path) -> list[Change]:
    """The changes kept in `CHANGES.md` of `folder`, oldest first; none where nothing has changed yet."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    tables = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in tables if len(line) == 6]
    return [Change(*line) for line in cells if line[0] != "chart"]


def _lines(changes: Sequence[Change]) -> Iterable[str]:
    yield from (change.line for change in changes[:_LISTED])
    rest = changes[_LISTED:]
    if rest:
        why = listed(dict.fromkeys(change.why for change in rest))
        yield Change(rest[0].chart, f"{len(rest)} more", "several", "", "", why).line


def _by_key(spec: ChartSpec, text: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    rows = csv.DictReader(io.StringIO(text))
    return {tuple(row.get(name) or "" for name in spec.key): row for row in rows}


def _why(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    old, new = _sources(before), _sources(now)
    if old == new:
        return f"the same releases ({listed(new) or 'none named'}), read or computed otherwise"
    gone, come = [s for s in old if s not in new], [s for s in new if s not in old]
    if not come:
        return f"no longer from {listed(gone)}"
    return f"{listed(come)} in place of {listed(gone)}" if gone else f"now also from {listed(come)}"


def _sources(row: Mapping[str, str]) -> list[str]:
    return [part for part in (row.get("sources") or "").split("; ") if part]
