"""How right the reader is: its records against the labelled reports of `tests/golden/reports`, field by field.

`python -m pipelines.reports.against_labels` prints the scores of every set, for `docs/reading_reports.md`.

The labels were made by reading, not by this reader. Those of the set `dev` may be looked at one by one; of the others
(`set_aside` before the reader was made, `drawn_later` at random when it stood) only sums may be shown, since a reader
tuned on them would no longer be measured by them. A label with `fields` was read for those fields alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.reports.record import Record

#: The sets, and the folder of `tests/golden` that holds each.
SETS = {"dev": "reports", "set_aside": "reports", "drawn_later": "reports_drawn_later"}
Label = dict[str, Any]
Rows = list[Hashable]
SINGLE = ("kind", "framework", "ilacs_type", "authority", "inspection_start", "inspection_end", "published")


@dataclass(slots=True)
class Score:
    """Counts of one field: values both have, values labelled, values read; differences only where they may be shown."""

    right: int = 0
    labelled: int = 0
    read: int = 0
    may_show: bool = False
    differences: list[str] = field(default_factory=list, repr=False)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to read and nothing was read."""
        return 2 * self.right / (self.labelled + self.read) if self.labelled + self.read else 1.0

    def add(self, name: str, labelled: Rows, read: Rows) -> None:
        """Count the values of one report; a value printed twice counts twice."""
        here, there = Counter(labelled), Counter(read)
        self.right += (here & there).total()
        self.labelled += here.total()
        self.read += there.total()
        if not self.may_show:
            return
        self.differences += [f"{name}: not read {value}" for value in (here - there).elements()]
        self.differences += [f"{name}: read {value}" for value in (there - here).elements()]


def first_words(text: str) -> str:
    """The check value of a text's first four words, as the labels have it."""
    words = ["".join(c for c in word.lower() if c.isalnum()) for word in text.split()[:4]]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _statistic(row: Label, *, dated: bool) -> Hashable:
    what = (
        row["measure"],
        row["scope"],
        row["value"],
        None if row["value"] is not None else row["qualifier"],
    )
    return (*what, row["as_at"]) if dated else what


FIELDS: dict[str, Callable[[Label], Rows]] = {
    "judgements": lambda r: [(j["area"], j["grade"]) for j in r["judgements"]],
    "judgements with page": lambda r: [(j["area"], j["grade"], j["page"]) for j in r["judgements"]],
    "statistics (measure, scope, value)": lambda r: [_statistic(s, dated=False) for s in r["statistics"]],
    "statistics with date": lambda r: [_statistic(s, dated=True) for s in r["statistics"]],
    "previous inspections": lambda r: [
        (p["subject"], p["date"] and p["date"][:7], p["grade"]) for p in r["previous_inspections"]
    ],
    "recommendations (body, number, first words)": lambda r: [
        (x["body"], x["number"], x.get("first_words_sha256") or first_words(x["text"]))
        for x in r["recommendations"]
    ],
}


def labels(folder: Path) -> list[Label]:
    """The labelled reports.

    Raises:
        CouncilsError: there are none.
    """
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise CouncilsError(f"{folder}: there are no labelled reports here.")
    return found


def compare(pairs: Iterable[tuple[Label, Record]], *, may_show: bool = False) -> dict[str, Score]:
    """Scores of every field over some reports, and how many wrong grades no problem was noted for.

    `may_show` keeps each difference in words: never for reports that are set aside.

    Raises:
        CouncilsError: a file is not the one that was labelled.
    """
    scores = {name: Score(may_show=may_show) for name in (*SINGLE, *FIELDS, "wrong grades without a problem")}
    for label, record in pairs:
        if may_show and label["set"] != "dev":
            raise CouncilsError(
                f"{label['file']}: this report is set aside; its differences may not be shown."
            )
        if record.sha256 != label["sha256"]:
            raise CouncilsError(f"{label['file']}: this is not the file that was labelled (sha256 differs).")
        row = record.to_dict()
        name = label["file"]
        for single in SINGLE:
            if _labelled(label, single):
                scores[single].add(name, [label[single]], [row[single]])
        for many, values in FIELDS.items():
            if _labelled(label, many):
                scores[many].add(name, values(label), values(row))
        if _labelled(label, "judgements"):
            _count_unnoted(scores["wrong grades without a problem"], name, label, record)
    return scores


def _labelled(label: Label, field_name: str) -> bool:
    """Whether the report was read for this field: for every field, or for those its label names."""
    return field_name.replace(" ", "_") in label.get("fields", [field_name.replace(" ", "_")])


def _count_unnoted(score: Score, name: str, label: Label, record: Record) -> None:
    """Grades read for an area that are not its grade, in a report with no problem noted."""
    right = {j["area"]: j["grade"] for j in label["judgements"]}
    wrong = [(j.area, j.grade) for j in record.judgements if right.get(j.area) != j.grade]
    if wrong and not record.problems:
        score.add(name, [], list(wrong))


def table(scores: dict[str, Score]) -> str:
    """The scores as a Markdown table: right, labelled, read and F1 by field."""
    lines = ["| field | right | labelled | read | F1 |", "|---|---|---|---|---|"]
    for name, score in scores.items():
        if name.startswith("wrong grades"):
            lines.append(f"| {name} | {score.read} | | | |")
        else:
            lines.append(f"| {name} | {score.right} | {score.labelled} | {score.read} | {score.f1:.4f} |")
    return "\n".join(lines)


def measure(golden: Path, reports: Path, label_set: str) -> dict[str, Score]:
    """The scores of one set of labelled reports (`golden`: the folder of all sets), read anew from those reports."""
    from pipelines.reports.read import read_report

    chosen = [one for one in labels(golden / SETS[label_set]) if one["set"] == label_set]
    pairs = ((one, read_report(reports / one["file"])) for one in chosen)
    return compare(pairs, may_show=label_set == "dev")


def main() -> None:
    """Print every set's table."""
    golden, reports = paths.root() / "tests" / "golden", paths.shared() / "reports"
    for label_set in SETS:
        print(f"### `{label_set}`\n\n{table(measure(golden, reports, label_set))}\n")


if __name__ == "__main__":
    main()
