"""`%%sql` in a real Jupyter kernel: frames, the notebook's variables, sentences instead of tracebacks, words on stderr."""

from pathlib import Path
from typing import Any

import pytest

CELLS = {
    "open": "%load_ext pipelines.query.magic\narea = 'overall'",
    "kept": "%%sql -o held\nSELECT la_name, grade FROM latest_judgements WHERE area = $area",
    "short": "%%sql led\nSELECT la_name, grade FROM latest_judgements WHERE area = 'leadership'",
    "used": "print(type(held).__name__, len(held), len(led), held.grade.cat.ordered)",
    "line": "%sql SELECT count(*) AS n FROM authorities",
    "mistyped": "%%sql\nSELECT * FROM judgments",
    "empty": "%%sql\nFROM authorities WHERE la_name = 'Hull'",
    "quiet": "%%sql -q\nFROM authorities WHERE la_name = 'Hull'",
    "slow": "%%sql --timeout 0.3\nSELECT sum(range) FROM range(10000000000000)",
    "frame of ours": "%%sql\nSELECT * FROM held",
    "file": "%%sql\nFROM read_text('/etc/hostname')",
    "no name": "%%sql -o 1x\nSELECT 1",
    "no seconds": "%%sql --timeout soon\nSELECT 1",
    "after": "%%sql\nSELECT 41 + 1 AS still_alive",
}


@pytest.fixture(scope="module")
def run(database: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each cell put out, by its name here."""
    import nbformat
    from nbclient import NotebookClient

    home = tmp_path_factory.mktemp("cells")
    (home / "data" / "curated").mkdir(parents=True)
    (home / "data" / "curated" / "councils.duckdb").symlink_to(database)
    (home / "requirements.lock").symlink_to(root / "requirements.lock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNCILS_HOME", str(home))
        patch.setenv("PYTHONPATH", str(root))
        cells = [nbformat.v4.new_code_cell(text) for text in CELLS.values()]
        NotebookClient(
            nbformat.v4.new_notebook(cells=cells), timeout=120, kernel_name="python3", allow_errors=True,
            resources={"metadata": {"path": str(home)}},
        ).execute()  # fmt: skip
    return {name: cell.outputs for name, cell in zip(CELLS, cells, strict=True)}


def test_rows_are_frames_under_the_name_that_is_given(run: dict[str, Any]) -> None:
    assert "text/html" in run["kept"][0].data
    kind, overall, leadership, ordered = run["used"][0].text.split()
    assert kind == "DataFrame" and int(overall) > 150 and int(leadership) > 100 and ordered == "True"
    assert "160" in run["line"][0].data["text/plain"]
    assert "42" in run["after"][0].data["text/plain"]


def test_words_stand_on_stderr_beside_the_rows(run: dict[str, Any]) -> None:
    said = [o.text for o in run["empty"] if o.output_type == "stream" and o.name == "stderr"]
    assert len(said) == 1 and "Did you mean 'Kingston upon Hull, City of'?" in said[0]
    assert not [o for o in run["quiet"] if o.output_type == "stream"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("mistyped", "There is no table 'judgments'. Did you mean 'judgements'?"),
        ("slow", "The query took longer than 0.3 s and was stopped."),
        ("frame of ours", "There is no table 'held'. See: councils tables."),
        ("file", "The function read_text is closed here"),
        ("no name", "%%sql: '1x' cannot be a variable's name"),
        ("no seconds", "'soon': write seconds, more than 0"),
    ],
)
def test_a_mistake_is_a_sentence(run: dict[str, Any], cell: str, sentence: str) -> None:
    [error] = [o for o in run[cell] if o.output_type == "error"]
    assert sentence in error.evalue
