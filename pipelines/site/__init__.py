"""The site: static pages that open from disk and load nothing from outside."""

from pathlib import Path


def build_site(database: Path, published: Path, notebooks: Path, data_docs: Path, target: Path) -> list[str]:
    """Render every page into `target`; gives back the pages' paths below it, in order.

    `published` holds the charts, `notebooks` the executed notebooks, `data_docs` Great Expectations' pages.

    Raises:
        CouncilsError: no database, a chart without its files, or a folder that cannot be written.
    """
    from pipelines.site.build import build_pages

    return build_pages(database, published, notebooks, data_docs, target)


def write_data_dictionary(database: Path, path: Path) -> None:
    """Write the data dictionary, generated from the database's COMMENTs, as Markdown: the same bytes each time.

    Raises:
        CouncilsError: no database.
    """
    from pipelines.site.dictionary import write_markdown

    write_markdown(database, path)
