"""The notebook runner: executed once, skipped when nothing changed, the same twice, and plain about failures."""

import re
from pathlib import Path

import pytest

from pipelines import notebooks, paths
from pipelines.errors import CouncilsError

GOOD = """\
# %% [markdown]
# # A question

# %%
# tables: judgements
from pipelines.open import sql

as_at = "2025-03-31"

# %% language="sql" magic_args="held"
# SELECT count(*) AS authorities FROM as_at($as_at) WHERE area = 'overall'

# %%
held["authorities"][0]
"""


@pytest.fixture(scope="module")
def _database() -> None:
    from pipelines.build import build

    if not paths.database().exists():
        build()


@pytest.mark.usefixtures("_database")
def test_a_notebook_runs_is_skipped_unchanged_and_runs_again_when_its_table_changes(tmp_path: Path) -> None:
    script = tmp_path / "01_question.py"
    script.write_text(GOOD, encoding="utf-8")
    [first] = notebooks.execute(tmp_path, digests={"judgements": "a", "other": "x"})
    content = first.path.read_bytes()
    assert first.ran
    assert b"153" in content
    [again] = notebooks.execute(tmp_path, digests={"judgements": "a", "other": "y"})
    assert not again.ran and again.fingerprint == first.fingerprint
    [forced] = notebooks.execute(tmp_path, names=["01_question"], digests={"judgements": "a"}, force=True)
    assert forced.ran and forced.path.read_bytes() == content
    [changed] = notebooks.execute(tmp_path, digests={"judgements": "b"})
    assert changed.ran and changed.fingerprint != first.fingerprint


@pytest.mark.usefixtures("_database")
def test_a_notebook_cut_short_is_executed_again(tmp_path: Path) -> None:
    (tmp_path / "01_question.py").write_text(GOOD, encoding="utf-8")
    (tmp_path / "01_question.ipynb").write_text('{"cells": [', encoding="utf-8")
    [done] = notebooks.execute(tmp_path, digests={"judgements": "a"})
    assert done.ran


@pytest.mark.usefixtures("_database")
def test_a_failing_cell_is_named_and_the_old_notebook_stays(tmp_path: Path) -> None:
    script = tmp_path / "01_question.py"
    script.write_text(GOOD.replace("held[", "hold["), encoding="utf-8")
    (tmp_path / "01_question.ipynb").write_text("old", encoding="utf-8")
    with pytest.raises(
        CouncilsError, match=re.escape('01_question.py: cell 4 (`hold["authorities"][0]`) failed: NameError')
    ):
        notebooks.execute(tmp_path)
    assert (tmp_path / "01_question.ipynb").read_text(encoding="utf-8") == "old"


@pytest.mark.usefixtures("_database")
def test_our_errors_are_shown_as_their_sentence(tmp_path: Path) -> None:
    (tmp_path / "01_question.py").write_text(
        GOOD + '\n# %%\nfrom pipelines.open import chart\n\nchart("grade_profil")\n', encoding="utf-8"
    )
    with pytest.raises(
        CouncilsError, match=r"There is no chart 'grade_profil'. Did you mean 'grade_profile'?"
    ):
        notebooks.execute(tmp_path)


def test_without_a_database_the_command_to_run_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILS_HOME", str(tmp_path))
    with pytest.raises(CouncilsError, match=r"there is no database yet. Run `councils build`"):
        notebooks.execute(tmp_path)


@pytest.mark.usefixtures("_database")
def test_unknown_names_and_undeclared_tables_are_told(tmp_path: Path) -> None:
    (tmp_path / "01_question.py").write_text(GOOD, encoding="utf-8")
    with pytest.raises(
        CouncilsError, match=r"There is no notebook '01_questoin' in .* Did you mean '01_question'?"
    ):
        notebooks.execute(tmp_path, names=["01_questoin"])
    with pytest.raises(CouncilsError, match=r"01_question.py: the database has no table judgements"):
        notebooks.execute(tmp_path, digests={"authorities": "a"})
    (tmp_path / "01_question.py").write_text("# %%\n1\n", encoding="utf-8")
    with pytest.raises(CouncilsError, match=r"01_question.py: the notebook names no tables"):
        notebooks.execute(tmp_path)


@pytest.mark.usefixtures("_database")
def test_the_kernel_is_this_python(tmp_path: Path) -> None:
    import sys

    (tmp_path / "01_kernel.py").write_text(
        "# %%\n# tables: judgements\nimport sys\n\nsys.executable\n", encoding="utf-8"
    )
    [done] = notebooks.execute(tmp_path)
    assert sys.executable in done.path.read_text(encoding="utf-8")


def test_every_notebook_of_the_project_declares_tables_of_the_database() -> None:
    from pipelines.warehouse import tables

    for script in notebooks.sources(paths.notebooks()):
        assert set(notebooks.declared_tables(script)) <= set(tables()), script.name


def test_the_kernel_and_publishing_leave_out_the_grammar_that_altair_would_compile() -> None:
    """It takes more than the rest of Altair's import; the formats it serves are in no chart."""
    import subprocess
    import sys

    code = (
        "import sys; from pipelines.iri_grammar import leave_out; leave_out(); import altair; "
        "print('rfc3987_syntax' in sys.modules, 'jsonschema' in sys.modules, "
        "altair.Chart().mark_point().to_dict()['mark']['type'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "point"]


@pytest.mark.usefixtures("_database")
def test_a_read_only_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    (tmp_path / "01_question.py").write_text(GOOD, encoding="utf-8")

    def refuse(path: Path, content: str, **_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(
        CouncilsError, match=r"01_question\.ipynb: the executed notebook can't be written: Read-only"
    ):
        notebooks.execute(tmp_path)


def test_in_a_notebook_before_a_build_the_first_cell_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.open import open_database

    monkeypatch.setenv("COUNCILS_HOME", str(tmp_path))
    with pytest.raises(
        CouncilsError, match=r"there is no database yet. Run `councils build`, then this again"
    ):
        open_database()
