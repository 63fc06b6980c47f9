"""A block of edited text: which stretches of it have markup, and what stands in it that is not text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docutils import nodes as dn

from apparatus.model import SPEAKER, STAGE
from apparatus.sphinxext.tei.addresses import Addresses
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import BLOCK, ancestors
from apparatus.sphinxext.tree.languages import language_class
from apparatus.sphinxext.tree.text import fold, join_neighbours, leaves
from apparatus.tei import Markup
from apparatus.tei.elements import Element, element
from apparatus.tei.header import name_id

#: How words are set off, and by which element of TEI: ``hi`` says no more than the source does.
HIGHLIGHTED = {
    dn.emphasis: "italic",
    dn.strong: "bold",
    dn.literal: "code",
    dn.subscript: "subscript",
    dn.superscript: "superscript",
    dn.title_reference: "italic",
}


def markup_of(block: dn.Element, text: str, addresses: Addresses, docname: str) -> list[Markup]:
    """The markup of a block, by offsets of its *text*; none where references have put other words than were read."""
    join_neighbours(block)
    pieces = fold([leaf for leaf in leaves(block) if not _is_made(leaf)])
    if "".join(piece.text for piece in pieces) != text:
        return []
    found: dict[int, Markup] = {}  # by the node that marks
    for piece in (piece for piece in pieces if piece.text):
        for above in reversed(list(_within(piece.leaf))):
            if id(above) in found:
                found[id(above)] = replace(found[id(above)], end=piece.end)
            elif marked := _marked(above, addresses, docname):
                found[id(above)] = Markup(piece.start, piece.end, *marked)
    return list(found.values())


def _is_made(leaf: dn.Text) -> bool:
    """Whether the editors set the words beside the text: a transliteration."""
    return any(isinstance(above, nodes.transliteration) for above in _within(leaf))


def _within(leaf: dn.Text) -> Iterator[dn.Element]:
    """What holds a leaf within its block, the nearest first."""
    for above in ancestors(leaf):
        if BLOCK in above:
            return
        yield above


def _marked(node: dn.Element, addresses: Addresses, docname: str) -> tuple[str, dict[str, str]] | None:
    if isinstance(node, nodes.name):
        return "rs", {"ref": f"#{name_id(node['key'])}"}
    if isinstance(node, nodes.cyrillic):
        return "foreign", {"lang": str(node["lang"])}
    if isinstance(node, dn.reference):
        target = addresses.target(docname, node.get("refuri") or f"#{node.get('refid', '')}")
        return ("ref", {"target": target}) if target else None
    if tag := language_class(node):
        return "foreign", {"lang": tag}
    if SPEAKER in node["classes"]:
        return "seg", {"type": "speaker"}
    if STAGE in node["classes"] and isinstance(node, dn.inline):
        return "stage", {}
    look = next((look for kind, look in HIGHLIGHTED.items() if isinstance(node, kind)), None)
    return ("hi", {"rend": look}) if look else None


def marks_in(block: dn.Element, addresses: Addresses, docname: str) -> dict[int, list[Element]]:
    """What stands in a block and is not of the text: anchors of names, the author's marks of footnotes, by their offsets."""
    found: dict[int, list[Element]] = {}
    for node in (block, *block.findall(nodes.name)):
        if own := addresses.own(docname, node):
            at = 0 if node is block else _offset(block, node)
            found.setdefault(at, []).append(element("anchor", id=own, type="name"))
    for mark in block.findall(dn.footnote_reference):
        at = _offset(block, mark)
        target = addresses.target(docname, f"#{mark.get('refid', '')}")
        found.setdefault(at, []).append(element("ref", mark.astext(), type="footnote", target=target))
    return found


def _offset(block: dn.Element, mark: dn.Element) -> int:
    """How much of the text stands before a mark."""
    before = []
    for node in block.findall():
        if node is mark:
            break
        if isinstance(node, dn.Text) and not isinstance(node.parent, dn.footnote_reference):
            before.append(node)
    of_text = {id(leaf) for leaf in leaves(block) if not _is_made(leaf)}
    pieces = fold([leaf for leaf in leaves(block) if not _is_made(leaf)])
    count = sum(1 for leaf in before if id(leaf) in of_text)
    return pieces[count - 1].end if count else 0
