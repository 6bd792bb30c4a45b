"""A list that lies in data/raw and is not in the register of files stops the build; it is never left out in silence."""

from pathlib import Path

import duckdb
import pytest

from pipelines import paths, warehouse
from pipelines.contents import CANDIDATES
from pipelines.errors import CouncilsError


def test_a_list_that_the_register_does_not_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in paths.raw().iterdir():
        if place.is_dir():
            (tmp_path / place.name).symlink_to(place, target_is_directory=True)
    register = (paths.raw() / "source_files.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in register if "ofsted_inspection_outcomes/2024" not in line]
    assert len(kept) == len(register) - 1
    (tmp_path / "source_files.csv").write_text("".join(kept), encoding="utf-8")
    needed = CANDIDATES[: CANDIDATES.index("staging/stg_printed_inspections") + 1]
    monkeypatch.setattr(warehouse, "CANDIDATES", needed)
    with (
        duckdb.connect() as con,
        pytest.raises(CouncilsError, match=r"/2024/.* is not named in data/raw/source_files"),
    ):
        warehouse.make_candidates(con, tmp_path)
