"""Declared errors of publishers' files (`corrections.yml`), and the check that they are still there to be corrected."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.registry import SourceFile, load_yaml, source

if TYPE_CHECKING:
    import duckdb

# Field of a correction → the raw table's column whose text is expected.
_PRINTED_IN = {
    "value_status": "published_text",
    "geographic_level": "geographic_level",
    "time_period": "time_period",
    "code": "area_code",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of `corrections.yml`, its file found among the sources."""

    entry: dict[str, Any]
    file: SourceFile

    @property
    def correction_id(self) -> str:
        """Its short name."""
        return str(self.entry["id"])


def corrections() -> tuple[Correction, ...]:
    """Every declared correction, in the order of the file.

    Raises:
        CouncilsError: an entry names a file that sources.yml does not.
    """
    found = []
    for entry in load_yaml(paths.package() / "corrections.yml"):
        files = [f for f in source(entry["source"]).files if f.path == entry["file"]]
        if not files:
            raise CouncilsError(
                f"corrections.yml, {entry['id']}: sources.yml has no file {entry['file']} under {entry['source']}."
            )
        found.append(Correction(entry, files[0]))
    return tuple(found)


def correction_rows() -> list[dict[str, Any]]:
    """One row per correction and row of its file, as the table `corrections` keeps them."""
    rows = []
    for correction in corrections():
        entry = correction.entry
        places = entry.get("rows") or {None: entry["expected"]}
        for row, expected in places.items():
            rows.append(
                {
                    **{
                        name: entry.get(name)
                        for name in ("field", "measure", "becomes", "what", "why", "evidence")
                    },
                    "correction_id": correction.correction_id,
                    "source_id": entry["source"],
                    "file_id": correction.file.file_id,
                    "row": row,
                    "expected": expected,
                }
            )
    return rows


def check_corrections(con: "duckdb.DuckDBPyConnection", raw: Path) -> None:
    """Each corrected cell still prints what the correction expects.

    Raises:
        CouncilsError: a cell prints something else: the publisher repaired it, or the file moved.
    """
    for correction in corrections():
        if correction.entry["field"] in _PRINTED_IN:
            _check(con, raw, correction)


def _check(con: "duckdb.DuckDBPyConnection", raw: Path, correction: Correction) -> None:
    entry, column = correction.entry, _PRINTED_IN[correction.entry["field"]]
    is_parquet = bool(correction.file.options.get("parquet"))
    table = raw / f"{correction.file.file_id}{'.parquet' if is_parquet else '.csv'}"
    reader = "read_parquet($file)" if is_parquet else "read_csv($file, all_varchar = true, header = true)"
    of_measure = f"AND measure = '{entry['measure']}'" if "measure" in entry else ""
    about = f"corrections.yml, {correction.correction_id}: {correction.file.path}"
    if "count" in entry:
        found = con.execute(
            f"SELECT count(*) FROM {reader} WHERE {column} = $expected {of_measure}",
            {"file": str(table), "expected": entry["expected"]},
        ).fetchone()
        assert found is not None
        if found[0] != entry["count"]:
            raise CouncilsError(
                f"{about} prints '{entry['expected']}' in {found[0]} cells; {entry['count']} were expected. {_WHAT_NOW}"
            )
        return
    printed: dict[int, set[str]] = {}
    query = (
        f"SELECT \"row\"::BIGINT, coalesce({column}, '') FROM {reader} "
        f'WHERE list_contains($rows, "row"::BIGINT) {of_measure}'
    )
    for row, text in con.execute(query, {"file": str(table), "rows": list(entry["rows"])}).fetchall():
        printed.setdefault(row, set()).add(text)
    for row, expected in entry["rows"].items():
        if printed.get(row) != {expected}:
            was = " and ".join(f"'{t}'" for t in sorted(printed.get(row, set()))) or "nothing"
            raise CouncilsError(f"{about}, row {row} prints {was}; '{expected}' was expected. {_WHAT_NOW}")


_WHAT_NOW = (
    "If the publisher repaired the file, take the correction out; if rows moved, correct their numbers."
)
