"""The process that reads files for `read_many`: a JSON request per line in, a JSON record per line out.

It stands apart so that a file which exhausts memory, breaks the PDF library or never ends costs one record
and not the run: the parent ends this process and begins a new one.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from pipelines.reports.authority import authority_index
from pipelines.reports.read import read_report


def main() -> None:
    """Answer each request until the input ends."""
    for request in sys.stdin:
        job = json.loads(request)
        limit_memory(job["megabytes"])
        deadline = time.monotonic() + job["seconds"]
        record = read_report(
            job["path"], authorities=authority_index(Path(job["authorities"])), deadline=deadline
        )
        sys.stdout.write(json.dumps(record.to_dict()) + "\n")
        sys.stdout.flush()


def limit_memory(megabytes: int) -> None:
    """Let no allocation take the process past this; where the system cannot limit, nothing is limited."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    most = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


if __name__ == "__main__":
    main()
