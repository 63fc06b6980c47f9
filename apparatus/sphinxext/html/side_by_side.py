"""A page for a text and its translation, side by side.

It needs no script, and in a narrow window each passage of the translation stands below its own. It has all that
the two pages have: apparatus and notes of both, each in the row behind the last passage of its section. Where a
passage is to be cited its number says, which leads to the page of its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from docutils import nodes as dn
from sphinx.util.osutil import relative_uri

from apparatus.counterparts import Unit, in_rows, prefix_of, side_page
from apparatus.language import direction
from apparatus.sphinxext.domain import ApparatusDomain, domain_of
from apparatus.sphinxext.html.assets import BARE
from apparatus.sphinxext.html.silence import UNTOLD, is_told_once
from apparatus.sphinxext.outputs import is_for_browsers, is_one_page, page_language
from apparatus.sphinxext.schedule import ApparatusFiles, HtmlCollectPages
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import LANGUAGE
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

#: What is divided at passages: all else stands in one piece, with all the passages that it has.
DIVIDED = (
    *(dn.document, dn.section, dn.container, dn.compound, dn.block_quote, dn.line_block),
    *(dn.bullet_list, dn.enumerated_list, dn.list_item),
)
#: A tag of HTML as docutils and we write it, an address in it, and an anchor; an address that holds from everywhere.
_TAG, _ADDRESS, _ID = map(re.compile, (r"<[a-z][^<>]*>", r' (href|src)="([^"]*)"', r' id="([^"]*)"'))
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|/|$", re.IGNORECASE)


class SidePage(NamedTuple):
    """The page of a text and of one that translates it."""

    first: str
    second: str

    @property
    def name(self) -> str:
        """Its name."""
        return side_page(self.first, self.second)


def side_pages(domain: ApparatusDomain) -> list[SidePage]:
    """All pages, in the order of the translations; of what translates no text there is none."""
    proof = domain.proof
    texts = ((name, domain.text_of(name)) for name in proof.second)
    pages = (SidePage(text.translates, name) for name, text in texts if text)
    return [page for page in pages if page.first in proof.texts and page.first not in proof.second]


def are_made(app: Sphinx) -> bool:
    """Whether the builder makes them: where all documents are one page both texts are on it."""
    return is_for_browsers(app.builder) and not is_one_page(app.builder)


def page_files(app: Sphinx) -> list[Path]:
    """The files of all pages (``apparatus-files``)."""
    if not is_for_browsers(app.builder) or not are_made(app):
        return []
    return [Path(app.builder.get_output_path(page.name)) for page in side_pages(domain_of(app.env))]


def make_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages, for Sphinx to write (``html-collect-pages``)."""
    domain = domain_of(app.env)
    is_kept = domain.is_as_written and not domain.assembled and all(file.exists() for file in page_files(app))
    for page in side_pages(domain) if are_made(app) and not is_kept else ():
        titles = [escape(app.env.titles[name].astext()) for name in page]
        context = {"title": " – ".join(titles), "body": _body(app, page), "parents": [], "side_page": page}
        yield page.name, context, "page.html"


def _body(app: Sphinx, page: SidePage) -> str:
    edition = domain_of(app.env).edition
    assert edition is not None
    sides = [_Side(app, name, page) for name in page]
    first, second = ([unit for unit, _ in side.units] for side in sides)
    rows = in_rows(first, second, edition.counterparts)
    cells = [[side.written(its) for side, its in zip(sides, row, strict=True)] for row in rows]
    there = frozenset(unescape(found[1]) for pair in cells for cell in pair for found in _ID.finditer(cell))
    made = [f'<div class="page-body side-by-side{" first-at-right" if sides[0].is_turned else ""}">']
    for pair in cells:
        both = (side.led(cell, there) for side, cell in zip(sides, pair, strict=True))
        made.append(f'<div class="pair">{"".join(f"<div>{cell}</div>" for cell in both)}</div>')
    return "\n".join([*made, "</div>"])


