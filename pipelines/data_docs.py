"""Great Expectations' Data Docs made to load nothing from outside: no scripts, styles, fonts or pictures of others.

As rendered, each page asks eleven addresses for styles and scripts and one for a logo that tells its owner who looked.
The pages read well without scripts; one small style sheet of our own stands in for the rest.
"""

import re
from pathlib import Path

_REMOTE_TAGS = (
    re.compile(r"<script\b[^>]*\bsrc=[\"']https?:[^>]*>\s*</script>", re.I),
    re.compile(r"<link\b[^>]*\bhref=[\"']https?:[^>]*>(\s*</link>)?", re.I),
    re.compile(r"<img\b[^>]*\bsrc=[\"']https?:[^>]*>", re.I),
    re.compile(r"<(iframe|form)\b[^>]*https?:.*?</\1>", re.I | re.S),
    re.compile(r"<style>@import[^<]*</style>", re.I),
    re.compile(r"<script\b.*?</script>", re.I | re.S),
)
_REMOTE_LINK = re.compile(r"<a\b[^>]*\bhref=[\"']https?:[^>]*>(.*?)</a>", re.I | re.S)
_REMOTE_STYLE = re.compile(r"@import\s+url\([^)]*\);?|url\([\"']?https?:[^)]*\)", re.I)
_OUTSIDE = re.compile(r"\b(?:src|href)=[\"']https?:|url\([\"']?https?:", re.I)
#: Roles of tabs that only a script would make tabs, and links whose words were the logo.
_TAB_ROLES = re.compile(r"\s(?:role=[\"'](?:tab|tablist|tabpanel)[\"']|aria-selected=[\"']\w+[\"'])", re.I)
_EMPTY_LINK = re.compile(r"(<a\b[^>]*>)\s*(</a>)", re.I)
_STYLE = """<style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}td,th{border:1px solid #bbb;padding:.35rem .6rem;
text-align:left;vertical-align:top}a{color:#12436d}.row{display:flex;flex-wrap:wrap;gap:1rem}.col-9,.col-md-10{flex:1}
.badge{font-weight:600}ul{padding-left:1.2rem}nav ol{list-style:none;padding:0;display:flex;gap:.5rem}.collapse{display:block}
.modal,.modal-dialog,#ge-cta-footer,.btn{display:none}i.fas:before{font-style:normal}.fa-check-circle:before{content:"passed"}
.col-9,.col-md-10,.col-12,.col-lg-10{min-width:0;overflow-x:auto;overflow-wrap:anywhere}body{overflow-wrap:anywhere}
.fa-times:before,.fa-times-circle:before{content:"FAILED"}.fa-exclamation-triangle:before{content:"raised"}
</style></head>"""


def make_offline(folder: Path) -> None:
    """Rewrite every page below `folder` in place."""
    for page in sorted(folder.rglob("*.html")):
        page.write_text(offline_page(page.read_text(encoding="utf-8")), encoding="utf-8")
    if (folder / "index.html").exists():
        (folder / "index.html").write_text(_index(folder), encoding="utf-8")
    for style in sorted(folder.rglob("*.css")):
        style.write_text(_REMOTE_STYLE.sub("", style.read_text(encoding="utf-8")), encoding="utf-8")


def _index(folder: Path) -> str:
    """The first page: as rendered, its lists are filled by scripts; ours are links."""
    results = {
        page.relative_to(folder).parts[1]: page for page in sorted((folder / "validations").rglob("*.html"))
    }
    suites = {page.stem: page for page in sorted((folder / "expectations").rglob("*.html"))}
    lists = (
        f"<h2>{heading}</h2><ul>"
        + "".join(
            f'<li><a href="{page.relative_to(folder).as_posix()}">{name}</a></li>'
            for name, page in pages.items()
        )
        + "</ul>"
        for heading, pages in (("How the rows met the rules", results), ("The rules", suites))
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="UTF-8"><title>Data Docs</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{_STYLE}\n<body><main>'
        f"<h1>Data Docs</h1>{''.join(lists)}</main></body></html>\n"
    )


def offline_page(html: str) -> str:
    """One page without anything that a browser would fetch from elsewhere."""
    for tag in _REMOTE_TAGS:
        html = tag.sub("", html)
    html = _REMOTE_LINK.sub(r"\1", html)
    html = _REMOTE_STYLE.sub("", html)
    html = _EMPTY_LINK.sub(r"\1All results\2", _TAB_ROLES.sub("", html))
    html = html.replace("<html>", '<html lang="en">', 1)
    return html.replace("</head>", _STYLE, 1)


def loads_from_outside(html: str) -> bool:
    """Whether a browser showing the page would ask another machine for something."""
    return _OUTSIDE.search(html) is not None
