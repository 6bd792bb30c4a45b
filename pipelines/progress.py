"""Long work shows progress on a terminal and is quiet elsewhere."""

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

T = TypeVar("T")


def progress(items: Iterable[T], title: str) -> Iterator[T]:
    """The items one by one, with a bar on a terminal and nothing in a log."""
    if not sys.stderr.isatty():
        yield from items
        return
    from tqdm import tqdm

    total = len(items) if isinstance(items, Sized) else None
    yield from tqdm(items, desc=title, total=total, leave=False)
