"""Search across scripts: Sphinx's search, extended.

Sphinx's page, index and display stay what they are. Added are

- words of the index under the key of their name (:mod:`.language`, :mod:`apparatus.script.folding`),
  beside the stem that Sphinx gives them: so «Власов» finds the pages that have Vlasov, and
  *soldiers* still those that have *soldier*;
- a file of passages, readings and notes, and a script that finds in it (:mod:`.passages`).

Both are asked for by the search page alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.util.index_entries import split_index_msg

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of, reading_order
from apparatus.sphinxext.outputs import makes_pages, spoken_attribute
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import (
    BuildFinished,
    ConfigInited,
    DoctreeResolved,
    Head,
    HtmlCollectPages,
    HtmlPageContext,
)
from apparatus.sphinxext.search.language import fold_names, keep_stems
from apparatus.sphinxext.search.passages import Row, dump_rows, has_rows_of, load_rows, rows_of
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ENTRY, entry_of, keys_of, split_key
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FILE = "passages.js"
#: What prints from a face, and has no text of its own.
OPAQUE = (nodes.formal_entries, nodes.formal_entry, nodes.entry_line, nodes.note_head)


def complete_index(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Make Sphinx's index what it is after a fresh build, before it is written (``html-collect-pages``).

    Of documents that are not written anew Sphinx 9 forgets the entries of the general index; words
    that no document has any more it keeps.
    """
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None:
        return []
    kept, entries = indexer._index_entries, app.env.domains.index_domain.entries
    for docname in set(app.env.all_docs) - set(kept):
        kept[docname] = sorted(
            {
                (part, target or "", main)
                for kind, value, target, main, _ in entries.get(docname, ())
                for part in split_index_msg(kind, value)
            }
        )
    indexer._index_entries = {name: kept[name] for name in sorted(kept) if name in app.env.all_docs}
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, its in words.items() if not its]:
            del words[word]
    return []


#: What can be typed: where a book has been printed, also where in it.
PLACE = phrase("Words, a name in either script, or the number of a passage")
PLACE_OR_PAGE = phrase(
    "Words, a name in either script, the number of a passage, or page and line of the book (p. 7.12)"
)


class Passages:
    """What can be found in the edited text, gathered while its documents are written.

    A document that is not written anew is as it was, and so are its rows in the file of the
    build before: Sphinx keeps its own index in the same way.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.version = ""

    def gather(self, app: Sphinx, doctree: dn.document, docname: str) -> None:
        """Take the rows of a document when all its references are resolved."""
        domain, opaque = (
            domain_of(app.env),
            [node for node in doctree.findall(dn.Element) if isinstance(node, OPAQUE)],
        )
        is_text = domain.text_of(docname) is not None
        if not _is_searched(app) or not (is_text or opaque):
            return
        if is_text and (faces := domain.faces_for(docname)):
            self.rows[docname] = rows_of(doctree, docname, faces, settings(app.config).references)
        give_words(opaque, domain)

    def write(self, app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
        """Write the file of passages once all documents are written and before the search page is."""
        if not _is_searched(app):
            return []
        domain, path = domain_of(app.env), Path(app.outdir) / "_static" / FILE
        known = set(domain.documents)
        documents = [docname for docname in reading_order(app.env) if docname in known]
        if domain.is_as_written and not self.rows and path.is_file():
            written = path.read_bytes()
            if has_rows_of(written, documents):
                self.version = f"{zlib.crc32(written):08x}"
                return []
        before = load_rows(path)
        for docname in documents:
            if docname in self.rows:
                continue
            if docname in before:
                self.rows[docname] = before[docname]
            else:  # the file is gone
                app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags)
        rows = {docname: self.rows[docname] for docname in documents}
        text = dump_rows(rows, domain.concordance.places)
        self.version = f"{zlib.crc32(text.encode()):08x}"
        with told_if_unwritten():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return []

    def complete_page(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: dn.document | None,
    ) -> None:
        """Give the search page, and no other, its style sheet, passages and script."""
        if templatename != "search.html" or not _is_searched(app):
            return
        app.add_css_file("search.css", priority=Head.SEARCH_STYLES)
        if self.version:
            # Sphinx would keep the checksum of the first such file that a process has seen.
            source = f"{context['pathto'](f'_static/{FILE}', resource=True)}?v={self.version}"
            app.add_js_file(None, priority=Head.PASSAGES, loading_method="defer", src=source)
            app.add_js_file("passages-search.js", priority=Head.SEARCH_SCRIPT, loading_method="defer")
        context["spoken_attribute"] = spoken_attribute(app.config, app.builder)
        is_printed = bool(domain_of(app.env).concordance.places)
        context["what_to_search"] = voice_of(app.config).say(PLACE_OR_PAGE if is_printed else PLACE)
        context["without_script"] = _without_script(app, context)


def give_words(opaque: Sequence[dn.Element], domain: ApparatusDomain) -> None:
    """Let Sphinx's index find the words of entries: it reads texts, and theirs is in their faces.

    The first entry has the words of all, each once: to the index a document is a set of words.
    """
    keys = chain.from_iterable(
        keys_of(node) if isinstance(node, nodes.formal_entries) else (node[ENTRY],) for node in opaque
    )
    found = [
        faces.of(entry_of(faces.edition, key)).plain
        for key in keys
        if (faces := domain.faces_for(split_key(key)[0]))
    ]
    if found:
        opaque[0] += dn.Text("\n".join(found))


def _is_searched(app: Sphinx) -> bool:
    return makes_pages(app) and bool(getattr(app.builder, "search", False))


def _index_pages(app: Sphinx, context: dict[str, Any]) -> list[tuple[str, str]]:
    """Where a reader without JavaScript looks things up: address and title."""
    pathto, standard = context["pathto"], app.env.domains.standard_domain
    registered = (standard.anonlabels.get(f"name-{key}") for key in domain_of(app.env).register.by_key)
    docnames = dict.fromkeys([found[0] for found in registered if found] + [app.config.root_doc])
    pages = [(pathto(docname), app.env.titles[docname].astext()) for docname in docnames]
    if context["hasdoc"]("genindex"):
        pages.insert(-1, (pathto("genindex"), voice_of(app.config).say("General index")))
    return pages


def _without_script(app: Sphinx, context: dict[str, Any]) -> str:
    """What is said to a reader without JavaScript, in HTML, with the ways to the indexes."""
    voice = voice_of(app.config)
    pages = [
        f'<a href="{escape(address)}">{escape(title)}</a>' for address, title in _index_pages(app, context)
    ]
    message = voice.say(
        "Searching needs JavaScript. Without it, look in {pages}, or use your browser’s own search on a page."
    )
    return escape(message, quote=False).format(pages=voice.alternatives(pages))


def setup(app: Sphinx) -> None:
    passages = Passages()
    app.connect("config-inited", fold_names, priority=ConfigInited.SEARCH_LANGUAGE)
    app.connect("doctree-resolved", passages.gather, priority=DoctreeResolved.GATHER_PASSAGES)
    app.connect("html-collect-pages", passages.write, priority=HtmlCollectPages.WRITE_PASSAGES)
    app.connect("html-collect-pages", complete_index, priority=HtmlCollectPages.COMPLETE_INDEX)
    app.connect("html-page-context", passages.complete_page, priority=HtmlPageContext.SEARCH_PAGE)
    app.connect("build-finished", keep_stems, priority=BuildFinished.KEEP_STEMS)
