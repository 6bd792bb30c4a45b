"""Execute the notebooks: percent scripts in, executed `.ipynb` beside them, each only if something it shows changed.

A notebook's source is `notebooks/NN_name.py`. Its first lines name the tables it reads (`# tables: judgements,
inspections`). What it stands on — its text, those tables' sha256, the charts' code — is its fingerprint, kept in the
executed notebook itself: a notebook cut short by a kill has none and is executed again.
"""

import asyncio
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipelines import paths, state
from pipelines.choose import STATIC
from pipelines.errors import CouncilsError

SECONDS_PER_CELL = 120
#: What the day of the newest list of outcomes is read from.
LIST_TABLES = ("inspection_sources", "source_files")
AT_ONCE = 2
_TABLES = re.compile(r"^# tables: (.+)$", re.MULTILINE)
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


@dataclass(frozen=True, slots=True)
class Executed:
    """One notebook: its name, the executed file, what it stood on, whether it ran now and for how many seconds."""

    name: str
    path: Path
    fingerprint: str
    ran: bool
    seconds: float


def sources(folder: Path) -> list[Path]:
    """The notebooks' scripts, in reading order."""
    return sorted(folder.glob("[0-9][0-9]_*.py"))


def declared_tables(script: Path) -> list[str]:
    """The tables a notebook says it reads.

    Raises:
        CouncilsError: it does not say.
    """
    found = _TABLES.search(script.read_text(encoding="utf-8"))
    if not found:
        raise CouncilsError(
            f"{script.name}: the notebook names no tables. Write a line `# tables: judgements, …` at its head."
        )
    return [table.strip() for table in found.group(1).split(",")]


def execute(
    folder: Path,
    names: Sequence[str] | None = None,
    digests: Mapping[str, str] | None = None,
    *,
    force: bool = False,
) -> list[Executed]:
    """Execute the folder's notebooks (or those named) into `.ipynb` files beside them.

    `digests` are the sha256 of the tables; without them every notebook is executed.

    Raises:
        CouncilsError: no such notebook, no database, or a cell failed; the notebook and the cell are named.
    """
    if not paths.database().exists():
        raise CouncilsError(
            f"{paths.database()}: there is no database yet. Run `councils build`, then this again."
        )
    scripts = _chosen(folder, names)
    marks = {script: _fingerprint(script, digests) for script in scripts}
    stale = [s for s in scripts if force or digests is None or _remembered(s) != marks[s]]
    seconds = asyncio.run(_execute_all({s: marks[s] for s in stale})) if stale else {}
    return [Executed(s.stem, _built(s), marks[s], s in seconds, seconds.get(s, 0.0)) for s in scripts]


def _chosen(folder: Path, names: Sequence[str] | None) -> list[Path]:
    by_name = {script.stem: script for script in sources(folder)}
    if not names:
        return list(by_name.values())
    wanted = [Path(name).stem for name in names]
    for name in wanted:
        if name not in by_name:
            near = get_close_matches(name, by_name, n=1, cutoff=0.3)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(by_name) or 'none'}."
            raise CouncilsError(f"There is no notebook '{name}' in {folder}. {hint}")
    return [by_name[name] for name in dict.fromkeys(wanted)]


def _built(script: Path) -> Path:
    return script.with_suffix(".ipynb")


def _fingerprint(script: Path, digests: Mapping[str, str] | None) -> str:
    package = paths.package()
    code = [
        package / "query" / "example_answers.py",
        package / "choose.py",
        package / "open.py",
        package / "notebooks.py",
        *state.files_below(package / "charts", "*.py", "*.csv"),
        *state.files_below(package / "sql" / "charts", "*.sql"),
        *state.files_below(package / "sql" / "examples", "*.sql"),
        package / "site" / "histories.py",
        package / "site" / "strip.py",
    ]
    tables = declared_tables(script)
    lost = sorted(set(tables) - set(digests)) if digests is not None else []
    if lost:
        raise CouncilsError(
            f"{script.name}: the database has no table {', '.join(lost)}. Mend the line `# tables:` at its head."
        )
    # A chart's day, unless one is asked for, is that of the newest list of outcomes.
    stands_on = sorted({*tables, *LIST_TABLES})
    return state.fingerprint(
        [script, *code], [f"{table} {(digests or {}).get(table)}" for table in stands_on]
    )


def _remembered(script: Path) -> str | None:
    """What the executed notebook stood on, if it is there and whole."""
    try:
        notebook = json.loads(_built(script).read_text(encoding="utf-8"))
        return str(notebook["metadata"]["councils"]["fingerprint"])
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError):
        return None


