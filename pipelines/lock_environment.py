"""`environment.yml` from `requirements.lock`: the same versions for conda users, who cannot install by hash.

conda hands its pip section to pip in one go, and pip refuses the editable project beside hashed packages; so the
environment names each locked version, and the lock stays the one place where versions are chosen.
"""

import re
from pathlib import Path

HEAD = """\
# Written by `make lock` from requirements.lock: do not edit by hand.
name: councils
channels: [conda-forge]
dependencies:
  - python=3.11
  - pip
  - pip:
"""
_PIN = re.compile(r"^([A-Za-z0-9_.\-\[\]]+==[^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")


def environment_text(lock: str) -> str:
    """The text of environment.yml for the text of a lock: one pin a line, markers kept, the project last."""
    pins = []
    for line in lock.splitlines():
        found = _PIN.match(line)
        if found:
            pins.append(f"{found[1]} ; {found[2].strip()}" if found[2] else found[1])
    lines = [f'      - "{pin}"' for pin in pins]
    return HEAD + "\n".join([*lines, '      - "-e ."']) + "\n"


def main() -> None:
    """Write environment.yml beside the lock."""
    root = Path(__file__).resolve().parents[1]
    text = environment_text((root / "requirements.lock").read_text(encoding="utf-8"))
    (root / "environment.yml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
