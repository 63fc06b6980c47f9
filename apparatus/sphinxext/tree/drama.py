"""What is spoken, who speaks, and what is done on the stage, told by their classes."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.sphinxext.tree.text import leaves

SPEAKER, STAGE = "speaker", "stage"
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


def is_beside_what_is_spoken(block: dn.Element) -> bool:
    """Whether a block has speakers and stage directions alone."""
    words = [leaf for leaf in leaves(block) if leaf.strip()]
    return bool(words) and all(kind_of(leaf, SPEAKER, STAGE) is not None for leaf in words)
