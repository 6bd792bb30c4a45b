"""The build: whole or not at all, only what has changed, and every fault in a sentence."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines import build as building
from pipelines import paths, warehouse
from pipelines.build import Built, build
from pipelines.errors import CouncilsError
from pipelines.status import status

OUTCOMES = "ofsted_inspection_outcomes/2025/LA_Inspection_Outcomes_as_at_31_March_2025.csv"
IN_NEED = "children_in_need/2025/b1_children_in_need_2013_to_2025.csv"


@pytest.fixture
def project(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own: the shipped raw tables and suites, nothing built."""
    home = tmp_path / "project"
    shutil.copytree(root / "data" / "raw", home / "data" / "raw")
    shutil.copytree(root / "expectations", home / "expectations")
    shutil.copy(root / "requirements.lock", home)
    monkeypatch.setenv("COUNCILS_HOME", str(home))
    return home


@pytest.fixture(scope="module")
def built_once(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One built project for the module, to copy from."""
    home = tmp_path_factory.mktemp("built")
    shutil.copytree(root / "data" / "raw", home / "data" / "raw")
    shutil.copytree(root / "expectations", home / "expectations")
    shutil.copy(root / "requirements.lock", home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNCILS_HOME", str(home))
        build()
    return home


@pytest.fixture
def built(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built project of the test's own."""
    home = tmp_path / "built"
    shutil.copytree(built_once, home)
    monkeypatch.setenv("COUNCILS_HOME", str(home))
    return home


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8", newline="")


def rebuild() -> Built:
    return build(validation=True)


def rejected(home: Path) -> list[tuple[str, str]]:
    with duckdb.connect(str(home / "data/curated/councils.duckdb"), read_only=True) as con:
        return con.execute("SELECT DISTINCT table_name, rule FROM rejected ORDER BY ALL").fetchall()


def test_a_second_build_does_nothing(built: Path) -> None:
    before = sha(paths.database())
    again = build()
    assert not again.is_new
    assert sha(paths.database()) == before
    text, is_current = status()
    assert is_current
    assert "up to date with data/raw" in text


def test_a_changed_raw_file_changes_only_the_tables_on_it(built: Path) -> None:
    before = build().digests
    edit(built / "data/raw" / IN_NEED, lambda t: t.replace(",402400", ",402401", 1))
    assert status()[1] is False
    after = build()
    assert after.is_new
    changed = {table for table in before if after.digests[table] != before[table]}
    assert "area_statistics" in changed
    assert not changed & {"authorities", "inspections", "judgements", "statistical_neighbours"}


def test_two_builds_give_the_same_tables(built: Path) -> None:
    assert build(force=True).digests == build().digests


def test_bad_rows_are_rejected_each_with_its_rule(built: Path) -> None:
    """An unknown symbol, a duplicated row, an unknown authority and a grade outside the vocabulary, in one build."""

    def spoil(text: str) -> str:
        lines = text.replace(",402400", ",q", 1).splitlines(keepends=True)
        return "".join([*lines, lines[-1]])

    edit(built / "data/raw" / IN_NEED, spoil)
    edit(
        built / "data/raw" / OUTCOMES,
        lambda t: t.replace("E09000002", "E99000002").replace(
            "Requires improvement to be good,", "Satisfactory,", 1
        ),
    )
    assert rebuild().rejected >= 4
    assert set(rejected(built)) >= {
        ("area_statistics", "Every symbol is explained in symbols.csv."),
        ("area_statistics", "No cell is printed twice in one file."),
        ("inspections", "The authority of every inspection is known."),
        ("judgements", "Every grade printed is of the framework's scale."),
    }


def test_a_missing_raw_table_is_said_and_the_old_database_stays(built: Path) -> None:
    before = sha(paths.database())
    (built / "data/raw" / IN_NEED).unlink()
    with pytest.raises(CouncilsError) as raised:
        build()
    assert str(raised.value).endswith(
        f"{IN_NEED}: the raw table is missing. Bring data/raw back as the repository ships it "
        "(git checkout data/raw), or read the publishers' files anew (councils extract)."
    )
    assert sha(paths.database()) == before


def test_a_failing_table_stops_the_build_and_the_old_database_stays(built: Path) -> None:
    before = sha(paths.database())
    edit(
        built / "data/raw/source_files.csv",
        lambda t: t.replace(t.splitlines()[1].split(",")[-3], "no-sha", 1),
    )
    with pytest.raises(
        CouncilsError, match=r"^source_files: Every file carries its sha256\. This does not hold in 1 rows"
    ):
        build()
    assert sha(paths.database()) == before


def test_a_kill_in_the_middle_leaves_the_old_database_and_a_clean_next_run(built: Path) -> None:
    before = sha(paths.database())
    script = (
        "import time\nfrom pipelines import build, warehouse\n"
        "real = warehouse.write_database\n"
        "def slow(con, path):\n    real(con, path)\n    print('half', flush=True)\n    time.sleep(60)\n"
        "warehouse.write_database = slow\nbuild.build(force=True, validation=False)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=dict(os.environ))
    assert run.stdout is not None
    assert run.stdout.readline() == b"half\n"
    assert (built / "data/curated" / building.BUILDING).exists()
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    assert sha(paths.database()) == before
    assert build(force=True).is_new
    left = {p.name for p in (built / "data/curated").iterdir()}
    assert not {n for n in left if n.startswith(".") or n.endswith(".new")}


@pytest.mark.skipif(
    sys.platform == "win32", reason="limits a file's size as a full disk would, which Windows cannot"
)
def test_a_full_disk_leaves_the_old_database(built: Path) -> None:
    before = sha(paths.database())
    script = (
        "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "from pipelines.__main__ import main\nsys.exit(main(['build', '--force']))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith("councils build: ")
    assert "writing" in run.stderr and run.stderr.rstrip().endswith("The old database is as it was.")
    assert "Traceback" not in run.stderr
    assert sha(paths.database()) == before


def test_a_database_open_elsewhere_is_said(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sha(paths.database())

    def refused(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(CouncilsError) as raised:
        build(force=True, validation=False)
    assert str(raised.value) == (
        f"{paths.database()}: the database is open elsewhere (a notebook, a SQL client). Close it and run again. "
        "The old database is as it was."
    )
    assert sha(paths.database()) == before


def test_a_reader_keeps_what_it_opened_while_a_build_replaces_it(built: Path) -> None:
    with duckdb.connect(str(paths.database()), read_only=True) as con:
        before = con.execute("SELECT count(*) FROM judgements").fetchone()
        build(force=True, validation=False)
        assert con.execute("SELECT count(*) FROM judgements").fetchone() == before


def test_two_builds_at_once_are_told(built: Path) -> None:
    with building._only_build(built / "data/curated" / building.BUILDING):
        run = subprocess.run(
            [sys.executable, "-m", "pipelines", "build", "--force"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert run.returncode == 1
    assert run.stderr == (
        f"councils build: Another build is writing {built / 'data/curated'}. Wait for it, then run again.\n"
    )


def test_no_permission_is_said(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(built / "data/curated"))

    monkeypatch.setattr(warehouse, "write_database", refused)
    with pytest.raises(CouncilsError) as raised:
        build(force=True, validation=False)
    folder = built / "data/curated"
    assert str(raised.value) == (
        f"{folder}: writing is not permitted. Run as a user who may write to {folder}. The old database is as it was."
    )


def test_the_command_works_from_another_folder(built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "pipelines", "build"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("up to date: ")
    assert str(paths.database()) in run.stdout
    assert time.perf_counter() - began < 60
    assert list(elsewhere.iterdir()) == []
