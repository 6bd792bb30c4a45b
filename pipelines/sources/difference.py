"""What a new release changes of what is here already, told before it goes in and kept beside the raw tables.

The cells of a file not yet in `data/raw` are set beside the last print of the same cells by an earlier release of the
same publication: values revised and by how much, symbols that changed, areas and periods gained or lost.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.registry import Source, SourceFile

if TYPE_CHECKING:
    import duckdb

FOLDER = "differences"
COLUMNS = (
    "what",
    "measure",
    "geographic_level",
    "area",
    "time_period",
    "release_before",
    "before",
    "after",
    "difference",
)
_LEVEL = """CASE WHEN upper(geographic_level) = 'NATIONAL' THEN 'National'
    WHEN upper(geographic_level) IN ('REGION', 'REGIONAL', 'GOR') THEN 'Regional' ELSE 'Local authority' END"""
_AREA = f"""CASE WHEN {_LEVEL} = 'National' THEN 'ENG'
    ELSE coalesce(nullif(area_code, ''), nullif(new_la_code, ''), upper(area_name)) END"""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one file changes: the changed cells, and the areas and periods that came or went, by measure."""

    file: SourceFile
    rows: tuple[tuple[Any, ...], ...]

    def lines(self) -> Iterator[str]:
        """The difference in a few lines for the terminal."""
        name = self.file.path.rsplit("/", 1)[-1]
        if not self.rows:
            yield f"{name} (release {self.file.release}): changes nothing that is here already."
            return
        yield f"{name} (release {self.file.release}):"
        for measure in sorted({str(row[1]) for row in self.rows}):
            yield f"  {measure}: {'; '.join(self._of(measure))}"

    def _of(self, measure: str) -> Iterator[str]:
        rows = [row for row in self.rows if row[1] == measure]
        revised = [abs(row[8]) for row in rows if row[0] == "revised"]
        if revised:
            yield f"{len(revised)} values revised, by {sorted(revised)[len(revised) // 2]:g} in the middle and {max(revised):g} at most"
        for what, words in (
            ("number for symbol", "numbers where a symbol was"),
            ("symbol for number", "symbols where a number was"),
            ("symbol changed", "other symbols"),
        ):
            count = sum(row[0] == what for row in rows)
            if count:
                yield f"{count} {words}"
        for what in ("period gained", "period lost"):
            periods = sorted(str(row[4]) for row in rows if row[0] == what)
            if periods:
                yield f"{what}: {in_ranges(periods)}"
        for what in ("area gained", "area lost"):
            areas = sorted(str(row[3]) for row in rows if row[0] == what)
            if areas:
                yield f"{what}: {', '.join(areas)}"


def in_ranges(periods: Sequence[str]) -> str:
    """Periods in order, years that follow each other as `2013 to 2020`."""
    runs: list[list[str]] = []
    for period in periods:
        follows = (
            runs and period.isdigit() and runs[-1][-1].isdigit() and int(period) == int(runs[-1][-1]) + 1
        )
        if follows:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def difference(
    con: "duckdb.DuckDBPyConnection", raw: Path, publication: Source, file: SourceFile, view: str
) -> Difference | None:
    """The difference the cells in `view` make; None where no earlier release of the publication has any of them."""
    before = [f for f in publication.files if _published(f) < _published(file) and _table(raw, f).exists()]
    columns = {r[0] for r in con.execute(f'DESCRIBE "{view}"').fetchall()}
    if publication.kind != "statistics" or not before or "published_text" not in columns:
        return None
    _load_before(con, raw, before)
    rows = con.execute(_query(view)).fetchall()
    known = con.execute(
        f'SELECT 1 FROM before WHERE measure IN (SELECT measure FROM "{view}") LIMIT 1'
    ).fetchone()
    return Difference(file, tuple(rows)) if known else None


def _published(file: SourceFile) -> str:
    return str(file.options.get("published", file.release))


