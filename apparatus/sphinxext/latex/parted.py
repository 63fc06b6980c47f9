"""What TeX sets more than once, or reads as an argument of its own, is parted where an entry begins or ends.

A link, and raised or lowered letters, cannot hold the milestones of lemmata: raised letters are set four
times, and within a link an entry stops the book.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes as dn

from apparatus.sphinxext.latex.flat import same_label
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors

#: What is parted.
WHOLES = (dn.reference, dn.superscript, dn.subscript)
#: At what.
MILESTONES = (nodes.lemma_open, nodes.lemma_close, nodes.note_mark, same_label)


def part_at_milestones(document: dn.document) -> None:
    """Part every link and raised word that has a milestone in it; what stands in an entry itself is left alone."""
    for milestone in list(document.findall(lambda node: isinstance(node, MILESTONES))):
        wholes = [above for above in _above(milestone) if isinstance(above, WHOLES)]
        if wholes:
            wholes[-1].replace_self(list(_parts(wholes[-1])))


def _above(milestone: dn.Node) -> Iterator[dn.Element]:
    """What a milestone stands in, up to the entry or the block."""
    for above in ancestors(milestone):
        if isinstance(above, MILESTONES) or not isinstance(above, dn.Inline | dn.reference):
            return
        yield above


def _parts(node: dn.Element) -> Iterator[dn.Node]:
    """The milestones of an element, and between them the element again with what stands there."""
    run: list[dn.Node] = []
    is_first = True
    for part in [part for child in node.children for part in _of_child(child)]:
        if not isinstance(part, MILESTONES):
            run.append(part)
            continue
        if run:
            yield _again(node, run, is_first)
            run, is_first = [], False
        yield part
    if run:
        yield _again(node, run, is_first)


def _of_child(child: dn.Node) -> Iterator[dn.Node]:
    if isinstance(child, dn.Element) and not isinstance(child, MILESTONES) and _has_milestone(child):
        yield from _parts(child)
    else:
        yield child


def _has_milestone(node: dn.Element) -> bool:
    return any(isinstance(inside, MILESTONES) for inside in node.findall())


def _again(node: dn.Element, run: list[dn.Node], is_first: bool) -> dn.Element:
    """The element with a part of what it holds; its names only once."""
    made: dn.Element = node.copy()
    if not is_first:
        made["ids"], made["names"] = [], []
    made.extend(run)
    return made
