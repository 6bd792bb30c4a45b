"""Which reports say that their section about the area holds the council's own unvalidated data, and on which page.

`python -m pipelines.reports.area_notes FOLDER` writes `pipelines/area_notes.csv` from the folder of reports; a test
keeps the two equal. One row per report that says so: file_id, page. It is a statement about the whole section and not
about one of its numbers; the register of disagreements uses it only beside a print of DfE's that differs.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from pipelines import paths
from pipelines.reports.corpus import SOURCE
from pipelines.reports.document import Document, read_document

HEAD = ("file_id", "page")
# Three reports print "invalidated" for "unvalidated".
_NOTE = re.compile(r"updated\s+it\s+with\s+local\s+(?:un-?\s*|in)validated\s+data", re.IGNORECASE)


def note_page(document: Document) -> int | None:
    """The page of the first such statement; `None` where there is none."""
    found = _NOTE.search(document.text)
    return document.page_at(found.start()) if found else None


def notes(folder: Path) -> list[tuple[str, int]]:
    """File and page for every report of a folder that prints figures of its area and says so, by name."""
    told: list[tuple[str, int]] = []
    for name in _with_figures():
        if not (folder / name).is_file():
            continue
        page = note_page(read_document(folder / name))
        if page is not None:
            told.append((f"{SOURCE}/{name}", page))
    return told


def _with_figures() -> list[str]:
    """The files that print figures of their area, by name."""
    with (paths.raw() / SOURCE / "statistics.csv").open(encoding="utf-8", newline="") as handle:
        return sorted({row["file"] for row in csv.DictReader(handle)})


def write_notes(folder: Path, target: Path) -> int:
    """Write the register of these statements; gives back how many there are."""
    told = notes(folder)
    with target.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(HEAD)
        out.writerows(told)
    return len(told)


if __name__ == "__main__":
    print(write_notes(Path(sys.argv[1]), paths.package() / "area_notes.csv"))
