"""The example questions: SQL files whose first comment is the question they answer."""

from dataclasses import dataclass
from pathlib import Path

from pipelines import paths
from pipelines.errors import CouncilsError


@dataclass(frozen=True, slots=True)
class Example:
    """One question: its name (the file's), the question in words, and the SQL that answers it."""

    name: str
    question: str
    sql: str


def folder() -> Path:
    """Where the files stand."""
    return paths.package() / "sql" / "examples"


def all_examples() -> list[Example]:
    """Every example, in the order of the files' names."""
    return [read(path) for path in sorted(folder().glob("*.sql"))]


def read(path: Path) -> Example:
    """One file: the comment lines it begins with are its question.

    Raises:
        CouncilsError: the file does not begin with a comment.
    """
    text = path.read_text(encoding="utf-8")
    comment = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        comment.append(line.removeprefix("--").strip())
    if not comment:
        raise CouncilsError(f"{path.name}: an example begins with its question in a comment.")
    return Example(path.stem, " ".join(comment), text)


def find(word: str | None) -> list[Example]:
    """The examples whose name, question or SQL has the word; all without one."""
    if not word:
        return all_examples()
    wanted = word.casefold()
    found = [e for e in all_examples() if wanted in f"{e.name} {e.question}".casefold()]
    return found or [e for e in all_examples() if wanted in e.sql.casefold()]


def named(name: str) -> Example:
    """One example by its name.

    Raises:
        CouncilsError: there is none; the nearest names are in the sentence.
    """
    path = folder() / f"{name}.sql"
    if path.exists() and path.parent == folder():
        return read(path)
    from pipelines.query.nearest import did_you_mean

    known = [p.stem for p in folder().glob("*.sql")]
    raise CouncilsError(
        f"There is no example '{name}'.{did_you_mean(name, known) or ' See: councils examples.'}"
    )
