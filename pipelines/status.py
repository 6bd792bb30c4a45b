"""`councils status`: what is built, from what, and whether it is still true — without opening the database."""

from pipelines import paths, state
from pipelines.build import inputs


def status() -> tuple[str, bool]:
    """Lines for the reader, and whether everything is up to date."""
    entry = state.load(paths.curated()).get("build")
    if not entry or not paths.database().exists():
        return f"nothing is built yet in {paths.curated()}: run `councils all`", False
    is_current = entry["fingerprint"] == state.fingerprint(inputs())
    lines = [
        f"database  {paths.database()} ({paths.database().stat().st_size / 1e6:.1f} MB)",
        f"state     {'up to date with data/raw' if is_current else 'out of date: run `councils all`'}",
        f"rejected  {entry['rejected']} rows",
        *(f"{rows:>9,} {table}" for table, rows in sorted(entry["rows"].items())),
    ]
    for step, label in (("charts", "charts"), ("notebooks", "notebooks"), ("site", "pages")):
        made = state.load(paths.curated()).get(step, {})
        lines.append(f"{len(made.get('made', [])):>9,} {label}")
    return "\n".join(lines), is_current
