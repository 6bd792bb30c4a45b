"""DfE's statistical neighbours: ten councils like each council, as chosen in 2021 and again in 2025.

The two editions print the same facts in different columns: `LA num, …, SN1, SNP, SN2, SNP …` in 2021 (the header SNP
ten times) and `old_la_code, …, SN_1, SN_1P …` in 2025. Both are ten pairs of columns from the one that begins with SN.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile
from pipelines.sources.opening import load_delimited

if TYPE_CHECKING:
    import duckdb

NEIGHBOURS = 10
CODE_HEADERS = ("LA num", "old_la_code")
NAME_HEADERS = ("LA Name", "la_name")
FIRST_NEIGHBOUR_HEADERS = ("SN1", "SN_1")


def extract(con: "duckdb.DuckDBPyConnection", path: Path, file: SourceFile, view: str) -> int:
    """One row per council and neighbour: `row`, `old_la_code`, `la_name`, `rank` (1 the nearest), `neighbour_code`,
    `closeness` (words as printed, a space at the end included). Blank lines and the footer's heading are left out.

    Raises:
        CouncilsError: the file has none of the headers known.
    """
    header = load_delimited(con, path, "printed")
    code, name = _place(path, header, CODE_HEADERS), _place(path, header, NAME_HEADERS)
    first = _place(path, header, FIRST_NEIGHBOUR_HEADERS)
    pairs = " UNION ALL ".join(
        f"SELECT row, c{code} AS old_la_code, c{name} AS la_name, {n + 1} AS rank, "
        f"c{first + 2 * n} AS neighbour_code, c{first + 2 * n + 1} AS closeness FROM printed WHERE c{code} <> ''"
        for n in range(NEIGHBOURS)
    )
    con.execute(f'CREATE OR REPLACE TEMP TABLE "{view}" AS {pairs} ORDER BY row, rank')
    found = con.execute(f'SELECT count(*) FROM "{view}"').fetchone()
    assert found is not None
    return int(found[0])


def _place(path: Path, header: list[str], known: tuple[str, ...]) -> int:
    for printed in known:
        if printed in header:
            return header.index(printed)
    raise CouncilsError(
        f"{path.name}: none of the headers {', '.join(known)} is in it; it prints: {', '.join(header[:6])}, …. "
        "Add the new header to pipelines/sources/statistical_neighbours.py."
    )
