"""Names as they are written: links in the text, passages in the index."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.edition import Edition
from apparatus.register import Occurrence
from apparatus.sphinxext.domain import ApparatusDomain, domain_of
from apparatus.sphinxext.names.found import context, entry_document
from apparatus.sphinxext.outputs import is_print
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import BLOCK, ancestors, block_of, keyed_blocks, split_key
from apparatus.sphinxext.tree.links import link, uri
from apparatus.sphinxext.tree.text import Piece, fold, leaves, put_in_place

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: What stands in a block when it is written and is not of the text.
EDITORS = (
    nodes.passage_number,
    nodes.note_mark,
    nodes.lemma_open,
    nodes.lemma_close,
    nodes.editorial,
    nodes.transliteration,
)
#: What is a link already.
LINKS = (dn.reference, addnodes.pending_xref)


class MarkNames(SphinxPostTransform):
    """Make the names of a document links, and fill the index."""

    default_priority = PostTransform.MARK_NAMES

    def run(self, **kwargs: Any) -> None:
        domain = domain_of(self.env)
        if domain.register_file is None:
            return
        blocks, entries = keyed_blocks(self.document), list(self.document.findall(nodes.name_passages))
        if not (blocks or entries) or domain.numbered is None:
            return
        writer = Writer(self.env, domain, domain.numbered)
        for block in blocks:
            writer.mark(block)
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in domain.names if entries else ():
            found[occurrence.key].append(occurrence)
        for entry in entries:
            writer.fill(entry, found[entry["key"]])


class Writer:
    """Writes the names of one document."""

    def __init__(self, env: BuildEnvironment, domain: ApparatusDomain, edition: Edition) -> None:
        self.env, self.edition, self.builder = env, edition, env._app.builder
        self.in_print = is_print(self.builder)
        self.names = domain.names  # in the order of the text

    # --- in the text

    def mark(self, block: dn.Element) -> None:
        """Make the names of a block links, across whatever markup it has."""
        docname, index = split_key(block[BLOCK])[0], block_of(self.edition, block[BLOCK])
        at, end = (bisect_left(self.names, i, key=lambda name: name.block) for i in (index, index + 1))
        names = self.names[at:end]
        if not names:
            return
        start = self.edition.text.starts[index]
        waiting = {found.id for found in names}  # their anchors
        pieces = fold([leaf for leaf in leaves(block) if not _inside(leaf, EDITORS)])
        if "".join(piece.text for piece in pieces) == self.edition.text.blocks[index].text:
            for piece in pieces:
                self._cut(piece, [_within(piece, name, start) for name in names], docname, waiting)
        # Where a reference has put other words than were read, the passage itself is the place.
        block["ids"] += sorted(waiting)

    def _cut(
        self, piece: Piece, names: list[tuple[int, int, Occurrence]], docname: str, waiting: set[str]
    ) -> None:
        made: list[dn.Node] = []
        linked = not _inside(piece.leaf, LINKS) and not _in_lemma(piece.leaf)
        at = 0
        for begin, end, found in names:
            if begin < end:
                made += [dn.Text(piece.text[at:begin])] if begin > at else []
                for i, words in enumerate(self._links(piece.text[begin:end])):
                    made += [dn.Text(" ")] if i else []
                    made.append(self._name(found, words, docname, waiting, linked=linked))
                at = end
        if made:
            before, rest = ([dn.Text(words)] if words else [] for words in (piece.before, piece.text[at:]))
            put_in_place(piece.leaf, [*before, *made, *rest])

    def _links(self, words: str) -> list[str]:
        """In print each word is a link: reledmac loses one that is broken over the end of a line."""
        return words.split(" ") if self.in_print else [words]

    def _name(
        self, found: Occurrence, words: str, docname: str, waiting: set[str], *, linked: bool
    ) -> nodes.name:
        made = nodes.name("", words, key=found.key)
        if found.id in waiting:
            waiting.discard(found.id)
            made["ids"].append(found.id)
        home = entry_document(self.env, found.key)
        if linked and home is not None:
            made["refuri"] = uri(self.builder, docname, home, f"name-{found.key}")
        return made

    # --- in the index

    def fill(self, entry: nodes.name_passages, found: list[Occurrence]) -> None:
        """List where a name occurs: on the screen every place, in print passages and pages.

        The second place in a passage and those after it are a raised 2, 3 … behind its number.
        """
        docname = entry_document(self.env, entry["key"]) or ""
        if not found:
            entry.parent.remove(entry)
            return
        listed = dn.paragraph("", "", classes=list(entry["classes"]))
        for _, places in itertools.groupby(found, key=lambda occurrence: occurrence.block):
            first, *others = places
            listed += [dn.Text(", ")] if listed.children else []
            number = dn.Text(self._number(first))
            if self.in_print:
                listed += self._link(docname, first, self._number(first), number)
                continue
            listed += self._link(docname, first, first.id, number, reftitle=context(self.edition, first))
            for nth, other in enumerate(others, 2):
                raised = dn.superscript("", str(nth))
                title = context(self.edition, other)
                listed += [dn.Text(" "), self._link(docname, other, other.id, raised, reftitle=title)]
        if self.in_print:
            listed += dn.Text("; ")
            listed += nodes.name_pages("", "", occurrences=[o.id for o in found])
        # plain for docutils, which looks into lists and knows no paragraph but its own
        entry.replace_self(listed)

    def _number(self, found: Occurrence) -> str:
        return self.edition.text.number_in(found.block, found.span.start)

    def _link(
        self, docname: str, found: Occurrence, anchor: str, label: dn.Node, **attributes: object
    ) -> dn.reference:
        home = self.edition.document_of(found.block)
        return link(self.builder, docname, home, anchor, label, **attributes)


def _inside(leaf: dn.Text, kinds: tuple[type[dn.Element], ...]) -> bool:
    return any(isinstance(above, kinds) or "block-lemma" in above["classes"] for above in _in_block(leaf))


def _in_lemma(leaf: dn.Text) -> bool:
    """Whether a leaf is part of a link to an entry of the apparatus."""
    return any(isinstance(above, nodes.lemma) and "refuri" in above for above in _in_block(leaf))


def _in_block(leaf: dn.Text) -> Iterator[dn.Element]:
    """What holds a leaf within its block."""
    return itertools.takewhile(lambda above: BLOCK not in above, ancestors(leaf))


def _within(piece: Piece, name: Occurrence, start: int) -> tuple[int, int, Occurrence]:
    """The part of a piece that a name takes, without blanks at its ends; empty if there is none."""
    offset = start + piece.start
    begin, end = max(name.span.start - offset, 0), max(name.span.end - offset, 0)
    if words := piece.text[begin:end].strip(" "):
        begin = piece.text.index(words, begin)
    return begin, begin + len(words), name