class _Side:
    """One of the two texts: its units, and how they are written."""

    def __init__(self, app: Sphinx, docname: str, page: SidePage) -> None:
        self._app, self._docname, self._page = app, docname, page
        self._builder: StandaloneHTMLBuilder = app.builder  # type: ignore[assignment]
        self._document = app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags)
        if is_told_once(app.builder, self._document):
            self._document[UNTOLD] = True
        for way in list(self._document.findall(nodes.counterpart)):
            way.parent.remove(way)  # what it leads to stands beside it
        if docname == page.second:
            _without_prefix(self._document, prefix_of(docname))
        self.units = [(_unit(node), node) for node in _divided(self._document)]
        self._begun: set[int] = set()

    @property
    def is_turned(self) -> bool:
        """Whether it runs from right to left, and the page does not: then it stands at the right."""
        tags = (node[LANGUAGE] for node in self._document.findall(dn.Element) if node.get(LANGUAGE))
        main = page_language(self._app.config, self._builder)
        return direction(main) == "ltr" and direction(next(tags, main)) == "rtl"

    def written(self, units: Sequence[int]) -> str:
        """The units of one row."""
        document = self._document.copy()
        document.settings = self._builder.docsettings
        shells: dict[int, dn.Element] = {id(self._document): document}
        for i in units:
            node = self.units[i][1]
            self._shell(node, shells).append(node.deepcopy())
        builder = self._builder
        here = builder.get_target_uri(self._docname)
        builder.current_docname = self._docname
        builder.secnumbers = self._app.env.toc_secnumbers.get(self._docname, {})
        builder.imgpath, builder.dlpath = (
            relative_uri(here, name) for name in (builder.imagedir, "_downloads")
        )
        visitor: Any = builder.create_translator(document, builder)
        document.walkabout(visitor)
        return "".join(visitor.fragment)

    def _shell(self, node: dn.Element, shells: dict[int, dn.Element]) -> dn.Element:
        """What holds a node, empty but for what it has already in this row; a section is there for its heading alone."""
        above: dn.Element = node.parent
        while isinstance(above, dn.section) and not isinstance(node, (dn.title, dn.section)):
            above = above.parent
        if id(above) not in shells:
            shells[id(above)] = shell = self._emptied(above, node)
            self._shell(above, shells).append(shell)
        return shells[id(above)]

    def _emptied(self, above: dn.Element, node: dn.Element) -> dn.Element:
        """A copy of what holds a node, without what it holds; what had begun in a row before goes on."""
        shell = above.copy()
        if isinstance(above, dn.section):
            shell[BARE] = True
        else:
            shell["ids"] = []
        if isinstance(above, dn.enumerated_list):
            shell["start"] = above.get("start", 1) + above.index(node)
        if id(above) in self._begun:
            shell["classes"] = [*above["classes"], "goes-on"]
        self._begun.add(id(above))
        return shell

    def led(self, cell: str, there: Collection[str]) -> str:
        """A cell whose addresses hold from this page; to what is *there* it leads on it, but by numbers."""

        def tag(found: re.Match[str]) -> str:
            is_number = 'class="passage-number' in found[0]
            return _ADDRESS.sub(lambda its: self._led(its, () if is_number else there), found[0])

        return _TAG.sub(tag, cell)

    def _led(self, found: re.Match[str], there: Collection[str]) -> str:
        name, address = found[1], unescape(found[2])
        if _ABSOLUTE.match(address):
            return found[0]
        uri = self._builder.get_target_uri
        target, anchor = urldefrag(urljoin(uri(self._docname), address))
        stays = anchor in there and target in map(uri, self._page)
        way = relative_uri(uri(self._page.name), target) if not stays else ""
        return f' {name}="{escape(way + (f"#{anchor}" if anchor else ""))}"'


def _without_prefix(document: dn.document, prefix: str) -> None:
    """Let the numbers of a second text be seen as those beside them."""
    for number in document.findall(nodes.passage_number):
        number["seen"] = number["number"].removeprefix(prefix)


def _divided(above: dn.Element) -> Iterator[dn.Element]:
    """The units of a text."""
    for node in above.children:
        if not isinstance(node, dn.Element):
            continue
        if type(node) in DIVIDED and _numbers(node):
            yield from _divided(node)
        else:
            yield node


def _numbers(node: dn.Element) -> frozenset[str]:
    return frozenset(number["number"] for number in node.findall(nodes.passage_number))


def _unit(node: dn.Element) -> Unit:
    return Unit(_numbers(node), leads=isinstance(node, (dn.title, dn.target)))


def versions(app: Sphinx, here: str, page: SidePage | None) -> str:
    """The choice between a text, its translations, and both side by side; nothing where there is none."""
    pages = side_pages(domain_of(app.env)) if are_made(app) else []
    first = page.first if page else next((one.first for one in pages if here in one), "")
    pages = [one for one in pages if one.first == first]
    if not pages:
        return ""
    voice, builder = voice_of(app.config), app.builder
    names = _names(app, [first, *(one.second for one in pages)])

    def choice(name: str, words: str, text: str | None = None) -> str:
        address = (
            builder.get_relative_uri(here, name) or builder.get_target_uri(name).rpartition("/")[2] or "./"
        )
        current = ' aria-current="page"' if name == here else ""
        prefix = "" if text is None else f' data-prefix="{escape(text)}"'
        return f'<a href="{escape(address)}"{prefix}{current}>{escape(words)}</a>'

    choices = [choice(first, names[first], "")]
    for one in pages:
        words = (
            voice.say("Side by side")
            if len(pages) == 1
            else f"{names[first]} \N{EN DASH} {names[one.second]}"
        )
        choices += [choice(one.name, words), choice(one.second, names[one.second], prefix_of(one.second))]
    which = escape(voice.say("Text and translation"))
    return f'<nav class="versions" aria-label="{which}">{"".join(choices)}</nav>'


def _names(app: Sphinx, docnames: Sequence[str]) -> dict[str, str]:
    """What texts are called where one is chosen: by their languages, or by their titles if these do not tell them apart."""
    named = {name: _language(app, name) for name in docnames}
    is_clear = all(named.values()) and len({*named.values()}) == len(named)
    return named if is_clear else {name: app.env.titles[name].astext() for name in docnames}


def _language(app: Sphinx, docname: str) -> str:
    """The name of the language of a text, as the edition speaks."""
    document = domain_of(app.env).text_of(docname)
    tags = (block.language for block in document.blocks if block.language) if document else iter(())
    tag = next(tags, page_language(app.config, app.builder))
    return voice_of(app.config).language_name(tag)


def setup(app: Sphinx) -> None:
    app.connect("apparatus-files", page_files, priority=ApparatusFiles.SIDE_BY_SIDE)
    app.connect("html-collect-pages", make_pages, priority=HtmlCollectPages.SIDE_BY_SIDE)
