"""Text from the picture of a page, where the `tesseract` program is installed; without it nothing is read."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

SECONDS_PER_PAGE = 30
_SCALE = 200 / 72  # 200 dots per inch: enough for body text, small enough for the memory limit
_MAX_PIXELS = 12_000_000


@cache
def ocr_available() -> bool:
    """Whether the program can be found; asked once."""
    return shutil.which("tesseract") is not None


def ocr_page(pdf: pypdfium2.PdfDocument, index: int) -> str:
    """The text read from one page's picture, or an empty string where nothing could be read in time."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        if width * height * _SCALE * _SCALE > _MAX_PIXELS:
            return ""
        bitmap = page.render(scale=_SCALE, grayscale=True)
        header = f"P5\n{bitmap.width} {bitmap.height}\n255\n".encode()
        stride, buffer = bitmap.stride, bytes(bitmap.buffer)
        rows = (buffer[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
        picture = header + b"".join(rows)
    finally:
        page.close()
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng"],
            input=picture,
            capture_output=True,
            timeout=SECONDS_PER_PAGE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""
