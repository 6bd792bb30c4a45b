"""The text layer of a PDF through PDFium, page by page, within limits of pages, characters and time.

A page that prints something but has no text layer is a problem; where `tesseract` is installed its
text is read from the picture instead and the page is marked, since OCR is less sure than text.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipelines.reports.document import MAX_CHARS, MAX_PAGE_CHARS, MAX_PAGES, Document, assemble, past
from pipelines.reports.ocr import ocr_available, ocr_page
from pipelines.reports.record import Problem

MAX_OCR_PAGES = 40
# PDFium's own error numbers, as sentences for a reader.
_REASONS = {
    pdfium_c.FPDF_ERR_PASSWORD: "The PDF is protected by a password.",
    pdfium_c.FPDF_ERR_SECURITY: "The PDF's security scheme is not supported.",
    pdfium_c.FPDF_ERR_FORMAT: "The PDF is damaged or cut short: it could not be opened.",
}


def pdf_document(path: Path, data: bytes, sha256: str, deadline: float | None) -> Document:
    """Read a PDF's pages. A file that cannot be opened or holds no text at all has `readable = False`."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        what = _REASONS.get(getattr(error, "err_code", None) or 0, "The PDF could not be opened.")
        return Document(str(path), sha256, "pdf", [], 0, [Problem(what)], readable=False)
    try:
        return _read(pdf, path, sha256, deadline)
    finally:
        pdf.close()


def _read(pdf: pdfium.PdfDocument, path: Path, sha256: str, deadline: float | None) -> Document:
    count = len(pdf)
    problems: list[Problem] = []
    pages: list[str] = []
    silent: list[int] = []
    ocr_pages: list[int] = []
    total = 0
    for index in range(count):
        if index >= MAX_PAGES:
            problems.append(Problem(f"Only the first {MAX_PAGES:,} of {count:,} pages were read.", index + 1))
            break
        if past(deadline) or total > MAX_CHARS:
            reason = "the time for one file was over" if past(deadline) else "the file holds too much text"
            what = f"Only the first {index:,} of {count:,} pages were read: {reason}."
            problems.append(Problem(what, index + 1))
            break
        text, drawn = _page_text(pdf, index, problems)
        if drawn and not text.strip():
            if ocr_available() and len(ocr_pages) < MAX_OCR_PAGES and not past(deadline):
                text = ocr_page(pdf, index)
            if text.strip():
                ocr_pages.append(index + 1)
                problems.append(Problem("The page has no text; its picture was read (OCR).", index + 1))
            else:
                silent.append(index + 1)
                problems.append(Problem("The page has no text that can be read.", index + 1))
        total += len(text)
        pages.append(text)
    document = assemble(path, sha256, pages, problems, count)
    document.ocr_pages = ocr_pages
    if not document.lines:
        document.readable = False
        if not problems:
            problems.append(Problem("The PDF has no page with text."))
    return document


def _page_text(pdf: pdfium.PdfDocument, index: int, problems: list[Problem]) -> tuple[str, bool]:
    """The text of one page and whether anything is drawn on it (asked only where the text is missing)."""
    try:
        page = pdf[index]
        try:
            textpage = page.get_textpage()
            try:
                length = min(textpage.count_chars(), MAX_PAGE_CHARS)
                text = textpage.get_text_range(0, length) if length > 0 else ""
                if length == MAX_PAGE_CHARS:
                    what = f"Only the first {MAX_PAGE_CHARS:,} characters of the page were read."
                    problems.append(Problem(what, index + 1))
            finally:
                textpage.close()
            drawn = bool(text.strip()) or pdfium_c.FPDFPage_CountObjects(page) > 0
            return text, drawn
        finally:
            page.close()
    except (pdfium.PdfiumError, ValueError, UnicodeError):
        problems.append(Problem("The page is damaged and could not be read.", index + 1))
        return "", False
