"""Leave out the grammar of internationalised addresses, which nothing here checks and every drawing would wait for.

Altair imports jsonschema, which compiles that grammar on import where the package `rfc3987-syntax` is installed (JupyterLab
brings it): more than the rest of Altair takes. Without the package jsonschema leaves these formats unchecked, as it says
in its documentation; no chart has one.
"""

import sys
from importlib import import_module

_PACKAGE = "rfc3987_syntax"


def leave_out() -> None:
    """Import jsonschema as if the package were not installed, unless either is there already."""
    if "jsonschema" in sys.modules or _PACKAGE in sys.modules:
        return
    sys.modules[_PACKAGE] = None  # type: ignore[assignment]
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_PACKAGE]
