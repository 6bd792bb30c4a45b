"""Where each authority's tile stands on the grid of England, from `tile_grid.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tile:
    """One authority's place, and its name short enough for a tile; a name may break after a space."""

    la_code: str
    row: int
    col: int
    short_name: str

    @property
    def name(self) -> str:
        """The short name on one line."""
        return self.short_name.replace("- ", "")


@cache
def read_tiles() -> dict[str, Tile]:
    """Every tile by its authority's code."""
    path = Path(__file__).with_name("tile_grid.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        return {
            row["la_code"]: Tile(row["la_code"], int(row["row"]), int(row["col"]), row["short_name"])
            for row in csv.DictReader(handle)
        }
