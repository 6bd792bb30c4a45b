"""How fast the reader of reports is: the whole corpus against bare text extraction of the same files, in one run.

`python bench/reports.py` prints a line a measure, each as a ratio, since the machine's speed does not matter then.
Wall times and processor times are both given: on a busy machine the second tells more.
"""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines import paths

BARE = """
import sys
import pypdfium2
for path in sys.argv[1:]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        continue
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()
"""
EXTRACT = """
import sys
from pathlib import Path
from pipelines.reports.corpus import extract_reports
folder = Path(sys.argv[1])
print(extract_reports([Path(sys.argv[2])], folder / "raw", folder / "memory").read)
"""
RUNS = 3
LIMITS = {"whole corpus": 1.5, "nothing changed": 0.03}
MEGABYTES = 300


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and on the processors, and the most memory of all its processes together, in MB."""

    wall: float
    processor: float
    megabytes: float


def cost_of(*words: str) -> Cost:
    """Run a Python process to its end and count what it and its children used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    code = process.wait()
    wall = time.perf_counter() - began
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code:
        raise SystemExit(f"the measured process ended with {code}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, used, peak[0])


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    """Keep the greatest sum of memory of a process and its descendants (Linux; elsewhere 0)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_memory(pid) for pid in _family(process.pid)))
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(word) for word in children.read_text().split()]
    except OSError:
        below = []
    return [pid, *(one for child in below for one in _family(child))]


def _memory(pid: int) -> float:
    """Memory of one process in MB: its own, and its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    """Print the ratios of the median of a few turns, ours and the floor's by turns."""
    folder = paths.shared() / "reports"
    files = [str(path) for path in sorted(folder.glob("*.pdf"))]
    if not files:
        raise SystemExit(f"{folder}: there are no reports to measure with.")
    bare, whole, again = [], [], []
    for _ in range(RUNS):
        bare.append(cost_of("-c", BARE, *files))
        with tempfile.TemporaryDirectory() as target:
            whole.append(cost_of("-c", EXTRACT, target, str(folder)))
            again.append(cost_of("-c", EXTRACT, target, str(folder)))
    floor = _median(bare)
    print(f"{len(files)} files, {os.cpu_count()} processors, median of {RUNS}")
    print(f"{'':<18} {'wall s':>8} {'ratio':>7} {'cpu s':>8} {'ratio':>7} {'MB':>6}")
    for name, cost in (
        ("bare extraction", floor),
        ("whole corpus", _median(whole)),
        ("nothing changed", _median(again)),
    ):
        print(
            f"{name:<18} {cost.wall:>8.2f} {cost.wall / floor.wall:>7.3f} "
            f"{cost.processor:>8.2f} {cost.processor / floor.processor:>7.3f} {cost.megabytes:>6.0f}"
        )
    print(
        f"at most: wall {LIMITS['whole corpus']} of the floor, nothing changed {LIMITS['nothing changed']}, {MEGABYTES} MB"
    )


def _median(costs: list[Cost]) -> Cost:
    middle = len(costs) // 2
    return Cost(
        sorted(c.wall for c in costs)[middle],
        sorted(c.processor for c in costs)[middle],
        max(c.megabytes for c in costs),
    )


if __name__ == "__main__":
    main()