async def _execute_all(marks: Mapping[Path, str]) -> dict[Path, float]:
    """Execute some notebooks, two at a time; the first failure is told after those under way have ended."""
    gate = asyncio.Semaphore(min(AT_ONCE, os.cpu_count() or 1))

    async def one(script: Path, mark: str) -> float:
        async with gate:
            began = time.perf_counter()
            await _execute_one(script, mark)
            return time.perf_counter() - began

    done = await asyncio.gather(*(one(s, m) for s, m in marks.items()), return_exceptions=True)
    for outcome in done:
        if isinstance(outcome, BaseException):
            raise outcome
    return {
        script: outcome for script, outcome in zip(marks, done, strict=True) if isinstance(outcome, float)
    }


async def _execute_one(script: Path, mark: str) -> None:
    import nbformat
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = read_notebook(script)
    with tempfile.TemporaryDirectory() as scratch:
        client = _client(notebook, script.parent, scratch)
        try:
            await client.async_execute(env=_environment(scratch))
        except CellExecutionError as error:
            raise CouncilsError(_failure(script, notebook, _last_error(notebook))) from error
        except CellTimeoutError as error:
            raise CouncilsError(
                _failure(script, notebook, f"took longer than {SECONDS_PER_CELL} s")
            ) from error
        except DeadKernelError as error:
            raise CouncilsError(_failure(script, notebook, "the kernel died (out of memory?)")) from error
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            await client.km.shutdown_kernel(now=True)
    _forget_machine(notebook)
    notebook.metadata["councils"] = {"fingerprint": mark}
    new = script.with_suffix(".ipynb.new")
    try:
        new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        new.replace(_built(script))
    except OSError as error:
        raise CouncilsError(
            f"{_built(script)}: the executed notebook can't be written: {error.strerror}. "
            "Copy the notebooks into a folder you may write to."
        ) from error


def read_notebook(script: Path) -> Any:
    """The script as a notebook, with cell ids that are the same each time."""
    import jupytext

    notebook = jupytext.read(script, fmt="py:percent")
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"c{number:03d}"
    notebook.metadata = {"kernelspec": dict(_KERNEL)}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _client(notebook: Any, folder: Path, scratch: str) -> Any:
    """A client whose kernel is this Python, whatever kernels the user has installed under the same name."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    class ThisPython(KernelSpecManager):  # type: ignore[misc,unused-ignore]
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            argv = [sys.executable, "-m", "pipelines.kernel", "-f", "{connection_file}"]
            return KernelSpec(argv=argv, display_name=_KERNEL["display_name"], language="python")

    # Sockets as files: no port is opened. Windows has none.
    transport = "tcp" if sys.platform == "win32" else "ipc"
    manager = AsyncKernelManager(
        kernel_name=_KERNEL["name"],
        kernel_spec_manager=ThisPython(),
        transport=transport,
        connection_file=str(Path(scratch) / "kernel.json"),
    )
    return NotebookClient(
        notebook,
        km=manager,
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        # Menus are left out of an executed notebook; no state of any widget is kept either.
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )


def _environment(scratch: str) -> dict[str, str]:
    """The kernel's environment: this project, and none of the user's own start-up files and history."""
    return {
        **os.environ,
        "COUNCILS_HOME": str(paths.root()),
        "PYTHONPATH": os.pathsep.join(
            [str(paths.package().parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        ),
        "IPYTHONDIR": scratch,
        "PYTHONHASHSEED": "0",
        STATIC: "1",
    }


def _last_error(notebook: Any) -> str:
    """The error a cell printed (the reply's own is empty where showing a result failed)."""
    errors = [
        o for c in notebook.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"
    ]
    return f"{errors[-1].ename}: {errors[-1].evalue}" if errors else "no error was printed"


def _failure(script: Path, notebook: Any, what: str) -> str:
    """Which cell of which notebook failed, with its first line."""
    code = [(n, cell) for n, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    failed = [(n, c) for n, c in code if any(o.output_type == "error" for o in c.outputs)]
    number, cell = (
        failed[0] if failed else next(((n, c) for n, c in reversed(code) if c.execution_count), code[0])
    )
    first = cell.source.strip().splitlines()[0]
    return (
        f"{script.name}: cell {number} (`{first}`) failed: {what}. The executed notebook is as it was before."
    )


def _forget_machine(notebook: Any) -> None:
    """What the kernel tells of itself is not part of the notebook."""
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
