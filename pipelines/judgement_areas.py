"""The crosswalk of judgement areas (`judgement_areas.yml`) as rows: what each framework judges, and what compares."""

from collections.abc import Iterator
from typing import Any

from pipelines import paths
from pipelines.errors import CouncilsError
from pipelines.registry import load_yaml

CROSSWALK = "judgement_areas.yml"


def rows() -> Iterator[dict[str, Any]]:
    """One row per framework and area, in the crosswalk's order.

    Raises:
        CouncilsError: an entry names an area that no entry describes, or one framework's area stands twice.
    """
    entries: list[dict[str, Any]] = load_yaml(paths.package() / CROSSWALK)
    known = {entry["area"] for entry in entries}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        named = [*entry["comparable_with"], *entry.get("continued_as", [])]
        lost = [area for area in named if area not in known]
        if lost:
            raise CouncilsError(
                f"{CROSSWALK}: the entry of '{entry['area']}' names the area '{lost[0]}', which no entry describes. "
                "Describe it or take the name out."
            )
        for framework in entry["frameworks"]:
            key = (framework, entry["area"])
            if key in seen:
                raise CouncilsError(
                    f"{CROSSWALK}: '{entry['area']}' of {framework} stands twice. Keep one entry."
                )
            seen.add(key)
            yield {
                "framework": framework,
                "area": entry["area"],
                "title": entry["title"],
                "valid_from": entry.get("from"),
                "valid_to": entry.get("to"),
                "ended": entry.get("ended"),
                "continued_as": entry.get("continued_as", []),
                "comparable_with": entry["comparable_with"],
                "note": entry["note"],
            }
