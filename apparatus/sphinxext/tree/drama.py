"""What is spoken, who speaks, and what is done on the stage, told by their classes."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.model import SPEAKER, STAGE, Marked
from apparatus.sphinxext.tree.text import fold, leaves

#: The attribute of a speaker's node that has the names of those who speak.
WHO = "who"


def kind_of(leaf: dn.Text, *kinds: str) -> dn.Element | None:
    """The node of one of the classes that holds a leaf of the text; ``None`` where the words are spoken."""
    above: dn.Element | None = leaf.parent
    while above is not None and not isinstance(above, dn.document | dn.section):
        if not set(kinds).isdisjoint(above.get("classes", ())):
            return above
        above = above.parent
    return None


def marked_in(block: dn.Element) -> tuple[Marked, ...]:
    """The speakers and stage directions of a block, where they stand in its text; pieces of one are joined."""
    found: list[Marked] = []
    homes: list[dn.Element] = []
    for piece in fold(list(leaves(block))):
        home = kind_of(piece.leaf, SPEAKER, STAGE)
        if home is None or piece.start == piece.end:
            continue
        if homes and homes[-1] is home:
            found[-1] = found[-1]._replace(end=piece.end)
        else:
            kind = SPEAKER if SPEAKER in home["classes"] else STAGE
            found.append(Marked(kind, piece.start, piece.end))
            homes.append(home)
    return tuple(found)


def is_beside_what_is_spoken(block: dn.Element) -> bool:
    """Whether a block has speakers and stage directions alone."""
    words = [leaf for leaf in leaves(block) if leaf.strip()]
    return bool(words) and all(kind_of(leaf, SPEAKER, STAGE) is not None for leaf in words)
