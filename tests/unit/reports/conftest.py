"""Small documents of our own: PDFs written by hand, and a table of three authorities."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines.reports.authority import Authority, AuthorityIndex
from pipelines.reports.document import Document, Line

MakePdf = Callable[..., bytes]
MakeDocument = Callable[..., Document]


def pdf_bytes(pages: Sequence[Sequence[str]], *, drawn: bool = False, trailer: str = "") -> bytes:
    """A PDF with a text layer: one list of lines per page; `drawn` adds a picture to pages without text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = "\n".join(f"({line}) Tj T*" for line in lines)
        content = f"BT /F1 11 Tf 13 TL 50 800 Td {shown} ET" if lines else ("0 0 90 90 re f" if drawn else "")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


@pytest.fixture
def make_pdf() -> MakePdf:
    """`make_pdf([["a line", "another"], []])`: the bytes of a PDF."""
    return pdf_bytes


@pytest.fixture
def make_document() -> MakeDocument:
    """`make_document(["lines", "of page one"], ["of page two"])`: a document that is already lines."""

    def make(*pages: Sequence[str], furniture: Sequence[str] = ()) -> Document:
        lines = [Line(number, text) for number, page in enumerate(pages, start=1) for text in page]
        return Document(
            "report.pdf", "0" * 64, "pdf", lines, len(pages), furniture=[Line(2, text) for text in furniture]
        )

    return make


@pytest.fixture
def authorities() -> AuthorityIndex:
    """Three authorities, two of them of one name."""
    from datetime import date

    return AuthorityIndex(
        [
            Authority("352", "Manchester", (), (("E08000003", date(2025, 3, 31)),)),
            Authority("835", "Dorset", ("Dorset (Pre LG)",), (), valid_to=date(2019, 3, 31)),
            Authority("838", "Dorset", ("Dorset UA",), (), valid_from=date(2019, 4, 1)),
        ]
    )


@pytest.fixture
def authority_file(tmp_path: Path) -> Path:
    """A table of authorities with the columns of the product's own."""
    path = tmp_path / "la_code_history.csv"
    path.write_text(
        "dfe_code,canonical_name,valid_from,valid_to,predecessors,successors,ons_codes_seen,dfe_region,"
        "ofsted_region_2025,name_variants_seen\n"
        '801,"Bristol, City of",..,,,,"E06000023[CIN 2013-2025; CSWW 2017-2025]",South West,South West,Bristol UA\n'
        '815,North Yorkshire,..,,,,"E06000065[CIN 2024-2025; CSWW 2023-2025] | '
        'E10000023[CIN 2013-2023; CSWW 2017-2022]",Y,Y,North Yorkshire UA\n'
        '816,York,..,,,,"E06000014[CIN 2013-2025; CSWW 2017-2025]",Y,Y,York UA\n'
        "811,East Riding of Yorkshire,..,,,,,Y,Y,East Riding of Yorkshire UA\n",
        encoding="utf-8",
    )
    return path
