"""In the head of each page what programs read of it: reference managers, search engines, archives.

It stands in the page as it is built, for most of those who read it run no script. What needs the edition's address is
written when ``html_baseurl`` names one; without it the build says once what it has left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes as dn
from sphinx.util import logging

from apparatus.citation import metadata
from apparatus.citation.metadata import Link, Page, Rights
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_one_page, makes_pages, page_language
from apparatus.sphinxext.parts.references import work_of
from apparatus.sphinxext.report import report, told_if_unwritten
from apparatus.sphinxext.schedule import ApparatusFiles, BuilderInited, BuildFinished, HtmlPageContext
from apparatus.written import put

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

LINKSET, SITEMAP = "linkset.json", "sitemap.xml"
LINKSET_TYPE = "application/linkset+json"
#: Of the files that are offered the types that Python does not know.
TYPES = {
    ".epub": "application/epub+zip",
    ".xml": "application/tei+xml",
    ".csv": "text/csv",
    ".nex": "text/plain",
}
_TAGS = re.compile(r"<[^>]+>")
logger = logging.getLogger(__name__)


def check_address(app: Sphinx) -> None:
    """Say what is wrong with the edition's address, or what is left out because it has none (``builder-inited``)."""
    if not makes_pages(app) or not work_of(app.config).title:
        return
    if (base := app.config.html_baseurl) and not _is_address(base):
        message = (
            f"html_baseurl is {base!r}, which is no address of a site; it begins with https:// and a host, such as "
            "https://example.org/edition/. What needs it is left out of the pages"
        )
        report([Problem(ProblemKind.BAD_CONFIG, message)])
    elif not base:
        logger.info(
            "the edition has no address (html_baseurl): without canonical, cite-as, citation_public_url and sitemap.xml"
        )


def _is_address(base: str) -> bool:
    try:
        found = urlsplit(base)
    except ValueError:
        return False
    return found.scheme in ("http", "https") and bool(found.hostname) and not re.search(r'[\s"<>]|[?#]', base)


def base_of(config: Config) -> str:
    """The address of the edition, with a stroke at its end; empty if it has none, or what is given is none."""
    base = str(config.html_baseurl)
    return base.rstrip("/") + "/" if base and _is_address(base) else ""


def rights_of(config: Config) -> Rights:
    """Under what the editors' part of the edition may be used."""
    its = config.copyright
    statement = its if isinstance(its, str) else "; ".join(its or ())
    publisher = "" if config.author in ("", "Author name not set") else str(config.author)
    return Rights(statement, settings(config).licence, publisher)


def describe(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Put the metadata of a page into its head (``html-page-context``)."""
    work = work_of(app.config)
    if not makes_pages(app) or not work.title or templatename == "search.html":
        return
    page, rights = _page(app, pagename, context), rights_of(app.config)
    is_first = pagename == app.config.root_doc
    links = [*metadata.signposts(work, rights, page, list(_beside(app, pagename, items=is_first)))]
    made = [
        f'<link rel="schema.DC" href="{metadata.DUBLIN_CORE}">',
        *(f'<meta name="{name}" content="{_quoted(value)}">' for name, value in metadata.tags(work, page, rights)),
        *(_link(link) for link in links),
        _script(metadata.json_ld(work, page, rights, base_of(app.config))),
    ]  # fmt: skip
    context["metatags"] = context.get("metatags", "") + "".join(made)


def _page(app: Sphinx, pagename: str, context: dict[str, Any]) -> Page:
    title = _TAGS.sub("", str(context.get("title", "")))  # it may have markup, and its signs are escaped
    base = base_of(app.config)
    address = base + app.builder.get_target_uri(pagename) if base and not is_one_page(app.builder) else base
    return Page(
        unescape(title).strip() or work_of(app.config).title,
        _language(app, pagename),
        address.split("#")[0],
    )


def _language(app: Sphinx, pagename: str) -> str:
    """The language of what a page is about: of its edited text if it has one, or else of the editors."""
    text = domain_of(app.env).text_of(pagename)
    its = next((block.language for block in text.blocks if block.language), "") if text else ""
    return its or page_language(app.config, app.builder)


def _beside(app: Sphinx, pagename: str, *, items: bool) -> Iterator[Link]:
    """The set of links, and on the first page what the edition consists of."""
    up = "../" * app.builder.get_target_uri(pagename).count("/")
    yield Link("linkset", up + LINKSET, LINKSET_TYPE)
    yield from _items(app, up) if items else ()


def _items(app: Sphinx, up: str) -> Iterator[Link]:
    names = [one.name for one in domain_of(app.env).downloads]
    for name in [*names, *filter(None, [settings(app.config).offline])]:
        kind = TYPES.get(Path(name).suffix) or guess_type(name)[0] or ""
        yield Link("item", up + name, kind)


def _link(link: Link) -> str:
    kind = f' type="{link.type}"' if link.type else ""
    return f'<link rel="{link.rel}" href="{_quoted(link.href)}"{kind}>'


def _quoted(value: str) -> str:
    return escape(" ".join(value.split()))


def _script(said: dict[str, object]) -> str:
    # Within a script no text may end it.
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def whole_files(app: Sphinx) -> list[Path]:
    """The set of links and the map of the site (``apparatus-files``)."""
    if not makes_pages(app) or not work_of(app.config).title:
        return []
    names = [LINKSET, *([SITEMAP] if base_of(app.config) else [])]
    return [Path(app.outdir) / name for name in names]


def write_whole(app: Sphinx, exception: Exception | None) -> None:
    """Write them when all pages are there (``build-finished``)."""
    for file in whole_files(app) if not exception else ():
        made = _linkset(app) if file.name == LINKSET else _sitemap(app)
        with told_if_unwritten():
            put(file, made)


def _linkset(app: Sphinx) -> str:
    """The links of the edition as a whole; without an address they are from the folder of the file."""
    work, rights, base = work_of(app.config), rights_of(app.config), base_of(app.config)
    whole = Page(work.title, page_language(app.config, app.builder), base, "Book")
    links = list(metadata.signposts(work, rights, whole, list(_items(app, base))))
    anchor = base or app.builder.get_target_uri(app.config.root_doc) or "./"
    return json.dumps(metadata.linkset(anchor, links), ensure_ascii=False, indent=1) + "\n"


def _sitemap(app: Sphinx) -> str:
    """The addresses of the pages that have a source (sitemaps.org, 0.9)."""
    base, made = base_of(app.config), '<?xml version="1.0" encoding="UTF-8"?>\n'
    made += '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    pages = [app.config.root_doc] if is_one_page(app.builder) else sorted(app.env.found_docs)
    for name in pages:
        at = "" if is_one_page(app.builder) else app.builder.get_target_uri(name)
        made += f"<url><loc>{escape(base + at)}</loc></url>\n"
    return made + "</urlset>\n"


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check_address, priority=BuilderInited.CHECK_ADDRESS)
    app.connect("html-page-context", describe, priority=HtmlPageContext.DESCRIBE)
    app.connect("apparatus-files", whole_files, priority=ApparatusFiles.METADATA)
    app.connect("build-finished", write_whole, priority=BuildFinished.WRITE_METADATA)
