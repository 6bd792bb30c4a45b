"""The executed notebooks as pages: their prose, their code folded away, their tables and charts."""

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import CouncilsError

_ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.S)
_STYLE = re.compile(r' style="[^"]*"')


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a page: `prose` and `table` hold HTML, `code` text, `picture` the name of a file and its alt text."""

    kind: str
    content: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class NotebookPage:
    """One executed notebook: its name, its title, its first paragraph, its parts, and its pictures' files."""

    name: str
    title: str
    question: str
    parts: tuple[Part, ...]
    pictures: dict[str, bytes]

    @property
    def path(self) -> str:
        """Its page."""
        return f"notebooks/{self.name}.html"


def read_notebook_pages(folder: Path) -> list[NotebookPage]:
    """The executed notebooks of `folder`, in reading order; those not executed yet are left out.

    Raises:
        CouncilsError: an executed notebook is damaged.
    """
    return [_read(path) for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))]


def _read(path: Path) -> NotebookPage:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook["cells"]
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError) as error:
        raise CouncilsError(
            f"{path}: the executed notebook is damaged. Run `councils notebooks {path.stem}`."
        ) from error
    pictures: dict[str, bytes] = {}
    parts = [part for cell in cells for part in _parts(cell, path.stem, pictures)]
    first = _text(cells[0]["source"])
    title = first.splitlines()[0].lstrip("# ")
    paragraphs = [p for p in first.split("\n\n")[1:] if p.strip()]
    question = " ".join(paragraphs[0].split()) if paragraphs else ""
    return NotebookPage(path.stem, title, question, tuple(parts), pictures)


def _parts(cell: dict[str, Any], name: str, pictures: dict[str, bytes]) -> list[Part]:
    source = _text(cell["source"])
    if cell["cell_type"] == "markdown":
        return [Part("prose", _prose(source))]
    if cell["cell_type"] != "code" or not source.strip():
        return []
    parts = [Part("code", source)]
    for number, output in enumerate(cell["outputs"]):
        parts += _shown(output, f"{name}_{cell['id']}_{number}.svg", pictures)
    return parts


def _shown(output: dict[str, Any], picture: str, pictures: dict[str, bytes]) -> list[Part]:
    """The best form of one output. A picture becomes a file: inside one page the ids of several drawings would clash."""
    if output["output_type"] == "stream":
        return [Part("code", _text(output["text"]))]
    data = output.get("data", {})
    plain = _text(data.get("text/plain", ""))
    if "image/svg+xml" in data:
        pictures[picture] = _text(data["image/svg+xml"]).encode()
        return [Part("picture", picture, plain)]
    if "image/png" in data:
        name = picture.replace(".svg", ".png")
        pictures[name] = base64.b64decode(_text(data["image/png"]))
        return [Part("picture", name, plain)]
    if "text/markdown" in data:
        return [Part("prose", _prose(_text(data["text/markdown"])))]
    if "text/html" in data:
        return [Part("table", _table(_text(data["text/html"])))]
    return [Part("code", plain)] if plain else []


def _prose(source: str) -> str:
    from nbconvert.filters import markdown2html

    return _ANCHOR.sub("", str(markdown2html(source)))


def _table(html: str) -> str:
    """A frame's table with the headers' scope told, and without looks of its own."""
    html = _STYLE.sub("", html)
    head, found, body = html.partition("</thead>")
    if not found:
        return html
    head = head.replace("<th>", '<th scope="col">').replace("<th ", '<th scope="col" ')
    return head + found + body.replace("<th>", '<th scope="row">').replace("<th ", '<th scope="row" ')


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
