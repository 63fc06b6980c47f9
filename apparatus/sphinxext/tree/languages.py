"""In what language words stand: said by a class, as docutils has it (``language-la``), or by their block."""

from __future__ import annotations

import re

from docutils import nodes as dn

from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.keys import ancestors

TAG = re.compile(r"language-([A-Za-z]+(?:-[A-Za-z0-9]+)*)")
#: What editors say at a text.
EDITORS = (nodes.apparatus_entry, nodes.formal_entries, nodes.note_body, nodes.remark)
#: The attribute of a block of edited text that has its language.
LANGUAGE = "text_language"

#: The attribute of nodes whose words the edition itself says: they are in its language, not in that of the page.
SPOKEN = "spoken"
#: Blocks whose words are set as they are.
VERBATIM = (dn.FixedTextElement, dn.raw, dn.comment)


def is_block_of_words(node: dn.Node) -> bool:
    """Whether a node is a block of words, as a paragraph is."""
    return isinstance(node, dn.TextElement) and not isinstance(node, (dn.Inline, *VERBATIM))


def spoken(*parts: dn.Node) -> list[dn.Node]:
    """The same nodes, as those whose words the edition itself says."""
    for part in parts:
        if isinstance(part, dn.Element):
            part[SPOKEN] = True
    return list(parts)


def language_class(node: dn.Element) -> str:
    """The tag in the classes of a node; empty if there is none, or if it is malformed."""
    found = (TAG.fullmatch(name) for name in node["classes"])
    return next((tag[1] for tag in found if tag), "")


def said_language(node: dn.Element) -> str:
    """The language that a node itself says, by its class or as a block of edited text."""
    return language_class(node) or str(node.get(LANGUAGE, ""))


def language_at(node: dn.Node) -> str:
    """The language in which a node stands: the nearest that is said; empty if none is."""
    holder = holder_of_language(node)
    return said_language(holder) if holder is not None else ""


def holder_of_language(node: dn.Node) -> dn.Element | None:
    """What says the language in which a node stands. What editors say in the midst of a text is not in its language."""
    for above in (node, *ancestors(node)):
        if isinstance(above, dn.Element) and said_language(above):
            return above
        if isinstance(above, EDITORS):
            return None
    return None
