"""Which classes of nodes a document has at rest, before anything is made of it.

A document of edited text has many thousand nodes when it is written, and few have what a directive leaves for
later: who looks for that asks here first, and need not walk through all others.
"""

from __future__ import annotations

from docutils import nodes as dn

#: Where a document keeps them; an attribute of the value, so that nothing is pickled.
_KINDS = "apparatus_kinds"


def note_kinds(document: dn.document) -> None:
    """Remember what a document has; the first transform of all does so, when it has few nodes."""
    setattr(document, _KINDS, {type(node) for node in document.findall()})


def had_at_rest(document: dn.document, kind: type[dn.Node]) -> bool:
    """Whether a document may have a node of a class that no transform makes."""
    known: set[type[dn.Node]] | None = getattr(document, _KINDS, None)
    return known is None or kind in known
