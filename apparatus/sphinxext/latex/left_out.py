"""What the book has in another form already is left out, and with it headings that have nothing else.

A reference to what is left out prints its words and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes as dn
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.latex.bibliography import docname_of
from apparatus.sphinxext.latex.offprint import is_internal, target_of, to_words
from apparatus.sphinxext.latex.unset import place_of
from apparatus.sphinxext.report import inform
from apparatus.sphinxext.schedule import PostTransform
from apparatus.sphinxext.tree import nodes

#: What is nothing to read by itself.
ALONE = (dn.title, dn.target, dn.Invisible, addnodes.index, addnodes.highlightlang)

#: The book, its section with the title, and a part of that.
LEAST = 3


class LeaveOut(SphinxPostTransform):
    """Take it out of the assembled book."""

    default_priority = PostTransform.LEAVE_OUT
    formats = ("latex",)

    def run(self, **kwargs: object) -> None:
        """Look at each place where something would stand."""
        while node := next(self.document.findall(nodes.not_in_print), None):  # one may take another with it
            leave_out(node, self.document)


def leave_out(node: nodes.not_in_print, document: dn.document) -> None:
    """Take out a place and the headings that have nothing else; say so, for it is no fault."""
    *_, holder, gone = with_headings(node, document)
    labels = set(labels_of(gone))
    holder.children.remove(gone)
    for reference in list(document.findall(dn.reference)):
        if is_internal(reference) and target_of(reference) in labels:
            to_words(reference)
    heading = "" if gone is node else ", nor the heading above it, which has nothing else"
    inform(f"{place_of(node)}in print: {node['why']}; the book has no list of them{heading}")


def with_headings(node: dn.Element, document: dn.document) -> list[dn.Element]:
    """The way from the whole book to the outermost part in which *node* stands with nothing but headings.

    What is nearest to the book's own title stays: it is the book.
    """
    way = way_to(node, document)
    while len(way) > LEAST and all(
        child is way[-1] or isinstance(child, ALONE) for child in way[-2].children
    ):
        way.pop()
    return way


def way_to(node: dn.Element, document: dn.document) -> list[dn.Element]:
    """The book, its parts within parts, and *node*; a section that Sphinx takes over has its old parent still."""
    holders = {id(child): above for above in document.findall(dn.Element) for child in above.children}
    way = [node]
    while way[0] is not document:
        way.insert(0, holders[id(way[0])])
    return way


def labels_of(part: dn.Element) -> Iterator[str]:
    """What could be referred to in a part of the book, as LaTeX calls it."""
    for node in part.findall(dn.Element):
        if isinstance(node, addnodes.start_of_file):
            yield node["docname"]
        yield from (f"{docname_of(node)}#{name}" for name in node["ids"])
