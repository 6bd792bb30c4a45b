"""The data dictionary: complete, and the committed page equal to what the database says."""

from pathlib import Path

from pipelines.open import open_database
from pipelines.site import write_data_dictionary
from pipelines.site.dictionary import read_macros, read_tables


def test_the_committed_dictionary_equals_the_database(database: Path, root: Path, tmp_path: Path) -> None:
    write_data_dictionary(database, tmp_path / "made.md")
    committed = (root / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert committed == (tmp_path / "made.md").read_text(encoding="utf-8"), (
        "docs/data_dictionary.md is not what the database says: write it again with "
        "pipelines.site.write_data_dictionary(paths.database(), Path('docs/data_dictionary.md'))"
    )


def test_every_table_and_column_has_its_words(database: Path) -> None:
    with open_database(database) as connection:
        tables = read_tables(connection)
        count = connection.execute("SELECT count(*) FROM duckdb_columns() WHERE NOT internal").fetchall()[0][
            0
        ]
    assert sum(len(table.columns) for table in tables) == count
    assert [table.name for table in tables if not table.about] == []
    assert [(table.name, c.name) for table in tables for c in table.columns if not c.meaning] == []


def test_macros_are_listed_with_their_parameters(database: Path) -> None:
    with open_database(database) as connection:
        macros = {macro.name: macro.parameters for macro in read_macros(connection)}
    assert macros["as_at"].startswith("date, published_by")
