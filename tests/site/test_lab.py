"""JupyterLab itself in the browser: a notebook is opened, all its cells are run, its charts are seen, with no network."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from pipelines import paths

NOTEBOOK = "03_one_council"
STARTS_WITHIN, RUNS_WITHIN = 60, 90


def write_notebook(folder: Path) -> None:
    """The notebook as a reader gets it before a run: its cells, without outputs."""
    import jupytext

    notebook = jupytext.read(paths.notebooks() / f"{NOTEBOOK}.py")
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    jupytext.write(notebook, folder / f"{NOTEBOOK}.ipynb")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def lab(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A lab of our own on this machine: the notebook's address with token, and its file.

    Nothing of the user's settings is read or written.
    """
    home = tmp_path_factory.mktemp("lab")
    folder = home / "notebooks"
    folder.mkdir()
    write_notebook(folder)
    port, token = free_port(), secrets.token_hex(16)
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    }
    for place in own.values():
        Path(place).mkdir()
    words = [
        *(
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--ip=127.0.0.1",
            f"--port={port}",
            "--allow-root",
        ),
        *(
            f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={folder}",
            "--ServerApp.port_retries=0",
        ),
        *("--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"),
    ]
    environment = {
        **os.environ,
        **own,
        "COUNCILS_HOME": str(paths.root()),
        "PYTHONPATH": str(paths.package().parent),
    }
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(words, env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api?token={token}", server, home / "lab.log")
            yield f"{address}/lab/tree/{NOTEBOOK}.ipynb?token={token}", folder / f"{NOTEBOOK}.ipynb"
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the lab answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text(encoding="utf-8")[-2000:]
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(
        f"JupyterLab did not answer within {STARTS_WITHIN} s: {log.read_text(encoding='utf-8')[-2000:]}"
    )


def saved_cells(page: Any, file: Path) -> list[dict[str, Any]]:
    """The code cells as the lab saves them, once every one has been run."""
    deadline = time.monotonic() + RUNS_WITHIN
    while time.monotonic() < deadline:
        page.click(".jp-NotebookPanel-toolbar [data-jp-item-name=save]")
        page.wait_for_timeout(1000)
        cells = [c for c in json.loads(file.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
        if all(cell["execution_count"] for cell in cells):
            return cells
    pytest.fail(f"the notebook was not run within {RUNS_WITHIN} s: {cells}")


def test_a_notebook_runs_in_the_lab_and_shows_its_charts(browser: Any, lab: tuple[str, Path]) -> None:
    address, file = lab
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    outside: list[str] = []
    home = address.split("/lab/", maxsplit=1)[0]
    own = (home, home.replace("http:", "ws:"), "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else outside.append(r.url))
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=STARTS_WITHIN * 1000)
    # Asked to run before its kernel is there, the lab asks which kernel to take.
    page.wait_for_selector(".jp-Toolbar-kernelName:has-text('Python 3')", timeout=STARTS_WITHIN * 1000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=STARTS_WITHIN * 1000)
    page.click("text=Run >> nth=0")
    page.click("[data-command='runmenu:run-all']")
    cells = saved_cells(page, file)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [o for o in outputs if o["output_type"] in ("error", "stream")] == []
    charts = [o for o in outputs if "image/svg+xml" in o.get("data", {})]
    assert charts
    # The lab keeps in the page only what is near the screen: the last chart is where the run ended.
    seen = page.locator(".jp-RenderedSVG img, .jp-RenderedSVG svg, .jp-RenderedImage img")
    assert max(seen.nth(i).bounding_box()["width"] for i in range(seen.count())) > 300
    assert outside == []
    page.close()
