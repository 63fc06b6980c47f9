"""Terms of the glossary lead to it where they first occur.

The source is not touched: when a document is written, the first occurrence of a term in each
section of the edited text becomes a link to Sphinx's ``{glossary}``, and so does the first in the
notes of each section (on the screen, where they stand together) and in each other page. Nothing is
linked inside a link or a lemma; then the next occurrence is taken, if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.links import link
from apparatus.sphinxext.tree.text import put_in_place

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What is not entered: links, headings, and words that are not prose.
SHUT = (
    dn.reference,
    dn.title,
    dn.term,
    dn.citation,
    dn.raw,
    dn.literal,
    dn.literal_block,
    dn.comment,
    dn.system_message,
    addnodes.pending_xref,
    addnodes.toctree,
    addnodes.glossary,
    addnodes.start_of_file,
    nodes.foot,
    nodes.lemma,
    nodes.note_mark,
    nodes.editorial,
    nodes.passage_number,
    nodes.cyrillic,
    nodes.transliteration,
)


def terms_of(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """The terms of the glossary, each with its document and anchor there."""
    objects = env.domains.standard_domain.objects
    return {name: place for (kind, name), place in sorted(objects.items()) if kind == "term"}


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms as a whole word, an English plural too; the longest wins.

    A term in lower case may begin a sentence; otherwise capitals count.
    """

    def form(term: str) -> str:
        first = f"[{term[0]}{term[0].upper()}]" if term[0].islower() else re.escape(term[0])
        return first + re.escape(term[1:])

    names = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<![\w-])({'|'.join(map(form, names))})(?=s?(?![\w-]))")


class Walker:
    """The text of a document that may be linked. Print marks the ends of a lemma only: it counts them."""

    def __init__(self) -> None:
        self.open = 0

    def leaves(self, node: dn.Element) -> Iterator[dn.Text]:
        """The leaves of *node* outside links and lemmata."""
        for child in list(node.children):
            if isinstance(child, dn.Text):
                if not self.open:
                    yield child
            elif isinstance(child, nodes.lemma_open):
                self.open += 1
            elif isinstance(child, nodes.lemma_close):
                self.open = max(0, self.open - 1)
            elif isinstance(child, dn.Element) and not isinstance(child, SHUT):
                yield from self.leaves(child)


class LinkTerms(SphinxPostTransform):
    """Link each term where it first occurs."""

    default_priority = PostTransform.LINK_TERMS

    def run(self, **kwargs: Any) -> None:
        terms = terms_of(self.env)
        if not terms:
            return
        self.here = self.env.current_document.docname
        self.places = {term.casefold(): place for term, place in terms.items()}
        self.pattern = pattern_of(terms)
        # A book in print is one document, in which each page of the source begins anew.
        for page in [self.document, *self.document.findall(addnodes.start_of_file)]:
            if not any(isinstance(node, addnodes.glossary) for node in _own(page)):
                for leaves in self._scopes(page):
                    self._link_first(leaves)

    def _scopes(self, page: dn.Element) -> Iterator[Iterable[dn.Text]]:
        """The stretches in each of which a term is linked once."""
        walker = Walker()
        passages = [node for node in _own(page) if node.get("passage")]
        if not passages:
            yield walker.leaves(page)
            return
        sections: dict[str, list[dn.Text]] = {}
        for node in passages:
            if not isinstance(node, dn.title):
                sections.setdefault(node["section"], []).extend(walker.leaves(node))
        yield from sections.values()
        for foot in (node for node in _own(page) if isinstance(node, nodes.foot)):
            yield [leaf for body in foot.findall(nodes.note_body) for leaf in Walker().leaves(body)]

    def _link_first(self, leaves: Iterable[dn.Text]) -> None:
        done: set[str] = set()
        for leaf in list(leaves):
            text, at = str(leaf), 0
            made: list[dn.Node] = []
            for found in self.pattern.finditer(text):
                term = found[1].casefold()
                if term in done:
                    continue
                done.add(term)
                made += [dn.Text(text[at : found.start()])] if found.start() > at else []
                made.append(self._link(found[1], *self.places[term]))
                at = found.end()
            if made:
                put_in_place(leaf, [*made, *([dn.Text(text[at:])] if at < len(text) else [])])

    def _link(self, words: str, docname: str, anchor: str) -> dn.reference:
        builder = self.env._app.builder
        return link(builder, self.here, docname, anchor, dn.Text(words), classes=["term-link"])


def _own(page: dn.Element) -> Iterator[dn.Element]:
    """The elements of a page of the source, without those of pages that print has put into it."""
    for child in page.children:
        if isinstance(child, dn.Element) and not isinstance(child, addnodes.start_of_file):
            yield child
            yield from _own(child)


def setup(app: Sphinx) -> None:
    app.add_post_transform(LinkTerms)
