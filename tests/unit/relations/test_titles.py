"""No word of cause in any title the product prints: published charts, their questions, notebooks, SQL examples.

The titles of answers are read in the back-tests, where the database is.
"""

import json
import re
from pathlib import Path

from pipelines.charts.registry import CHARTS
from pipelines.query.examples import all_examples
from pipelines.relations.words import says_cause


def chart_titles(root: Path) -> dict[str, str]:
    """The title of each published chart, as drawn."""
    found = {}
    for path in sorted((root / "published").glob("*.vl.json")):
        [plot] = json.loads(path.read_text(encoding="utf-8"))["vconcat"]
        found[path.name] = " ".join(plot["title"]["text"])
    return found


def test_no_published_title_says_cause(root: Path) -> None:
    titles = chart_titles(root)
    assert len(titles) == len(CHARTS)
    assert {name: word for name, title in titles.items() if (word := says_cause(title))} == {}


def test_no_chart_question_says_cause() -> None:
    assert {spec.id: word for spec in CHARTS if (word := says_cause(spec.question))} == {}


def test_no_heading_or_title_of_a_notebook_says_cause(root: Path) -> None:
    heading = re.compile(r"# #+ (.+)|title=f?\"([^\"]+)\"")
    found = [
        (path.name, word)
        for path in sorted((root / "notebooks").glob("*.py"))
        for match in heading.finditer(path.read_text(encoding="utf-8"))
        if (word := says_cause(match.group(1) or match.group(2)))
    ]
    assert found == []


def test_no_question_of_an_example_says_cause() -> None:
    assert [example.name for example in all_examples() if says_cause(example.question)] == []
