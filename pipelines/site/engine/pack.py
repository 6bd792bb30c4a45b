"""Pack the engine and the database into scripts: what a page on disk may load, where it may fetch nothing.

A browser lets a page that was opened from disk run scripts beside it, but not fetch files or start a worker from one.
So the WebAssembly module, the worker's script and the database travel inside scripts, compressed, as text.
"""

import base64
import gzip
from pathlib import Path

from pipelines.errors import CouncilsError

_DUCKDB = "@duckdb/duckdb-wasm/dist"
_ARROW = "apache-arrow/Arrow.es2015.min.js"


def pack_engine(modules: Path, target: Path) -> None:
    """One script that sets `councilsEngine`: DuckDB's API for pages, and its worker and module, compressed.

    The publisher's own ready files, unchanged: Arrow's sets the global `Arrow`, which the API asks for by `require`.

    Raises:
        CouncilsError: a file is not in the packages.
    """
    arrow, api, worker, module, prelude = (
        _read(path)
        for path in (
            modules / _ARROW,
            modules / _DUCKDB / "duckdb-browser.cjs",
            modules / _DUCKDB / "duckdb-browser-eh.worker.js",
            modules / _DUCKDB / "duckdb-eh.wasm",
            Path(__file__).with_name("worker_prelude.js"),
        )
    )
    parts = (
        arrow,
        b"\n(function () { var module = { exports: {} }, exports = module.exports;",
        b" function require() { return Arrow; }\n",
        _without_map(api),
        b"\nwindow.councilsEngine = { duckdb: module.exports, worker: '",
        _packed(prelude + b"\n" + _without_map(worker)),
        b"', module: '",
        _packed(module),
        b"' }; })();\n",
    )
    _replace(target, b"".join(parts))


def pack_database(database: Path, target: Path) -> None:
    """One script that sets `councilsDatabase`: the database's file, compressed."""
    _replace(target, b"window.councilsDatabase = '" + _packed(database.read_bytes()) + b"';\n")


def _read(path: Path) -> bytes:
    if not path.exists():
        raise CouncilsError(f"{path}: the engine's packages do not have this file. Run `councils engine`.")
    return path.read_bytes()


def _without_map(script: bytes) -> bytes:
    """A script without the line that names its source map, which is not shipped."""
    return script.split(b"//# sourceMappingURL")[0]


def _packed(content: bytes) -> bytes:
    # No time in it: the same content gives the same bytes.
    return base64.b64encode(gzip.compress(content, 9, mtime=0))


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.new")
    new.write_bytes(content)
    new.replace(target)