def _table(raw: Path, file: SourceFile) -> Path:
    return raw / f"{file.file_id}{'.parquet' if file.options.get('parquet') else '.csv'}"


def _load_before(con: "duckdb.DuckDBPyConnection", raw: Path, files: Sequence[SourceFile]) -> None:
    """The last print of each cell by the earlier releases, in the table `before`."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE every (release VARCHAR, published VARCHAR, rank INTEGER, level VARCHAR, "
        "area VARCHAR, time_period VARCHAR, measure VARCHAR, published_text VARCHAR)"
    )
    for file in files:
        table = str(_table(raw, file)).replace("'", "''")
        reading = f"read_csv('{table}', all_varchar = true)" if table.endswith(".csv") else f"'{table}'"
        con.execute(
            f"INSERT INTO every SELECT $release, $published, $rank, {_LEVEL}, {_AREA}, time_period, measure, "
            f"coalesce(published_text, '') FROM {reading}",
            {"release": file.release, "published": _published(file), "rank": file.rank},
        )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE before AS FROM every QUALIFY row_number() OVER ("
        "PARTITION BY measure, level, area, time_period ORDER BY published DESC, rank DESC) = 1"
    )


def _query(view: str) -> str:
    return f"""
    WITH after AS (
        SELECT {_LEVEL} AS level, {_AREA} AS area, time_period, measure, coalesce(published_text, '') AS published_text
        FROM "{view}"
    ),
    compared AS (
        SELECT measure, level, area, time_period, before.release, before.published_text AS was, after.published_text AS now,
            try_cast(replace(was, ',', '') AS DOUBLE) AS was_value, try_cast(replace(now, ',', '') AS DOUBLE) AS now_value
        FROM after JOIN before USING (measure, level, area, time_period)
    ),
    -- A year or an area that only one of the two has, among the measures that both print.
    shared AS (SELECT measure FROM after INTERSECT SELECT measure FROM before),
    latest AS (
        SELECT before.* FROM before JOIN shared USING (measure)
        WHERE published = (SELECT max(published) FROM before AS b WHERE b.measure = before.measure)
    ),
    came AS (
        SELECT DISTINCT 'period gained' AS what, measure, '' AS level, '' AS area, time_period FROM after JOIN shared USING (measure)
        WHERE (measure, time_period) NOT IN (SELECT measure, time_period FROM before)
        UNION ALL
        SELECT DISTINCT 'period lost', measure, '', '', time_period FROM latest
        WHERE (measure, time_period) NOT IN (SELECT measure, time_period FROM after)
        UNION ALL
        SELECT DISTINCT 'area gained', measure, level, area, '' FROM after JOIN shared USING (measure)
        WHERE (measure, level, area) NOT IN (SELECT measure, level, area FROM before)
        UNION ALL
        SELECT DISTINCT 'area lost', measure, level, area, '' FROM latest
        WHERE (measure, level, area) NOT IN (SELECT measure, level, area FROM after)
    )
    SELECT CASE WHEN was_value IS NOT NULL AND now_value IS NOT NULL THEN 'revised'
            WHEN now_value IS NOT NULL THEN 'number for symbol' WHEN was_value IS NOT NULL THEN 'symbol for number'
            ELSE 'symbol changed' END AS what,
        measure, level, area, time_period, release, was, now, round(now_value - was_value, 6)
    FROM compared WHERE CASE WHEN was_value IS NOT NULL AND now_value IS NOT NULL THEN was_value <> now_value ELSE was <> now END
    UNION ALL
    SELECT what, measure, level, area, time_period, '', '', '', NULL FROM came
    ORDER BY ALL
    """


def keep(raw: Path, found: Difference) -> Path:
    """Write the difference as `data/raw/differences/<file id>.csv`; gives back where."""
    target = raw / FOLDER / f"{found.file.file_id}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in row] for row in found.rows)
    target.write_text(text.getvalue(), encoding="utf-8", newline="")
    return target
