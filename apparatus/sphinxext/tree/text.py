"""The text of a block across its inline markup, and back from its offsets to the nodes.

White space is folded; nothing else is changed. What is not of the text is skipped:
:mod:`~apparatus.sphinxext.tree.constructs` says what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import Formatter

from docutils import nodes as dn

from apparatus.characters import EDGE, WHITE, with_single_blanks
from apparatus.sphinxext.tree.constructs import Sort, is_declared, of_inline


def leaves(block: dn.Element) -> Iterator[dn.Text]:
    """The text nodes of a block that belong to the edited text, in order."""
    for child in block.children:
        if isinstance(child, dn.Text):
            yield child
        elif isinstance(child, dn.Element) and of_inline(child) is Sort.TEXT and not is_declared(child):
            yield from leaves(child)


def position_of(node: dn.Node) -> tuple[dn.Element, int]:
    """The parent of a node, and where in it the node stands.

    By identity: docutils finds a text by its letters, and the same may stand there twice.
    """
    parent: dn.Element = node.parent
    return parent, next(i for i, child in enumerate(parent.children) if child is node)


def put_in_place(leaf: dn.Text, made: Sequence[dn.Node]) -> None:
    """Replace a leaf. Not by ``Element.replace``, which takes the first that is equal."""
    parent, at = position_of(leaf)
    parent[at : at + 1] = made


def join_neighbours(block: dn.Element) -> None:
    """Make one leaf of text that the parser has divided, as at the end of a line of the source."""
    for element in [block, *block.findall(dn.TextElement)]:
        joined: list[dn.Node] = []
        for child in element.children:
            if isinstance(child, dn.Text) and joined and isinstance(joined[-1], dn.Text):
                joined[-1] = dn.Text(f"{joined[-1]}{child}")
            else:
                joined.append(child)
        if len(joined) < len(element.children):
            element[:] = joined


@dataclass(frozen=True, slots=True)
class Piece:
    """A leaf and where its characters lie in the folded text of the block."""

    leaf: dn.Text
    text: str  #: folded
    start: int
    before: str = ""  #: a blank that the text has once, and the page on both sides of what is no text

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def fold(found: Sequence[dn.Text]) -> list[Piece]:
    """Fold white space over the leaves of a block, also where it meets at their borders."""
    pieces: list[Piece] = []
    at, blank_before = 0, False
    for leaf in found:
        text, before = with_single_blanks(leaf.astext()), ""
        if not at:
            text = text.lstrip(EDGE)  # at a block's head no blank is left
        elif blank_before and text.startswith(" "):
            text, before = text[1:], " "
        if text:
            blank_before = text.endswith(" ")
        pieces.append(Piece(leaf, text, at, before))
        at += len(text)
    for i in range(len(pieces) - 1, -1, -1):  # nor at its end
        last = pieces[i]
        pieces[i] = replace(last, text=last.text.rstrip(EDGE))
        if pieces[i].text:
            break
    return pieces


def text_of(block: dn.Element) -> str:
    """The text of a block as the engine sees it."""
    return "".join(piece.text for piece in fold(list(leaves(block))))


def has_text(block: dn.Element) -> bool:
    """Whether a block has any text; to ask is far quicker than to fold it."""
    return any(leaf.astext().strip(WHITE + EDGE) for leaf in leaves(block))


def filled(message: str, **holes: Sequence[dn.Node]) -> list[dn.Node]:
    """A message whose holes are filled with nodes."""
    made: list[dn.Node] = []
    for words, name, _, _ in Formatter().parse(message):
        made += [dn.Text(words)] if words else []
        made += holes[name] if name else []
    return made
